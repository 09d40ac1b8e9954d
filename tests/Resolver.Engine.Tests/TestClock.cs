// Time that moves only when a test says so, from one timer to the next: what a timer does, it does at its
// moment.
using System;
using System.Collections.Generic;
using System.Threading;

namespace Resolver.Engine.Tests;

/// <summary>A monotonic clock of 100 ns ticks with its timers.</summary>
internal sealed class TestClock : TimeProvider
{
    private readonly PriorityQueue<(TestTimer Timer, int Change), (long At, int Sequence)> _timers = new();
    private long _now = TimeSpan.TicksPerDay;
    private int _sequence;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>When the next timer is due; null when none is.</summary>
    public long? NextTimer
    {
        get
        {
            while (_timers.TryPeek(out (TestTimer Timer, int Change) next, out (long At, int Sequence) key))
            {
                if (next.Change == next.Timer.Changes)
                {
                    return key.At;
                }

                _timers.Dequeue();
            }

            return null;
        }
    }

    public override long GetTimestamp() => _now;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + new TimeSpan(_now);

    public override ITimer CreateTimer(
        TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        TestTimer timer = new(this, () => callback(state));
        _ = timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan span)
    {
        long end = _now + span.Ticks;
        while (NextTimer is { } at && at <= end)
        {
            _now = Math.Max(_now, at);
            TestTimer timer = _timers.Dequeue().Timer;
            timer.Changes++;
            timer.Fire();
        }

        _now = end;
    }

    private sealed class TestTimer(TestClock clock, Action fire) : ITimer
    {
        public int Changes { get; set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Changes++;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                clock._timers.Enqueue((this, Changes), (clock._now + dueTime.Ticks, clock._sequence++));
            }

            return true;
        }

        public void Dispose() => Changes++;

        public System.Threading.Tasks.ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
