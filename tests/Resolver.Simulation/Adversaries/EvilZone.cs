// A zone in the hands of an adversary: draws for each query one of its tricks, or honesty, which is what
// makes tricks work.
using System;
using System.Collections.Generic;
using System.Linq;
using Resolver.Testing;
using Resolver.Wire;

namespace Resolver.Simulation;

/// <summary>The servers' mind.</summary>
internal sealed class EvilZone
{
    private readonly double _zeal;

    /// <summary>An adversary with one to four tricks.</summary>
    public EvilZone(SeededRandom random, PlannedZone zone, IReadOnlyList<PlannedZone> victims)
    {
        Random = random;
        Name = DomainName.Parse(zone.Name);
        Hosts = zone.Servers;
        Victims = [.. victims.Select(static v => DomainName.Parse(v.Name))];
        _zeal = 0.3 + (random.NextBelow(8) / 10.0);
        int count = 1 + random.NextBelow(4);
        for (; count > 0; count--)
        {
            Tricks.Add(Trick.All[random.NextBelow(Trick.All.Count)]);
        }
    }

    /// <summary>Its name.</summary>
    public DomainName Name { get; }

    /// <summary>Its servers.</summary>
    public IReadOnlyList<PlannedHost> Hosts { get; }

    /// <summary>The zones of others, root included.</summary>
    public IReadOnlyList<DomainName> Victims { get; }

    /// <summary>What it does.</summary>
    public List<Trick> Tricks { get; } = [];

    /// <summary>Its draws.</summary>
    public SeededRandom Random { get; }

    /// <summary>A zone of others.</summary>
    public DomainName DrawVictim() => Victims[Random.NextBelow(Victims.Count)];

    /// <summary>The packets for a query.</summary>
    public IReadOnlyList<ScriptedPacket> Answer(ServerTurn turn)
    {
        if (turn.Honest.Length == 0)
        {
            return [];
        }

        return Random.Chance(_zeal)
            ? Tricks[Random.NextBelow(Tricks.Count)].Answer(this, turn)
            : [new ScriptedPacket(TimeSpan.Zero, turn.Honest)];
    }

    /// <summary>For people.</summary>
    public override string ToString() => $"{Name} ({string.Join(", ", Tricks)})";
}
