// What a checked signature says about its set.
namespace Resolver.Dnssec;

/// <summary>The outcome of a check, and what follows from a good one.</summary>
/// <param name="Verdict">What was found.</param>
internal readonly record struct SignatureResult(SignatureVerdict Verdict)
{
    /// <summary>True when the signature is good.</summary>
    public bool IsValid => Verdict == SignatureVerdict.Valid;

    /// <summary>
    /// True when the owner was made from a wildcard: the answer holds only with a proof that nothing closer
    /// exists (RFC 4035 §5.3.4).
    /// </summary>
    public bool IsWildcardExpanded { get; init; }

    /// <summary>
    /// Labels of the closest encloser when expanded: the owner's last so many labels, below which the
    /// wildcard stands.
    /// </summary>
    public byte EncloserLabels { get; init; }

    /// <summary>Most seconds that the set may live (RFC 4035 §5.3.3).</summary>
    public uint MaxTtl { get; init; }

    /// <summary>Tag of the key that signed.</summary>
    public ushort KeyTag { get; init; }

    /// <summary>Number of the algorithm that signed.</summary>
    public byte Algorithm { get; init; }
}
