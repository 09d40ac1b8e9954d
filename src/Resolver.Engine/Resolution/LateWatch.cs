// Tells walks that a reply is late, so that they may ask another server beside the first. One coarse wheel
// and one timer for all exchanges of a loop: most replies come in time, so an entry costs a few stores, and
// is found void when its slot comes round.
using System;
using System.Collections.Generic;
using System.Threading;

namespace Resolver.Engine;

/// <summary>The exchanges of one loop that may become late. Used on its loop.</summary>
internal sealed class LateWatch : IDisposable
{
    private const long SlotTicks = 10 * TimeSpan.TicksPerMillisecond;
    private const int Slots = 1024;

    private readonly ILoop _loop;
    private readonly List<Entry>?[] _slots = new List<Entry>?[Slots];
    private List<Entry> _due = [];
    private ITimer? _timer;
    private long _done;
    private int _count;
    private long _armedFor = long.MaxValue;

    public LateWatch(ILoop loop) => _loop = loop;

    private TimeProvider Time => _loop.Time;

    /// <summary>
    /// Watches an exchange that begins now; <paramref name="after"/> rounds up to a slot, zero: not at all.
    /// </summary>
    public void Add(Walk walk, in LateAsk ask, TimeSpan after)
    {
        if (after <= TimeSpan.Zero)
        {
            return;
        }

        long now = Time.GetTimestamp();
        long slot = ((now + after.Ticks) / SlotTicks) + 1;
        if (_count == 0)
        {
            _done = now / SlotTicks;
        }

        // So late that nobody is helped by it: no limit lets it come to that.
        if (slot - _done >= Slots)
        {
            return;
        }

        (_slots[slot % Slots] ??= []).Add(new Entry(walk, ask));
        _count++;
        if (slot < _armedFor)
        {
            Arm(slot);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer?.Dispose();

    private void Arm(long slot)
    {
        _timer ??= Time.CreateTimer(
            static w => ((LateWatch)w!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        long wait = Math.Max(0, (slot * SlotTicks) - Time.GetTimestamp());
        _ = _timer.Change(new TimeSpan(wait), Timeout.InfiniteTimeSpan);
        _armedFor = slot;
    }

    private void OnTimer()
    {
        // Until all are told nothing is armed: what is added meanwhile lies in later slots. A reply that this
        // loop has not read yet is not late.
        _armedFor = long.MinValue;
        long last = _loop.CaughtUpAt / SlotTicks;
        try
        {
            while (_done < last && _count > 0)
            {
                _done++;
                Tell((int)(_done % Slots));
            }
        }
        finally
        {
            _armedFor = long.MaxValue;
            ArmNext();
        }
    }

    private void ArmNext()
    {
        if (_count == 0)
        {
            return;
        }

        long next = _done + 1;
        while (_slots[next % Slots] is not { Count: > 0 })
        {
            next++;
        }

        Arm(next);
    }

    private void Tell(int slot)
    {
        if (_slots[slot] is not { Count: > 0 } due)
        {
            return;
        }

        // Whoever is told may begin exchanges: those go into another list.
        _slots[slot] = _due;
        _count -= due.Count;
        try
        {
            foreach (Entry entry in due)
            {
                Tell(entry);
            }
        }
        finally
        {
            due.Clear();
            _due = due;
        }
    }

    // A broken invariant ends this walk, not the watch over all others.
    private static void Tell(in Entry entry)
    {
        try
        {
            entry.Walk.OnLate(entry.Ask);
        }
        catch (Exception fault)
        {
            entry.Walk.Abort(fault);
        }
    }

    private readonly record struct Entry(Walk Walk, LateAsk Ask);
}
