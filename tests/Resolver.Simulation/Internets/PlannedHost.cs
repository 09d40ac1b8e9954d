// A machine of a drawn internet that can serve zones.
using System.Collections.Generic;
using System.Net;

namespace Resolver.Simulation;

/// <summary>A name server: its name, its addresses, what it serves, how far it is.</summary>
internal sealed class PlannedHost(string name, IReadOnlyList<IPAddress> addresses)
{
    /// <summary>Its name, absolute.</summary>
    public string Name { get; } = name;

    /// <summary>One IPv4 address, perhaps an IPv6 one too.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; } = addresses;

    /// <summary>The zones it serves.</summary>
    public List<string> Zones { get; } = [];

    /// <summary>The round trip.</summary>
    public int DelayMilliseconds { get; init; }

    /// <summary>
    /// How many walks within walks it takes to look its name up: one more than its zone's depth.
    /// </summary>
    public int Depth { get; set; }
}
