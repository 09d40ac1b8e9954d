// Counts kept by the engine, shared by its loops; bounds on work in flight are judged by them.
using System.Threading;

namespace Resolver.Engine;

/// <summary>Counts of one resolver.</summary>
internal sealed class EngineCounts
{
    private long _inFlight;
    private long _walks;
    private long _joins;
    private long _exchanges;
    private long _failures;

    /// <summary>Walks under way.</summary>
    public long InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Walks begun.</summary>
    public long Walks => Volatile.Read(ref _walks);

    /// <summary>Questions that joined a walk under way.</summary>
    public long Joins => Volatile.Read(ref _joins);

    /// <summary>Exchanges with servers.</summary>
    public long Exchanges => Volatile.Read(ref _exchanges);

    /// <summary>Walks that failed.</summary>
    public long Failures => Volatile.Read(ref _failures);

    /// <summary>A walk begins.</summary>
    public void BeginWalk()
    {
        Interlocked.Increment(ref _walks);
        Interlocked.Increment(ref _inFlight);
    }

    /// <summary>A walk has ended.</summary>
    public void EndWalk(bool failed)
    {
        Interlocked.Decrement(ref _inFlight);
        if (failed)
        {
            Interlocked.Increment(ref _failures);
        }
    }

    /// <summary>A question joins a walk.</summary>
    public void Join() => Interlocked.Increment(ref _joins);

    /// <summary>A server is asked.</summary>
    public void Exchange() => Interlocked.Increment(ref _exchanges);
}
