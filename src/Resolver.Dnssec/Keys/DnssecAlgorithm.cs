// The signing algorithms by number (IANA "DNS Security Algorithm Numbers"), and which of them are checked.
namespace Resolver.Dnssec;

/// <summary>The algorithms that can be checked. Any other number is unsupported.</summary>
internal enum DnssecAlgorithm : byte
{
    /// <summary>No algorithm that can be checked.</summary>
    Unsupported = 0,

    /// <summary>RSA with SHA-1 (RFC 3110).</summary>
    RsaSha1 = 5,

    /// <summary>The same, in a zone that may use NSEC3 (RFC 5155 §2).</summary>
    RsaSha1Nsec3 = 7,

    /// <summary>RSA with SHA-256 (RFC 5702).</summary>
    RsaSha256 = 8,

    /// <summary>RSA with SHA-512 (RFC 5702).</summary>
    RsaSha512 = 10,

    /// <summary>ECDSA on P-256 with SHA-256 (RFC 6605).</summary>
    EcdsaP256 = 13,

    /// <summary>ECDSA on P-384 with SHA-384 (RFC 6605).</summary>
    EcdsaP384 = 14,

    /// <summary>Ed25519 (RFC 8080).</summary>
    Ed25519 = 15,

    /// <summary>Ed448 (RFC 8080).</summary>
    Ed448 = 16,
}

/// <summary>Tells which algorithm numbers are supported.</summary>
internal static class DnssecAlgorithms
{
    /// <summary>The algorithm of a number under a policy.</summary>
    public static DnssecAlgorithm Of(byte number, DnssecPolicy policy) => number switch
    {
        5 or 7 => policy.AcceptRsaSha1 ? (DnssecAlgorithm)number : DnssecAlgorithm.Unsupported,
        8 or 10 or 13 or 14 or 15 or 16 => (DnssecAlgorithm)number,
        _ => DnssecAlgorithm.Unsupported,
    };

    /// <summary>True for a number that can be checked.</summary>
    public static bool IsSupported(byte number, DnssecPolicy policy) =>
        Of(number, policy) != DnssecAlgorithm.Unsupported;
}
