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
        Settings = options.Validation;
        _caches = parts.Caches;
        _time = parts.Loop.Time;
    }

    /// <summary>The limits.</summary>
    public ResolverLimits Limits { get; }

    /// <summary>Anchors and policy.</summary>
    public ValidationSettings Settings { get; }

    /// <summary>The terms on which signatures are checked at this moment.</summary>
    public SignatureTerms Terms => new((uint)_time.GetUtcNow().ToUnixTimeSeconds(), Settings.Policy);

    private long Now => _time.GetTimestamp();

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
