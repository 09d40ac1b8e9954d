// One NSEC or NSEC3 of a validated zone, kept for the names that it denies (RFC 8198).
using Resolver.Dnssec;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>A proven range, with the SOA that a denial made of it shows. Immutable to readers.</summary>
internal sealed class CachedRange : CacheEntry
{
    // Its place in the index, and its share of what the index costs.
    private const int IndexCost = 192;

    private readonly DenialRanges _home;
    private readonly uint _ttl;

    internal CachedRange(DenialRanges home, DomainName zone, in ProvenRange proven, in Lifetime lifetime)
        : base(lifetime.StoredAt, lifetime.ExpiresAt)
    {
        _home = home;
        _ttl = lifetime.Ttl;
        Zone = zone;
        Set = proven.Set;
        Soa = proven.Soa;
        IsHashed = Nsec3Range.TryRead(Set, zone.Wire, out Nsec3Range range);
        Hash3 = IsHashed ? range.Owner : default;
    }

    /// <summary>The zone whose keys have verified it.</summary>
    public DomainName Zone { get; }

    /// <summary>The NSEC or NSEC3.</summary>
    public RRset Set { get; }

    /// <summary>The zone's SOA that came with it; empty when it came beside a wildcard's answer.</summary>
    public RRset Soa { get; }

    /// <summary>True when a denial can be made of it: it has an SOA to show.</summary>
    public bool MayDeny => !Soa.IsEmpty;

    /// <summary>True for an NSEC3.</summary>
    public bool IsHashed { get; }

    /// <summary>Of an NSEC3: the hash at which it begins.</summary>
    public NameHash Hash3 { get; }

    /// <summary>Seconds left to live.</summary>
    public uint RemainingTtl(long now) => SecondsLeft(_ttl, now);

    internal override int ContentSize => Set.Size + Soa.Size + IndexCost;

    internal override bool YieldsTo(CacheEntry candidate, long now) => true;

    // What was denied by it was proven; a newer range says nothing against it.
    internal override bool SaysTheSameAs(CacheEntry successor) => true;

    internal override void Entered() => _home.Add(this);

    internal override void Left() => _home.Remove(this);
}

/// <summary>What validation hands over.</summary>
/// <param name="Set">An NSEC or NSEC3 set that the zone's keys have verified.</param>
/// <param name="Soa">
/// The SOA of the same denial, verified too; empty when it proved a wildcard's answer.
/// </param>
/// <param name="MaxTtl">Seconds that the signatures leave it.</param>
internal readonly record struct ProvenRange(RRset Set, RRset Soa, uint MaxTtl);
