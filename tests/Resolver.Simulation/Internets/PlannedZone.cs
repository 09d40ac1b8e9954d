// A zone of a drawn internet while its text is being written.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Resolver.Simulation;

/// <summary>A zone: name, servers, text.</summary>
internal sealed class PlannedZone(string name, int depth)
{
    private readonly List<(string Owner, string Line)> _lines = [];

    /// <summary>Its name, absolute.</summary>
    public string Name { get; } = name;

    /// <summary>How many walks stand between a question and the address of one of its servers.</summary>
    public int Depth { get; set; } = depth;

    /// <summary>Its servers.</summary>
    public List<PlannedHost> Servers { get; } = [];

    /// <summary>How long its parent's NS set lives, where that is asked for.</summary>
    public int DelegationTtl { get; init; }

    /// <summary>Its records as a zone file, without what is said of some other zone.</summary>
    public string TextWithout(string? other)
    {
        StringBuilder text = new();
        foreach ((string owner, string line) in _lines)
        {
            bool isLeftOut = other is not null && Name != other
                && (owner == other || owner.EndsWith("." + other, StringComparison.Ordinal));
            if (!isLeftOut)
            {
                _ = text.AppendLine(line);
            }
        }

        return text.ToString();
    }

    /// <summary>Adds a record; a relative owner is below the zone.</summary>
    public void Add(string owner, int ttl, string data) =>
        _lines.Add((owner, string.Create(CultureInfo.InvariantCulture, $"{owner} {ttl} {data}")));

    /// <summary>Adds a host's addresses.</summary>
    public void AddAddresses(PlannedHost host, int ttl)
    {
        foreach (IPAddress address in host.Addresses)
        {
            bool isIPv6 = address.AddressFamily == AddressFamily.InterNetworkV6;
            Add(host.Name, ttl, $"{(isIPv6 ? "AAAA" : "A")} {address}");
        }
    }

    /// <summary>A name in this zone.</summary>
    public string Below(string label) => Name == "." ? label + "." : $"{label}.{Name}";

    /// <summary>True when the name is this zone's, or below it.</summary>
    public bool Contains(string name) =>
        Name == "." || name == Name || name.EndsWith("." + Name, StringComparison.Ordinal);
}
