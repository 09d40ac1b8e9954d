// Counts kept by the engine, shared by its loops; bounds on work in flight are judged by them, metrics and
// status read them.
using System.Threading;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>Counts of one resolver.</summary>
internal sealed class EngineCounts
{
    private long _inFlight;
    private long _walks;
    private long _joins;
    private long _exchanges;
    private long _failures;
    private long _overdue;
    private long _checks;
    private long _failedChecks;

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

    /// <summary>Walks that the watchdog had to end.</summary>
    public long Overdue => Volatile.Read(ref _overdue);

    /// <summary>Signatures checked.</summary>
    public long Checks => Volatile.Read(ref _checks);

    /// <summary>Of these, not good.</summary>
    public long FailedChecks => Volatile.Read(ref _failedChecks);

    /// <summary>How exchanges ended.</summary>
    public ExchangeCounts Ends { get; } = new();

    /// <summary>Which limits were met.</summary>
    public LimitCounts Limits { get; } = new();

    /// <summary>Where distributions are told to; null when nobody measures.</summary>
    public EngineMetrics? Metrics { get; set; }

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

    /// <summary>An exchange has ended.</summary>
    public void EndExchange(in Step step, in ExchangeOutcome outcome, long now)
    {
        Ends.Add(step.Endpoint, step.Asked.Transport, outcome.Status, now);
        if (outcome.Status == ExchangeStatus.Reply)
        {
            Metrics?.RecordRoundTrip(step, outcome.Elapsed);
        }
    }

    /// <summary>A client's question ended: what it left of its budget, and which limit ended it.</summary>
    public void EndQuestion(WorkBudget budget, ExtendedError? error)
    {
        Metrics?.RecordHeadroom(budget);
        Limits.Add(error);
    }

    /// <summary>Signatures were checked.</summary>
    public void Check(int checks, int failed)
    {
        Interlocked.Add(ref _checks, checks);
        Interlocked.Add(ref _failedChecks, failed);
    }

    /// <summary>The watchdog ended a walk.</summary>
    public void EndOverdue() => Interlocked.Increment(ref _overdue);
}
