// What the upstreams of all loops of one resolver have in common: limits, the port space, the allowance of
// sockets.
using System;
using System.Collections.Immutable;
using System.Linq;
using Resolver.Engine;

namespace Resolver.Transport;

/// <summary>Made once per resolver, given to the <see cref="SocketUpstream"/> of each loop.</summary>
internal sealed class UpstreamOptions
{
    private readonly InetAddress[] _sourcesV4 = [];
    private readonly InetAddress[] _sourcesV6 = [];

    /// <summary>
    /// Options for <paramref name="loops"/> loops in a process that may open <paramref name="openFiles"/>
    /// files, of which name servers get at most half.
    /// </summary>
    public UpstreamOptions(ResolverLimits limits, int loops, int openFiles)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(loops, 1);
        Limits = limits;
        Sockets = new SocketAllowance(Math.Min(limits.MaxUpstreamSockets, Math.Max(openFiles / 2, 1)));

        // Half of the allowance stays for exchanges under way, whatever is parked.
        MaxParked = Math.Min(limits.MaxParkedSockets, Sockets.Most / 2 / loops);
    }

    /// <summary>The limits.</summary>
    public ResolverLimits Limits { get; }

    /// <summary>The ports in use.</summary>
    public PortSpace Ports { get; } = new();

    /// <summary>The sockets open.</summary>
    public SocketAllowance Sockets { get; }

    /// <summary>UDP sockets that each loop may park.</summary>
    public int MaxParked { get; }

    /// <summary>Ports which the system draws as well as we do, and cheaper.</summary>
    public SystemPorts SystemPorts { get; init; } = SystemPorts.Read();

    /// <summary>
    /// Local addresses to ask from; one of the server's family is drawn for each query. With none of a family
    /// the system chooses.
    /// </summary>
    public ImmutableArray<InetAddress> SourceAddresses
    {
        get;
        init
        {
            field = value;
            _sourcesV4 = value.Where(static address => !address.IsIPv6).ToArray();
            _sourcesV6 = value.Where(static address => address.IsIPv6).ToArray();
        }
    } = [];

    /// <summary>Those of one family.</summary>
    public ReadOnlySpan<InetAddress> SourcesOf(bool ipv6) => ipv6 ? _sourcesV6 : _sourcesV4;
}
