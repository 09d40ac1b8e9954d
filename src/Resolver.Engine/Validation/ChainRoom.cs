// What decisions about the chain of trust may look at besides what they asked for: anchors, policy, keys and
// cuts already known. Reads of caches, no writes, no waiting.
using System;
using System.Collections.Generic;
using Resolver.Dnssec;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>The surroundings of validations on one loop.</summary>
internal sealed class ChainRoom
{
    private readonly ResolverCaches _caches;
    private readonly TimeProvider _time;

    public ChainRoom(EngineOptions options, LoopParts parts)
    {
        Limits = options.Limits;
        Trust = parts.Trust;
        _caches = parts.Caches;
        _time = parts.Loop.Time;
    }

    /// <summary>The limits.</summary>
    public ResolverLimits Limits { get; }

    /// <summary>Anchors, policy and the library of keys.</summary>
    public TrustState Trust { get; }

    /// <summary>The policy of the checks.</summary>
    public DnssecPolicy Policy => Trust.Library.Policy;

    /// <summary>The terms on which signatures are checked at this moment.</summary>
    public SignatureTerms Terms => new(Trust.TimeAt(_time.GetUtcNow()), Policy);

    private long Now => _time.GetTimestamp();

    /// <summary>The anchor at or above a name, as the DS set of its zone.</summary>
    public RRset FindAnchor(DomainName name) =>
        Trust.Anchors.TryFindAbove(name, out RRset signers) ? signers : default;

    /// <summary>The zone at or above a name in which nothing is judged (RFC 7646).</summary>
    public DomainName? FindNegativeAnchor(DomainName name) =>
        Trust.Negative.TryFind(name, _time.GetUtcNow().ToUnixTimeSeconds(), out DomainName anchor)
            ? anchor
            : null;

    /// <summary>Seconds that a negative anchor has left.</summary>
    public uint TimeLeftOf(DomainName negative) => (uint)System.Math.Clamp(
        Trust.Negative.EndOf(negative) - _time.GetUtcNow().ToUnixTimeSeconds(), 0, uint.MaxValue);

    /// <summary>The keys of a zone that were validated before; null when they are not known.</summary>
    public ZoneKeys? FindKeys(DomainName zone) =>
        _caches.RRsets.TryGet(zone.Wire, RRType.Dnskey, Now, out CachedRRset? set)
        && set.Security == SecurityStatus.Secure
            ? set.Attestation?.Keys
            : null;

    /// <summary>
    /// The zone cuts known from referrals at or above a name, top to bottom, the root apart.
    /// </summary>
    public List<DomainName> FindCuts(DomainName name)
    {
        List<DomainName> cuts = [];
        bool found = _caches.Delegations.TryGetClosest(name.Wire, Now, out Delegation? at);
        while (found && !at!.Zone.IsRoot)
        {
            cuts.Add(at.Zone);
            found = _caches.Delegations.TryGetStrictlyAbove(at.Zone.Wire, Now, out at);
        }

        cuts.Reverse();
        return cuts;
    }
}
