// Extended DNS error codes (RFC 8914 §5.2 and the IANA registry).
using System.Globalization;

namespace Resolver.Wire;

/// <summary>An extended DNS error's INFO-CODE (RFC 8914 §4).</summary>
/// <param name="Value">The number, 0 to 65535.</param>
public readonly record struct ExtendedErrorCode(ushort Value)
{
    private static readonly string[] Names =
    [
        "Other", "Unsupported DNSKEY Algorithm", "Unsupported DS Digest Type", "Stale Answer",
        "Forged Answer",
        "DNSSEC Indeterminate", "DNSSEC Bogus", "Signature Expired", "Signature Not Yet Valid",
        "DNSKEY Missing",
        "RRSIGs Missing", "No Zone Key Bit Set", "NSEC Missing", "Cached Error", "Not Ready", "Blocked",
        "Censored", "Filtered", "Prohibited", "Stale NXDOMAIN Answer", "Not Authoritative", "Not Supported",
        "No Reachable Authority", "Network Error", "Invalid Data", "Signature Expired before Valid",
        "Too Early",
        "Unsupported NSEC3 Iterations Value", "Unable to conform to policy", "Synthesized",
        "Invalid Query Type",
        "Rate Limited", "Over Quota", "Negative Trust Anchor",
    ];

    /// <summary>A cause that has no code of its own.</summary>
    public static ExtendedErrorCode Other => new(0);

    /// <summary>No algorithm of the zone's keys is supported.</summary>
    public static ExtendedErrorCode UnsupportedDnskeyAlgorithm => new(1);

    /// <summary>No digest type of the zone's DS records is supported.</summary>
    public static ExtendedErrorCode UnsupportedDSDigestType => new(2);

    /// <summary>Expired data served because fresh data could not be had.</summary>
    public static ExtendedErrorCode StaleAnswer => new(3);

    /// <summary>Validation ended in indeterminate.</summary>
    public static ExtendedErrorCode DnssecIndeterminate => new(5);

    /// <summary>Validation ended in bogus.</summary>
    public static ExtendedErrorCode DnssecBogus => new(6);

    /// <summary>A signature's time is over.</summary>
    public static ExtendedErrorCode SignatureExpired => new(7);

    /// <summary>A signature's time has not come.</summary>
    public static ExtendedErrorCode SignatureNotYetValid => new(8);

    /// <summary>No key of the zone is the one that its DS or a signature names.</summary>
    public static ExtendedErrorCode DnskeyMissing => new(9);

    /// <summary>Signatures are missing.</summary>
    public static ExtendedErrorCode RrsigsMissing => new(10);

    /// <summary>No key has the zone flag.</summary>
    public static ExtendedErrorCode NoZoneKeyBitSet => new(11);

    /// <summary>The proof of absence is missing or does not prove it.</summary>
    public static ExtendedErrorCode NsecMissing => new(12);

    /// <summary>The failure comes from the failure cache (RFC 9520).</summary>
    public static ExtendedErrorCode CachedError => new(13);

    /// <summary>The server is not ready to answer yet.</summary>
    public static ExtendedErrorCode NotReady => new(14);

    /// <summary>The operator's rules forbid the answer, or a part of it.</summary>
    public static ExtendedErrorCode Blocked => new(15);

    /// <summary>The client is not allowed to ask.</summary>
    public static ExtendedErrorCode Prohibited => new(18);

    /// <summary>An expired NXDOMAIN served because fresh data could not be had.</summary>
    public static ExtendedErrorCode StaleNXDomainAnswer => new(19);

    /// <summary>
    /// RD was clear and the server does not have the data; or asked for a zone it does not serve.
    /// </summary>
    public static ExtendedErrorCode NotAuthoritative => new(20);

    /// <summary>The operation is not supported.</summary>
    public static ExtendedErrorCode NotSupported => new(21);

    /// <summary>No authoritative server could be reached or gave a usable reply.</summary>
    public static ExtendedErrorCode NoReachableAuthority => new(22);

    /// <summary>An unrecoverable error on the network to a server.</summary>
    public static ExtendedErrorCode NetworkError => new(23);

    /// <summary>The authoritative data cannot be right (RFC 8914 §4.25).</summary>
    public static ExtendedErrorCode InvalidData => new(24);

    /// <summary>A signature expires before it becomes valid.</summary>
    public static ExtendedErrorCode SignatureExpiredBeforeValid => new(25);

    /// <summary>NSEC3 iterations above the limit (RFC 9276).</summary>
    public static ExtendedErrorCode UnsupportedNsec3Iterations => new(27);

    /// <summary>The answer was made from a proof or a rule, not fetched.</summary>
    public static ExtendedErrorCode Synthesized => new(29);

    /// <summary>The type cannot be asked for.</summary>
    public static ExtendedErrorCode InvalidQueryType => new(30);

    /// <summary>The answer lies below a negative trust anchor (RFC 7646).</summary>
    public static ExtendedErrorCode NegativeTrustAnchor => new(33);

    /// <summary>The registered purpose, or EDE123.</summary>
    public override string ToString() => Value < Names.Length
        ? Names[Value]
        : string.Create(CultureInfo.InvariantCulture, $"EDE{Value}");
}
