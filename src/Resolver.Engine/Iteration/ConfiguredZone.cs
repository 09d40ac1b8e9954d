// A forward or stub zone of the configuration: whom to ask for a name and everything below it. To the walk it
// is a delegation that never ends; its apex bounds what its servers may speak of, as any zone's does
// (MaginotDNS, CVE-2021-25220: forwarders that were believed about the rest of the world).
using System.Collections.Immutable;
using System.Linq;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>A zone whose servers are configured. Immutable.</summary>
internal sealed class ConfiguredZone
{
    /// <summary>
    /// A zone with its servers: recursive ones when <paramref name="isForward"/>, else authoritative ones.
    /// </summary>
    public ConfiguredZone(DomainName apex, bool isForward, ImmutableArray<InetEndpoint> servers)
    {
        Apex = apex.ToCanonical();
        IsForward = isForward;
        Servers = servers;
        Start = new Delegation(Apex, [], long.MaxValue)
        {
            Configured = this,
            Tally = new ZoneTally(isForward),
        };
    }

    /// <summary>The name at which it begins.</summary>
    public DomainName Apex { get; }

    /// <summary>True for servers that recurse (RD is set), false for authoritative ones.</summary>
    public bool IsForward { get; }

    /// <summary>Whom to ask; do-not-query does not hold for them.</summary>
    public ImmutableArray<InetEndpoint> Servers { get; }

    /// <summary>Where walks for its names begin.</summary>
    public Delegation Start { get; }

    /// <summary>True when both mean the same.</summary>
    public bool SaysTheSameAs(ConfiguredZone other) =>
        Apex == other.Apex && IsForward == other.IsForward && Servers.SequenceEqual(other.Servers);
}
