// What validation accepts and how much of it: the values that the pure functions of this project are given.
// The engine fills it from its limits; the defaults here are the same numbers.
namespace Resolver.Dnssec;

/// <summary>The values that validation goes by.</summary>
internal sealed record DnssecPolicy
{
    /// <summary>
    /// Whether RSASHA1 and RSASHA1-NSEC3-SHA1 (5, 7) count as supported. RFC 9905 §2: implementations go on
    /// supporting them; operators are to treat them as unsupported, so that zones with nothing better become
    /// insecure. False does the latter.
    /// </summary>
    public bool AcceptRsaSha1 { get; init; } = true;

    /// <summary>
    /// Seconds by which a clock may be wrong: signatures are good so much before and after their time.
    /// </summary>
    public uint ClockSkew { get; init; } = 300;

    /// <summary>Fewest bits of an RSA modulus (RFC 5702 §2.1: 512).</summary>
    public int MinRsaModulusBits { get; init; } = 512;

    /// <summary>Most bits of an RSA modulus (RFC 5702 §2.1: 4096); checks get slow above.</summary>
    public int MaxRsaModulusBits { get; init; } = 4096;

    /// <summary>Most bits of an RSA exponent; a check's cost grows with each (KeyTrap's cousin).</summary>
    public int MaxRsaExponentBits { get; init; } = 64;

    /// <summary>Keys with one tag and algorithm that are tried for one signature (CVE-2023-50387).</summary>
    public int MaxKeysPerTag { get; init; } = 4;

    /// <summary>Signatures of one RRset that are checked with a key (CVE-2023-50387).</summary>
    public int MaxSignaturesPerRRset { get; init; } = 4;

    /// <summary>DS records of one delegation that are compared with keys (CVE-2023-50387).</summary>
    public int MaxDelegationSigners { get; init; } = 8;

    /// <summary>NSEC3 iterations above which a proof makes insecure (RFC 9276 §3.2).</summary>
    public int MaxNsec3Iterations { get; init; } = 50;
}
