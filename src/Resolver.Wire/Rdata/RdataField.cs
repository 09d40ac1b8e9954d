// The kinds of field that RDATA is made of. Each kind has one wire form (RdataForm measures it), one way to be
// printed (RdataFormatter) and one way to be read as text (RdataFieldParser); RdataSchema lists those of each type.
namespace Resolver.Wire;

/// <summary>A kind of field in RDATA.</summary>
internal enum RdataField : byte
{
    /// <summary>One octet, decimal.</summary>
    U8,

    /// <summary>Two octets, decimal.</summary>
    U16,

    /// <summary>Four octets, decimal.</summary>
    U32,

    /// <summary>Four octets: seconds, decimal; units such as 1h30m are read (RFC 1035 §3.3.13).</summary>
    Seconds,

    /// <summary>Four octets: seconds since 1970 as YYYYMMDDHHmmSS (RFC 4034 §3.2).</summary>
    Time,

    /// <summary>A domain name, uncompressed.</summary>
    Name,

    /// <summary>An IPv4 address.</summary>
    Ipv4,

    /// <summary>An IPv6 address.</summary>
    Ipv6,

    /// <summary>One character-string (RFC 1035 §3.3), printed in quotes.</summary>
    Text,

    /// <summary>Character-strings up to the end, at least one.</summary>
    Texts,

    /// <summary>A character-string of letters and digits, not empty, printed bare (RFC 8659 §4.1).</summary>
    Tag,

    /// <summary>All octets up to the end as one text in quotes (RFC 7553 §4.4, RFC 8659 §4.1).</summary>
    TextRest,

    /// <summary>All octets up to the end, at least one, in base64.</summary>
    Base64,

    /// <summary>All octets up to the end, perhaps none, in base64.</summary>
    OptionalBase64,

    /// <summary>All octets up to the end, at least one, in hexadecimal.</summary>
    Hex,

    /// <summary>A count and so many octets in hexadecimal, "-" for none (RFC 5155 §3.3).</summary>
    CountedHex,

    /// <summary>A count and so many octets, at least one, in base32hex unpadded (RFC 5155 §3.3).</summary>
    CountedBase32,

    /// <summary>The windows of a type bitmap up to the end (RFC 4034 §4.1.2).</summary>
    TypeBits,

    /// <summary>A type by its mnemonic.</summary>
    Type,

    /// <summary>A DNSSEC algorithm: printed as a number, read as a mnemonic too (RFC 4034 App. A.1).</summary>
    Algorithm,

    /// <summary>A DNSSEC algorithm printed by its mnemonic (RFC 4398 §2.2).</summary>
    AlgorithmName,

    /// <summary>A kind of certificate by its mnemonic (RFC 4398 §2.1).</summary>
    CertificateType,

    /// <summary>The parameters of a service binding up to the end (RFC 9460 §2.1).</summary>
    SvcParams,

    /// <summary>The sixteen octets of a location (RFC 1876 §2).</summary>
    Location,

    /// <summary>Six octets as xx-xx-xx-xx-xx-xx (RFC 7043 §3).</summary>
    Eui48,

    /// <summary>Eight octets as xx-xx-xx-xx-xx-xx-xx-xx (RFC 7043 §4).</summary>
    Eui64,

    /// <summary>Eight octets as four groups x:x:x:x (RFC 6742 §2.1).</summary>
    Locator64,
}
