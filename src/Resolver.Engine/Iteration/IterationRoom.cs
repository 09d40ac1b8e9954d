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

    /// <summary>Whether IPv4 and IPv6 work.</summary>
    public FamilyHealth Families => _histories.Families;

    /// <summary>The time.</summary>
    public long Now => _time.GetTimestamp();

    /// <summary>
    /// Addresses of a name server that answers have brought: never glue of another delegation.
    /// </summary>
    public RRset FindAddresses(ReadOnlySpan<byte> name, RRType type) =>
        _caches.RRsets.TryGet(name, type, Now, out CachedRRset? known) ? known.Set : default;

    /// <summary>False when nothing is cached of a name: one look in place of several.</summary>
    public bool MayKnow(ReadOnlySpan<byte> name) => _caches.MayKnow(name);

    /// <summary>
    /// Goes on to a longer part of a name while the next one was found to exist before: asking for it again
    /// would show nothing new. A zone cut there would have been found with its delegation.
    /// </summary>
    public void PassKnownParts(ref NameMinimiser part)
    {
        while (!part.IsWhole && Exists(part.Name))
        {
            part.Advance();
        }
    }

    /// <summary>
    /// Since when the server is known not to serve the zone, given by its hash; null when it is not.
    /// </summary>
    public long? LameSince(in InetEndpoint server, ulong zone) => _histories.LameSince(server, zone, Now);

    /// <summary>What stands for a zone in <see cref="LameSince"/>.</summary>
    public ulong HashZone(DomainName zone) => _histories.HashZone(zone);

    /// <summary>
    /// Addresses by which a name server's own zone is delegated: its parent vouches for them, so they may
    /// steer where those that the zone itself gives are not known or lead nowhere: whoever looks these up
    /// has to believe the glue first. Empty when the name is not inside the zone.
    /// </summary>
    public GlueAddresses FindGlue(ReadOnlySpan<byte> name)
    {
        if (_caches.Delegations.TryGetClosest(name, Now, out Delegation? closest))
        {
            foreach (DelegatedServer server in closest.Servers)
            {
                if (NameOctets.EqualsIgnoreCase(server.Name.Wire, name))
                {
                    return server.Glue;
                }
            }
        }

        return default;
    }

    // A is the type by which parts of names are asked for.
    private bool Exists(DomainName name) => MayKnow(name.Wire) && (
        _caches.RRsets.TryGet(name.Wire, RRType.A, Now, out _)
        || (_caches.Denials.TryGet(name.Wire, RRType.A, Now, out CachedDenial? denial)
            && denial.Kind == DenialKind.NoData));
}
