// A bounded list of trace events of one client query and everything it caused.
using System;
using System.Collections.Generic;

namespace Resolver.Engine;

/// <summary>
/// The steps of one resolution in their order. Written on one loop, read after the resolution has ended.
/// </summary>
public sealed class Trace
{
    private readonly List<TraceEvent> _events = [];
    private readonly int _limit;
    private readonly long _began;
    private readonly TimeProvider _time;

    internal Trace(TimeProvider time, int limit)
    {
        _time = time;
        _limit = limit;
        _began = time.GetTimestamp();
    }

    /// <summary>The steps.</summary>
    public IReadOnlyList<TraceEvent> Events => _events;

    /// <summary>Count of steps that were not kept because the trace was full.</summary>
    public int Dropped { get; private set; }

    /// <summary>Time since the trace began.</summary>
    internal TimeSpan Now => _time.GetElapsedTime(_began);

    /// <summary>The time now, by the clock of TTLs.</summary>
    internal long Timestamp => _time.GetTimestamp();

    /// <summary>Adds a step, unless the trace is full.</summary>
    internal void Add(TraceEvent step)
    {
        if (_events.Count < _limit)
        {
            _events.Add(step);
        }
        else
        {
            Dropped++;
        }
    }
}
