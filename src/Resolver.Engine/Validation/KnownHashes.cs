// The NSEC3 ranges that are kept of one zone, as a place to look for closest enclosers in (RFC 8198 §5.2).
using Resolver.Dnssec;

namespace Resolver.Engine;

/// <summary>A zone's known ranges at one moment.</summary>
/// <param name="Ranges">All that are known.</param>
/// <param name="Any">One of the zone, which tells how it hashes.</param>
/// <param name="Now">The moment.</param>
/// <param name="MaxIterations">Iterations above which the zone is left alone.</param>
internal sealed record KnownHashes(DenialRanges Ranges, CachedRange Any, long Now, int MaxIterations)
    : INsec3Ranges
{
    /// <inheritdoc/>
    public Nsec3Parameters Parameters => Read(Any).Parameters;

    /// <inheritdoc/>
    public int ZoneLabels => Any.Zone.LabelCount;

    /// <summary>The range that matches a hash or may cover it; null when none is fresh.</summary>
    public CachedRange? At(NameHash hash) => Ranges.Find(Any.Zone, hash, Now);

    /// <inheritdoc/>
    public bool TryMatch(NameHash hash, out Nsec3Range match)
    {
        CachedRange? held = At(hash);
        match = held is null ? default : Read(held);
        return held is not null && match.Matches(hash);
    }

    /// <inheritdoc/>
    public bool TryCover(NameHash hash, out Nsec3Range cover)
    {
        CachedRange? held = At(hash);
        cover = held is null ? default : Read(held);
        return held is not null && cover.Covers(hash);
    }

    // It was read before it was kept.
    private Nsec3Range Read(CachedRange range) =>
        Nsec3Range.TryRead(range.Set, Any.Zone.Wire, out Nsec3Range read) ? read : default;
}
