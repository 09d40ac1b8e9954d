// What a walk's decisions may look at, besides their own state: settings, the selector, addresses already
// known.
using System;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>The surroundings of iterations on one loop.</summary>
internal sealed class IterationRoom
{
    private readonly ResolverCaches _caches;
    private readonly ServerHistoryStore _histories;
    private readonly TimeProvider _time;

    public IterationRoom(EngineOptions options, NameServerSelector selector, LoopParts parts)
    {
        Options = options;
        Selector = selector;
        _caches = parts.Caches;
        _histories = parts.Histories;
        _time = parts.Loop.Time;
    }

    /// <summary>The settings.</summary>
    public EngineOptions Options { get; }

    /// <summary>Chooses servers.</summary>
    public NameServerSelector Selector { get; }

    /// <summary>
    /// Addresses of a name server that answers have brought: never glue of another delegation.
    /// </summary>
    public RRset FindAddresses(DomainName name, RRType type) =>
        _caches.RRsets.TryGet(name.Wire, type, _time.GetTimestamp(), out CachedRRset? known) ? known.Set : default;

    /// <summary>True when the server is known not to serve the zone.</summary>
    public bool IsLame(InetEndpoint server, DomainName zone) =>
        _histories.IsLame(server, ZoneHash(zone), _time.GetTimestamp());

    /// <summary>The key under which lameness for a zone is remembered.</summary>
    public static ulong ZoneHash(DomainName zone) => NameOctets.Hash(zone.Wire, 0);
}
