// What goes wrong in a run: faults by server, a bad network; drawn from the seed, changed now and then,
// healed at last.
using System;
using System.Collections.Generic;
using System.Linq;
using Resolver.Testing;

namespace Resolver.Simulation;

/// <summary>The weather of a run.</summary>
internal sealed class FaultPlan
{
    private static readonly ServerFault[] Faults =
        [.. Enum.GetValues<ServerFault>().Where(static f => f != ServerFault.None)];

    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MorePause = TimeSpan.FromSeconds(3);

    private readonly SeededRandom _random;
    private readonly IReadOnlyList<SimulatedServer> _servers;
    private readonly double _share;
    private readonly double _loss;

    /// <summary>Draws the weather; in a drizzle datagrams are lost one by one.</summary>
    public FaultPlan(SeededRandom random, IReadOnlyList<SimulatedServer> servers, bool drizzles)
    {
        _random = random;
        _servers = servers;
        IsMild = drizzles || random.Chance(0.25);
        if (IsMild)
        {
            Packets = new PacketSimulatorOptions { Seed = random.NextUInt64() };
            if (drizzles)
            {
                TimeSpan pause = ShortestPause + random.NextBelow(MorePause);
                Packets = Packets with { Loss = 0.3, LossPause = pause };
            }
            else
            {
                SpoilOne();
            }

            return;
        }

        _share = random.Chance(0.2) ? 0 : random.NextBelow(60) / 100.0;
        _loss = random.Chance(0.5) ? 0 : random.NextBelow(40) / 100.0;
        Packets = new PacketSimulatorOptions
        {
            Seed = random.NextUInt64(),
            Loss = random.Chance(0.5) ? 0 : random.NextBelow(25) / 100.0,
            Duplicate = random.Chance(0.5) ? 0 : random.NextBelow(30) / 100.0,
            Forgery = random.Chance(0.5) ? 0 : random.NextBelow(50) / 100.0,
            BrokenStream = random.Chance(0.7) ? 0 : random.NextBelow(40) / 100.0,
            Jitter = random.Chance(0.5) ? TimeSpan.Zero : TimeSpan.FromMilliseconds(random.NextBelow(60)),
            HasIPv6 = !random.Chance(0.2),
        };
        Change(everything: true);
    }

    /// <summary>
    /// True when one server alone has a fault, and each zone that it serves has another, or when datagrams
    /// are lost one by one: then no query may fail.
    /// </summary>
    public bool IsMild { get; }

    /// <summary>The one server with a fault, in mild weather; null: none can be spared.</summary>
    public SimulatedServer? Spoilt { get; private set; }

    /// <summary>The network.</summary>
    public PacketSimulatorOptions Packets { get; }

    /// <summary>Draws the faults of all servers anew, or of one.</summary>
    public void Change(bool everything)
    {
        if (IsMild)
        {
            return;
        }

        int only = _random.NextBelow(_servers.Count);
        for (int number = 0; number < _servers.Count; number++)
        {
            if (everything || number == only)
            {
                bool isFaulty = _random.Chance(_share);
                _servers[number].Fault = isFaulty
                    ? Faults[_random.NextBelow(Faults.Length)]
                    : ServerFault.None;
                _servers[number].Loss = _random.Chance(0.3) ? _loss : 0;
            }
        }
    }

    /// <summary>Everything works again.</summary>
    public static void Heal(VirtualNetwork network)
    {
        foreach (SimulatedServer server in network.Internet.Servers)
        {
            server.Fault = ServerFault.None;
            server.Loss = 0;
        }

        foreach (PacketSimulator simulator in network.Simulators)
        {
            simulator.Options = new PacketSimulatorOptions
            {
                Seed = simulator.Options.Seed,
                HasIPv6 = simulator.Options.HasIPv6,
            };
        }
    }

    private void SpoilOne()
    {
        SimulatedServer server = _servers[_random.NextBelow(_servers.Count)];
        bool isSpare = server.Zones.All(z => _servers.Any(s => s != server && s.Zones.Contains(z)));
        server.Fault = isSpare ? Faults[_random.NextBelow(Faults.Length)] : ServerFault.None;
        Spoilt = isSpare ? server : null;
    }

    /// <summary>What it is, for people.</summary>
    public override string ToString() =>
        $"{Packets} servers: " + string.Join(", ", _servers.Where(static s => s.Fault != ServerFault.None)
            .Select(static s => $"{s.Addresses[0]} {s.Fault}"));
}
