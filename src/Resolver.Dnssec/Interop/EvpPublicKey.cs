// An RSA or ECDSA key in libcrypto: measured, importing and checking with it costs little more than checking
// alone, where the framework's classes import for twice the price of a check.
using System;

namespace Resolver.Dnssec;

/// <summary>A public key in libcrypto.</summary>
internal sealed unsafe class EvpPublicKey : PublicKey
{
    private readonly EvpKey _key;
    private readonly EvpDigest _digest;
    private readonly int _coordinate;

    /// <summary>
    /// A key with its digest; <paramref name="coordinate"/> is the count of octets of an ECDSA signature's
    /// numbers, 0 for RSA.
    /// </summary>
    public EvpPublicKey(EvpKey key, EvpDigest digest, int coordinate)
    {
        _key = key;
        _digest = digest;
        _coordinate = coordinate;
    }

    // An EVP_PKEY with its provider's key and the Montgomery form of an RSA modulus, as malloc counts them.
    /// <inheritdoc/>
    public override int NativeOctets => 2048;

    /// <inheritdoc/>
    public override bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (_coordinate == 0)
        {
            return VerifyEncoded(data, signature);
        }

        if (signature.Length != 2 * _coordinate)
        {
            return false;
        }

        Span<byte> encoded = stackalloc byte[EcdsaEncoding.MaxLength];
        return VerifyEncoded(data, encoded[..EcdsaEncoding.Write(signature, encoded)]);
    }

    /// <inheritdoc/>
    public override void Dispose() => _key.Dispose();

    private bool VerifyEncoded(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        // SAFETY: the context lives in this method alone; the library reads the fixed octets during the call.
        fixed (byte* content = data, octets = signature)
        {
            void* context = Libcrypto.NewDigestContext();
            bool isValid = context is not null
                && Libcrypto.VerifyInit(context, null, _digest, null, _key) == 1
                && Libcrypto.Verify(
                    context, octets, (nuint)signature.Length, content, (nuint)data.Length) == 1;
            Libcrypto.FreeDigestContext(context);
            if (!isValid)
            {
                Libcrypto.ClearErrors();
            }

            return isValid;
        }
    }
}
