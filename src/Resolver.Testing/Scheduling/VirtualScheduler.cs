// The heart of virtual time: one queue of events for all loops of a simulation, run on the caller's thread in
// the order of (time, sequence). Time stands still while an event runs and jumps to the next one when none is
// due, so a day passes in milliseconds and two runs from one seed are the same run.
using System;
using System.Collections.Generic;
using System.Threading;
using Resolver.Engine;

namespace Resolver.Testing;

/// <summary>Runs the loops of one simulation in turns. Only posts may come from other threads.</summary>
internal sealed class VirtualScheduler
{
    /// <summary>
    /// The timestamp at which every simulation begins: far from 0, so that 0 is never a moment by chance.
    /// </summary>
    public const long Beginning = 1_000 * TimeSpan.TicksPerSecond;

    /// <summary>
    /// Events that may run without time going on before the run is given up: code that posts to itself
    /// forever would otherwise hang the test.
    /// </summary>
    public const int MostEventsPerMoment = 5_000_000;

    private readonly Lock _lock = new();
    private readonly PriorityQueue<VirtualEvent, EventOrder> _events = new();
    private readonly VirtualSynchronizationContext _outside;
    private long _sequence;
    private long _now = Beginning;
    private int _eventsThisMoment;
    private int _runningThread;

    /// <summary>A scheduler without loops.</summary>
    public VirtualScheduler() => _outside = new VirtualSynchronizationContext(this, null);

    /// <summary>The time now, in units of 100 ns.</summary>
    public long Now => Interlocked.Read(ref _now);

    /// <summary>
    /// What the wall clock shows at <see cref="Beginning"/>. May be changed while running, as clocks jump.
    /// </summary>
    public DateTimeOffset WallClockAtBeginning { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Events run so far.</summary>
    public long EventsRun { get; private set; }

    /// <summary>
    /// Told of an exception that reached the root of a callback: a flaw of the code under test.
    /// </summary>
    public Action<ILoop, Exception> OnFault { get; set; } = static (_, _) => { };

    /// <summary>The loop whose event runs, if it runs on the calling thread; else null.</summary>
    internal VirtualLoop? Running { get; private set; }

    /// <summary>True on the thread that runs events, while it does.</summary>
    internal bool IsRunningHere => _runningThread == Environment.CurrentManagedThreadId;

    /// <summary>Runs the next event, moving time to it; false when there is none.</summary>
    public bool RunNext() => RunNextBefore(long.MaxValue);

    /// <summary>
    /// Runs until the condition holds, which is looked at before each event; false when <paramref
    /// name="limit"/> has passed, or nothing is left to run, and it still does not.
    /// </summary>
    public bool RunUntil(Func<bool> condition, TimeSpan limit)
    {
        ArgumentNullException.ThrowIfNull(condition);
        long end = Now + limit.Ticks;
        while (!condition())
        {
            if (!RunNextBefore(end))
            {
                return condition();
            }
        }

        return true;
    }

    /// <summary>Runs everything due within a span; time then is exactly so much later.</summary>
    public void Advance(TimeSpan span)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero);
        long end = Now + span.Ticks;
        while (RunNextBefore(end))
        {
        }

        MoveTo(end);
    }

    /// <summary>Queues an event of a loop (or, without one, of the world around) at a timestamp.</summary>
    internal VirtualEvent Schedule(VirtualLoop? loop, long when, SendOrPostCallback callback, object? state)
    {
        VirtualEvent queued = new(loop, callback, state);
        lock (_lock)
        {
            _events.Enqueue(queued, new EventOrder(Math.Max(when, _now), _sequence++));
        }

        return queued;
    }

    /// <summary>Runs an event now.</summary>
    internal void Run(VirtualEvent next)
    {
        SynchronizationContext? outer = SynchronizationContext.Current;
        Running = next.Loop;
        _runningThread = Environment.CurrentManagedThreadId;
        SynchronizationContext.SetSynchronizationContext(next.Loop?.Context ?? _outside);
        try
        {
            next.Callback(next.State);
        }
        catch (Exception fault) when (next.Loop is not null)
        {
            next.Loop.Faults++;
            OnFault(next.Loop, fault);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
            _runningThread = 0;
            Running = null;
        }
    }

    private bool RunNextBefore(long end)
    {
        if (IsRunningHere)
        {
            throw new InvalidOperationException("An event cannot run other events: await instead.");
        }

        if (!TryTake(end, out VirtualEvent? next, out long when))
        {
            return false;
        }

        MoveTo(when);
        if (++_eventsThisMoment > MostEventsPerMoment)
        {
            throw new InvalidOperationException(
                "Virtual time stands still: something posts to itself forever.");
        }

        EventsRun++;
        if (next!.Loop is { Work: { PerEvent.Ticks: > 0 } work })
        {
            work.Take(next);
        }
        else
        {
            Run(next);
        }

        return true;
    }

    private bool TryTake(long end, out VirtualEvent? next, out long when)
    {
        lock (_lock)
        {
            while (_events.TryPeek(out next, out EventOrder order))
            {
                when = order.When;
                if (!next.IsCancelled && when > end)
                {
                    return false;
                }

                _ = _events.Dequeue();
                if (!next.IsCancelled)
                {
                    return true;
                }
            }
        }

        when = 0;
        return false;
    }

    private void MoveTo(long when)
    {
        if (when > _now)
        {
            Interlocked.Exchange(ref _now, when);
            _eventsThisMoment = 0;
        }
    }

    private readonly record struct EventOrder(long When, long Sequence) : IComparable<EventOrder>
    {
        public int CompareTo(EventOrder other)
        {
            int order = When.CompareTo(other.When);
            return order != 0 ? order : Sequence.CompareTo(other.Sequence);
        }
    }
}

/// <summary>Something to run at a moment; cancelled ones are passed over, and move no clock.</summary>
internal sealed class VirtualEvent(VirtualLoop? loop, SendOrPostCallback callback, object? state)
{
    /// <summary>The loop on which it runs; null for what happens off all loops.</summary>
    public VirtualLoop? Loop { get; } = loop;

    /// <summary>What to run.</summary>
    public SendOrPostCallback Callback { get; } = callback;

    /// <summary>Its argument.</summary>
    public object? State { get; } = state;

    /// <summary>True once it will not run.</summary>
    public bool IsCancelled { get; private set; }

    /// <summary>Makes the scheduler pass it over.</summary>
    public void Cancel() => IsCancelled = true;
}
