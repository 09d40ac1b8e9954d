// Name servers whose own zone is dead: a resolver that waits for the address of one does not ask the server
// that it knows. No zone lacks a server that lives.
using System.Collections.Generic;
using System.Linq;
using Resolver.Testing;

namespace Resolver.Simulation;

/// <summary>Draws strays into the delegations of zones.</summary>
internal static class StrayServers
{
    /// <summary>Adds a dead zone below a top, and its server beside those of half of the zones.</summary>
    /// <param name="random">What draws them.</param>
    /// <param name="zones">All zones, the root first.</param>
    public static void Add(SeededRandom random, IReadOnlyList<PlannedZone> zones)
    {
        PlannedZone top = zones[1];
        string stray = $"ns.{top.Below("stray")}";
        top.Add("stray", 3600, $"NS {stray}");
        top.Add("ns.stray", 3600, "A 20.9.9.9");
        foreach (PlannedZone zone in zones.Skip(1).Where(_ => random.Chance(0.5)))
        {
            PlannedZone parent = zones.Where(z => z != zone && z.Contains(zone.Name))
                .MaxBy(static z => z.Name.Length)!;
            parent.Add(zone.Name, 3600, $"NS {stray}");
            zone.Add("@", 3600, $"NS {stray}");
        }
    }
}
