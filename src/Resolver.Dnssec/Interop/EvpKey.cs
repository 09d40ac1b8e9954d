// A key of libcrypto (EVP_PKEY) that is freed once, by Dispose or by the finaliser, and never while in use.
using System;
using System.Runtime.InteropServices;

namespace Resolver.Dnssec;

/// <summary>Owner of an EVP_PKEY.</summary>
internal sealed unsafe class EvpKey : SafeHandle
{
    private static ReadOnlySpan<byte> GroupName => "group\0"u8;

    private static ReadOnlySpan<byte> ModulusName => "n\0"u8;

    private static ReadOnlySpan<byte> ExponentName => "e\0"u8;

    private EvpKey(void* key)
        : base(0, ownsHandle: true) => SetHandle((nint)key);

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>The parameters of a curve without a point; <paramref name="group"/> ends in zero.</summary>
    public static EvpKey CreateCurve(ReadOnlySpan<byte> group)
    {
        // SAFETY: all that the list points to is fixed or on the stack until the call returns.
        fixed (byte* groupKey = GroupName, groupText = group)
        {
            Libcrypto.Parameter* list = stackalloc Libcrypto.Parameter[2];
            list[0] = new Libcrypto.Parameter
            {
                Key = groupKey,
                DataType = Libcrypto.TypeText,
                Value = groupText,
                Size = (nuint)(group.Length - 1),
            };
            list[1] = default;
            return FromParameters("EC\0"u8, Libcrypto.SelectParameters, list);
        }
    }

    /// <summary>An RSA key from its numbers, most significant octet first.</summary>
    public static EvpKey CreateRsa(ReadOnlySpan<byte> modulus, ReadOnlySpan<byte> exponent)
    {
        Span<byte> numbers = stackalloc byte[modulus.Length + exponent.Length];
        modulus.CopyTo(numbers);
        exponent.CopyTo(numbers[modulus.Length..]);
        if (BitConverter.IsLittleEndian)
        {
            numbers[..modulus.Length].Reverse();
            numbers[modulus.Length..].Reverse();
        }

        // SAFETY: all that the list points to is fixed or on the stack until the call returns.
        fixed (byte* modulusKey = ModulusName, exponentKey = ExponentName, octets = numbers)
        {
            Libcrypto.Parameter* list = stackalloc Libcrypto.Parameter[3];
            list[0] = Unsigned(modulusKey, octets, modulus.Length);
            list[1] = Unsigned(exponentKey, octets + modulus.Length, exponent.Length);
            list[2] = default;
            return FromParameters("RSA\0"u8, Libcrypto.SelectPublicKey, list);
        }
    }

    /// <summary>A point of the template's curve, coordinates one after the other (RFC 6605 §4).</summary>
    public static EvpKey CreatePoint(EvpKey template, ReadOnlySpan<byte> coordinates)
    {
        EvpKey key = new(Libcrypto.NewKey());
        byte* encoded = stackalloc byte[1 + coordinates.Length];

        // SEC 1 §2.3.3: 4 says that both coordinates follow.
        encoded[0] = 4;
        coordinates.CopyTo(new Span<byte>(encoded + 1, coordinates.Length));

        // SAFETY: the library copies the octets, which are on the stack, during the call.
        if (key.IsInvalid || Libcrypto.CopyParameters(key, template) != 1
            || Libcrypto.SetEncodedPublicKey(key, encoded, (nuint)(1 + coordinates.Length)) != 1)
        {
            key.Dispose();
            Libcrypto.ClearErrors();
            return new EvpKey(null);
        }

        return key;
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        Libcrypto.FreeKey(handle);
        return true;
    }

    private static Libcrypto.Parameter Unsigned(byte* name, byte* octets, int length) => new()
    {
        Key = name,
        DataType = Libcrypto.TypeUnsigned,
        Value = octets,
        Size = (nuint)length,
    };

    private static EvpKey FromParameters(ReadOnlySpan<byte> type, int selection, Libcrypto.Parameter* list)
    {
        void* key = null;

        // SAFETY: the context lives until it is freed here; the key made is handed to its owner.
        fixed (byte* name = type)
        {
            void* context = Libcrypto.NewContext(null, name, null);
            if (context is null || Libcrypto.FromDataInit(context) != 1
                || Libcrypto.FromData(context, &key, selection, list) != 1)
            {
                key = null;
                Libcrypto.ClearErrors();
            }

            Libcrypto.FreeContext(context);
        }

        return new EvpKey(key);
    }
}
