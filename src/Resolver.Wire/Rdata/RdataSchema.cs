// The fields of RDATA of each type, in wire order, which is the order of the text form too. A type without a
// row is opaque: any octets, printed as RFC 3597 §5 says.
using System;
using static Resolver.Wire.RdataField;

namespace Resolver.Wire;

/// <summary>The table of RDATA fields by type.</summary>
internal static class RdataSchema
{
    /// <summary>The fields of a type's RDATA; empty when the type is opaque.</summary>
    public static ReadOnlySpan<RdataField> Of(RRType type) => type.Value switch
    {
        1 => [Ipv4],
        28 => [Ipv6],

        // NS, MD, MF, CNAME, MB, MG, MR, PTR, DNAME; MINFO, RP, TALINK; MX, AFSDB, RT, KX, LP; PX.
        2 or 3 or 4 or 5 or 7 or 8 or 9 or 12 or 39 => [Name],
        14 or 17 or 58 => [Name, Name],
        15 or 18 or 21 or 36 or 107 => [U16, Name],
        26 => [U16, Name, Name],
        6 => [Name, Name, U32, Seconds, Seconds, Seconds, Seconds],
        33 => [U16, U16, U16, Name],
        35 => [U16, U16, Text, Text, Text, Name],

        // HINFO; X25; TXT, NINFO, SPF, AVC, RESINFO, WALLET; URI; CAA.
        13 => [Text, Text],
        19 => [Text],
        16 or 56 or 99 or 258 or 261 or 262 => [Texts],
        256 => [U16, U16, TextRest],
        257 => [U8, Tag, TextRest],

        // DS, CDS, TA, DLV; DNSKEY, CDNSKEY, RKEY; KEY; RRSIG, SIG; NSEC; NSEC3; NSEC3PARAM; CSYNC; ZONEMD.
        43 or 59 or 32768 or 32769 => [U16, Algorithm, U8, Hex],
        48 or 57 or 60 => [U16, U8, Algorithm, Base64],
        25 => [U16, U8, Algorithm, OptionalBase64],
        24 or 46 => [RdataField.Type, Algorithm, U8, Seconds, Time, Time, U16, Name, Base64],
        47 => [Name, TypeBits],
        50 => [U8, U8, U16, CountedHex, CountedBase32, TypeBits],
        51 => [U8, U8, U16, CountedHex],
        62 => [U32, U16, TypeBits],
        63 => [U32, U8, U8, Hex],

        // CERT; SSHFP; DHCID, OPENPGPKEY; TLSA, SMIMEA.
        37 => [CertificateType, U16, AlgorithmName, Base64],
        44 => [U8, U8, Hex],
        49 or 61 => [Base64],
        52 or 53 => [U8, U8, U8, Hex],

        // SVCB, HTTPS; LOC; NID, L64; L32; EUI48; EUI64.
        64 or 65 => [U16, Name, RdataField.SvcParams],
        29 => [Location],
        104 or 106 => [U16, Locator64],
        105 => [U16, Ipv4],
        108 => [Eui48],
        109 => [Eui64],
        _ => [],
    };
}
