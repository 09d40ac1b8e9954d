// How the servers of one delegation have been treating resolutions of late, and how many stand before them
// now: random names below a zone whose servers are dead or slow come together here, whoever asks and however
// many names there are, and hold no more than a bounded part of the table. A zone that answers has no bound.
// What a resolution waited for its own loop is not held against the servers: a crowd of names asked at once
// is work for this resolver, and says nothing of them.
// Shared by all loops without a lock: a race costs a smoothed number a sample, never a count its truth.
using System;
using System.Threading;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>What became of the wish to stand before a zone's servers.</summary>
internal enum ZoneVerdict : byte
{
    /// <summary>It may stay, and must leave.</summary>
    Admitted,

    /// <summary>The servers are slow, and as many as allowed wait for them.</summary>
    Slow,

    /// <summary>The servers say nothing, and as many as allowed try.</summary>
    Dead,
}

/// <summary>The tally of one zone's delegation.</summary>
internal sealed class ZoneTally
{
    // Resolutions in a row that heard nothing before a zone is taken for dead.
    private const int DeadAfter = 4;

    private readonly bool _isUnbounded;
    private int _here;
    private int _unheard;
    private long _stay;
    private long _lastEvent;

    /// <summary>
    /// A tally; without a bound for recursive servers, whose speed is that of whatever zone they ask in turn.
    /// </summary>
    public ZoneTally(bool isUnbounded = false) => _isUnbounded = isUnbounded;

    /// <summary>Resolutions that stand here now.</summary>
    public int Here => Volatile.Read(ref _here);

    /// <summary>Asks to stand here; what the loop is behind with may not have been seen yet.</summary>
    public ZoneVerdict TryEnter(ResolverLimits limits, ILoop loop)
    {
        int here = Interlocked.Increment(ref _here);
        if (here == 1)
        {
            Volatile.Write(ref _lastEvent, loop.Time.GetTimestamp());
        }

        bool isDead = Volatile.Read(ref _unheard) >= DeadAfter;
        ZoneVerdict verdict = _isUnbounded ? ZoneVerdict.Admitted
            : isDead && here > limits.MaxResolutionsPerDeadZone ? ZoneVerdict.Dead
            : here > limits.MaxResolutionsPerSlowZone && IsSlow(limits, loop.CaughtUpAt) ? ZoneVerdict.Slow
            : ZoneVerdict.Admitted;
        if (verdict != ZoneVerdict.Admitted)
        {
            _ = Interlocked.Decrement(ref _here);
        }

        return verdict;
    }

    /// <summary>A server of the zone replied.</summary>
    public void Hear() => Volatile.Write(ref _unheard, 0);

    /// <summary>
    /// Leaves after a stay of <paramref name="length"/> ticks; <paramref name="heard"/>: a server had
    /// replied.
    /// </summary>
    public void Leave(ResolverLimits limits, long length, bool heard, long now)
    {
        _ = Interlocked.Decrement(ref _here);
        Volatile.Write(ref _lastEvent, now);

        // Good news is believed sooner than bad.
        Volatile.Write(ref _stay, _stay + ((length - _stay) / (length < _stay ? 4 : 8)));

        // Who left early, its client gone, had no time to hear anything.
        if (!heard && length >= Threshold(limits))
        {
            _ = Interlocked.Increment(ref _unheard);
        }
    }

    /// <summary>The verdict's sentence, for the extended error.</summary>
    public static string Describe(ZoneVerdict verdict, DomainName zone) => verdict switch
    {
        ZoneVerdict.Slow => $"limit max-resolutions-per-slow-zone met: the servers of {zone} are slow",
        ZoneVerdict.Dead => $"limit max-resolutions-per-dead-zone met: no server of {zone} replies",
        ZoneVerdict.Admitted => "within limits",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict)),
    };

    private bool IsSlow(ResolverLimits limits, long caughtUpAt) =>
        Math.Max(Volatile.Read(ref _stay), caughtUpAt - Volatile.Read(ref _lastEvent)) > Threshold(limits);

    private static long Threshold(ResolverLimits limits) =>
        limits.SlowZoneMilliseconds * TimeSpan.TicksPerMillisecond;
}
