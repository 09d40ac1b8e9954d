// How one zone of a simulated internet is signed: with which keys, at which stage of a roll, what its parent
// says of them, and how it denies. What real zones do, and what they do wrong.
using Resolver.Dnssec;

namespace Resolver.Testing;

/// <summary>The signing of one zone; as it comes: one Ed25519 key, NSEC, a plain DS.</summary>
internal sealed record ZoneSigning
{
    /// <summary>The number of an algorithm that nobody knows (unassigned).</summary>
    public const byte UnknownAlgorithm = 200;

    /// <summary>The number of a digest type that nobody knows (unassigned).</summary>
    public const byte UnknownDigest = 200;

    /// <summary>The algorithm of all keys.</summary>
    public DnssecAlgorithm Algorithm { get; init; } = DnssecAlgorithm.Ed25519;

    /// <summary>
    /// True: one key for the keys, another for the rest (KSK and ZSK, RFC 6781 §3.1); false: one for both.
    /// </summary>
    public bool HasTwoKeys { get; init; }

    /// <summary>How far a roll of keys is.</summary>
    public KeyRoll Roll { get; init; }

    /// <summary>What the parent's DS set is.</summary>
    public DelegationForm Delegation { get; init; }

    /// <summary>How names are hashed; null: denials are proven by NSEC.</summary>
    public Nsec3Settings? Nsec3 { get; init; }

    /// <summary>When the signatures are valid.</summary>
    public SignaturePeriod Period { get; init; } = SignaturePeriod.Longest;
}

/// <summary>How a zone uses NSEC3 (RFC 5155 §3.1).</summary>
/// <param name="Salt">Up to 255 octets.</param>
/// <param name="Iterations">Extra rounds.</param>
/// <param name="IsOptOut">
/// True: unsigned delegations, and the empty names above such alone, are left out (RFC 5155 §6).
/// </param>
internal sealed record Nsec3Settings(byte[] Salt, int Iterations, bool IsOptOut)
{
    /// <summary>As RFC 9276 §3.1 has it: no salt, no iterations.</summary>
    public static Nsec3Settings Plain { get; } = new([], 0, false);
}

/// <summary>The stages of key rolls (RFC 6781 §4.1), and other company of keys.</summary>
internal enum KeyRoll : byte
{
    /// <summary>No roll.</summary>
    None,

    /// <summary>The next key is published and signs nothing yet (RFC 6781 §4.1.1.1).</summary>
    PrePublished,

    /// <summary>Old and new keys sign everything (RFC 6781 §4.1.1.2).</summary>
    DoubleSigned,

    /// <summary>The parent names the next key, which is not published yet (RFC 6781 §4.1.2).</summary>
    DoubleDS,

    /// <summary>The last key is still published, revoked, and signs the keys (RFC 5011 §2.1).</summary>
    Revoked,

    /// <summary>A key of an algorithm that nobody knows is published, and signs too.</summary>
    WithUnknownAlgorithm,
}

/// <summary>What a parent says of a signed zone's keys.</summary>
internal enum DelegationForm : byte
{
    /// <summary>One DS with SHA-256.</summary>
    Plain,

    /// <summary>One DS with SHA-384 (RFC 6605 §2).</summary>
    Sha384,

    /// <summary>Two, with SHA-1 and SHA-256 (RFC 4509 §3).</summary>
    WithSha1,

    /// <summary>
    /// A plain one beside two that nobody can use, for their algorithm and for their digest type.
    /// </summary>
    BesideUnknown,

    /// <summary>No DS: the zone is an island (RFC 4033 §2).</summary>
    None,

    /// <summary>Signed with an algorithm that nobody knows: insecure (RFC 4035 §5.2).</summary>
    UnknownAlgorithm,

    /// <summary>A DS with a digest type that nobody knows: insecure (RFC 6840 §5.2).</summary>
    UnknownDigest,

    /// <summary>A DS whose digest is no key's: bogus.</summary>
    Wrong,
}
