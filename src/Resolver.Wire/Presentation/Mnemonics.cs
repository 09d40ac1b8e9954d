// Mnemonics of numbers inside RDATA: DNSSEC algorithms (RFC 4034 App. A.1 and the IANA registry) and kinds of
// certificates (RFC 4398 §2.1).
using System;
using System.Globalization;

namespace Resolver.Wire;

/// <summary>Mnemonics, both ways.</summary>
internal static class Mnemonics
{
    /// <summary>The algorithm's mnemonic, or its number.</summary>
    public static string OfAlgorithm(byte value) => value switch
    {
        1 => "RSAMD5",
        2 => "DH",
        3 => "DSA",
        4 => "ECC",
        5 => "RSASHA1",
        6 => "NSEC3DSA",
        7 => "NSEC3RSASHA1",
        8 => "RSASHA256",
        10 => "RSASHA512",
        12 => "ECCGOST",
        13 => "ECDSAP256SHA256",
        14 => "ECDSAP384SHA384",
        15 => "ED25519",
        16 => "ED448",
        252 => "INDIRECT",
        253 => "PRIVATEDNS",
        254 => "PRIVATEOID",
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The mnemonic of a kind of certificate, or its number.</summary>
    public static string OfCertificateType(ushort value) => value switch
    {
        1 => "PKIX",
        2 => "SPKI",
        3 => "PGP",
        4 => "IPKIX",
        5 => "ISPKI",
        6 => "IPGP",
        7 => "ACPKIX",
        8 => "IACPKIX",
        253 => "URI",
        254 => "OID",
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Reads an algorithm's number or mnemonic, case ignored.</summary>
    public static bool TryParseAlgorithm(ReadOnlySpan<char> text, out byte value)
    {
        if (byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        for (value = byte.MaxValue; value > 0; value--)
        {
            if (text.Equals(OfAlgorithm(value), StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads the number or mnemonic of a kind of certificate, case ignored.</summary>
    public static bool TryParseCertificateType(ReadOnlySpan<char> text, out ushort value)
    {
        if (ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        for (value = byte.MaxValue; value > 0; value--)
        {
            if (text.Equals(OfCertificateType(value), StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
