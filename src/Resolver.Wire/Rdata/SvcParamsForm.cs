// The parameters of a service binding in wire form: RFC 9460 §2.2 and §7, RFC 9461 §5. Keys rise strictly, so
// each is there once; the value of a registered key must have its form, and every mandatory key must be there
// (§8).
using System;
using System.Buffers.Binary;

namespace Resolver.Wire;

/// <summary>Form of service parameters.</summary>
internal static class SvcParamsForm
{
    /// <summary>Keys that a client must understand (RFC 9460 §8).</summary>
    public const ushort Mandatory = 0;

    /// <summary>Protocols (RFC 9460 §7.1).</summary>
    public const ushort Alpn = 1;

    /// <summary>The default protocol is not served (RFC 9460 §7.1).</summary>
    public const ushort NoDefaultAlpn = 2;

    /// <summary>Port (RFC 9460 §7.2).</summary>
    public const ushort Port = 3;

    /// <summary>IPv4 addresses to try (RFC 9460 §7.3).</summary>
    public const ushort Ipv4Hint = 4;

    /// <summary>Encrypted Client Hello (RFC 9848).</summary>
    public const ushort Ech = 5;

    /// <summary>IPv6 addresses to try (RFC 9460 §7.3).</summary>
    public const ushort Ipv6Hint = 6;

    /// <summary>URI template of DNS over HTTPS (RFC 9461 §5).</summary>
    public const ushort DohPath = 7;

    /// <summary>True when the octets are parameters in order and each of its form.</summary>
    public static bool IsValid(ReadOnlySpan<byte> octets)
    {
        ReadOnlySpan<byte> mandatory = default;
        int last = -1;
        while (TryNext(ref octets, out ushort key, out ReadOnlySpan<byte> value))
        {
            if (key <= last || !IsValue(key, value))
            {
                return false;
            }

            if (key == Mandatory)
            {
                mandatory = value;
            }
            else if (!mandatory.IsEmpty && BinaryPrimitives.ReadUInt16BigEndian(mandatory) == key)
            {
                // Both lists rise, so one walk finds every mandatory key that is there.
                mandatory = mandatory[2..];
            }

            last = key;
        }

        return octets.IsEmpty && mandatory.IsEmpty;
    }

    /// <summary>Takes the first parameter off; false at the end or when it is not all there.</summary>
    public static bool TryNext(
        scoped ref ReadOnlySpan<byte> octets, out ushort key, out ReadOnlySpan<byte> value)
    {
        key = 0;
        value = default;
        if (octets.Length < 4)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(octets[2..]);
        if (octets.Length < 4 + length)
        {
            return false;
        }

        key = BinaryPrimitives.ReadUInt16BigEndian(octets);
        value = octets.Slice(4, length);
        octets = octets[(4 + length)..];
        return true;
    }

    /// <summary>
    /// True when the value is of the form of its key; any value is of a key not known here.
    /// </summary>
    public static bool IsValue(ushort key, ReadOnlySpan<byte> value) => key switch
    {
        Mandatory => AreMandatoryKeys(value),
        Alpn => AreProtocols(value),
        NoDefaultAlpn => value.IsEmpty,
        Port => value.Length == 2,
        Ipv4Hint => !value.IsEmpty && value.Length % 4 == 0,
        Ech or DohPath => !value.IsEmpty,
        Ipv6Hint => !value.IsEmpty && value.Length % 16 == 0,
        ushort.MaxValue => false,
        _ => true,
    };

    private static bool AreMandatoryKeys(ReadOnlySpan<byte> value)
    {
        int last = Mandatory;
        bool valid = !value.IsEmpty && value.Length % 2 == 0;
        for (; valid && !value.IsEmpty; value = value[2..])
        {
            int key = BinaryPrimitives.ReadUInt16BigEndian(value);
            valid = key > last;
            last = key;
        }

        return valid;
    }

    private static bool AreProtocols(ReadOnlySpan<byte> value)
    {
        int at = 0;
        while (at < value.Length && value[at] != 0)
        {
            at += value[at] + 1;
        }

        return at == value.Length && at > 0;
    }
}
