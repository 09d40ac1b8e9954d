// The n-th exchange, store or timer of a run fails, for a drawn n: what it hits must end in
// SERVFAIL or be tried again, and nothing else may notice.
using System;
using Resolver.Testing;
using Resolver.Testing.Tests;

namespace Resolver.Simulation;

/// <summary>Where an anomaly strikes.</summary>
internal enum Seam : byte
{
    /// <summary>Nowhere.</summary>
    None,

    /// <summary>The upstream throws.</summary>
    Exchange,

    /// <summary>The upstream has no socket left.</summary>
    Socket,

    /// <summary>The caches throw when something is stored.</summary>
    Store,

    /// <summary>The loop throws when a timer is made or set.</summary>
    Timer,
}

/// <summary>The anomalies of a run.</summary>
internal sealed class AnomalyPlan
{
    private readonly SeededRandom _random;
    private readonly int _every;
    private int _left;

    /// <summary>Draws where and how often.</summary>
    public AnomalyPlan(SeededRandom random)
    {
        _random = random;
        Seam = random.Chance(0.25) ? (Seam)(1 + random.NextBelow(4)) : Seam.None;
        _every = 2 + random.NextBelow(random.Chance(0.5) ? 20 : 300);
        Draw();
    }

    /// <summary>Where they strike.</summary>
    public Seam Seam { get; }

    /// <summary>How often one has struck.</summary>
    public int Strikes { get; private set; }

    /// <summary>True once nothing strikes any more.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Ends all anomalies.</summary>
    public void Heal() => IsOver = true;

    /// <summary>Throws when this use of a seam is to fail.</summary>
    public void Pass(Seam seam)
    {
        if (IsDue(seam))
        {
            throw new InjectedFault($"{seam} number {Strikes}");
        }
    }

    /// <summary>True when this use of a seam is to fail.</summary>
    public bool IsDue(Seam seam)
    {
        if (IsOver || seam != Seam || --_left > 0)
        {
            return false;
        }

        Strikes++;
        Draw();
        return true;
    }

    /// <summary>True for a reply that an anomaly has hit: it says so, if it can.</summary>
    public bool HasStruck(Reply reply) => Strikes > 0
        && (Seam == Seam.Socket
            || !reply.HasEdns
            || reply.ExtendedError.Contains("internal error", StringComparison.Ordinal));

    /// <summary>For people.</summary>
    public override string ToString() => Seam == Seam.None ? "" : $"{Seam} fails each {_every}th time or so";

    private void Draw() => _left = 1 + _random.NextBelow(2 * _every);
}
