// What fetching ahead may cost the name servers: a share of the queries that clients ask, counted over the
// resolver's life, so that a small network, whose names are asked seldom, has its share too.
using System.Threading;
using Resolver.Engine;

namespace Resolver;

/// <summary>The allowance of one resolver. Thread-safe.</summary>
internal sealed class PrefetchAllowance
{
    private readonly AnswerCache _answers;
    private readonly StripedCounter _queries = new();
    private readonly int _percent;
    private readonly int _maxInFlight;
    private long _spent;
    private long _held;
    private int _inFlight;

    public PrefetchAllowance(AnswerCache answers, ResolverLimits limits)
    {
        _answers = answers;
        _percent = limits.PrefetchAllowancePercent;
        _maxInFlight = limits.MaxPrefetchesInFlight;
    }

    /// <summary>Exchanges spent on fetching ahead.</summary>
    public long Spent => Volatile.Read(ref _spent);

    /// <summary>Answers that were due and not fetched, because the allowance was spent.</summary>
    public long Held => Volatile.Read(ref _held);

    /// <summary>Walks under way.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>A query that the answer cache does not see.</summary>
    public void CountQuery() => _queries.Increment();

    /// <summary>Takes leave for one walk; each that is under way counts as one exchange.</summary>
    public bool TryTake()
    {
        int inFlight = Interlocked.Increment(ref _inFlight);
        long queries = _answers.Hits + _answers.Misses + _queries.Read();
        if (inFlight <= _maxInFlight && (Spent + inFlight) * 100 <= queries * _percent)
        {
            return true;
        }

        Interlocked.Decrement(ref _inFlight);
        Interlocked.Increment(ref _held);
        return false;
    }

    /// <summary>The walk is over.</summary>
    public void Return(int exchanges)
    {
        Interlocked.Add(ref _spent, exchanges);
        Interlocked.Decrement(ref _inFlight);
    }
}
