// The order of a loop's timers: a heap of four children per node, which keeps the timers themselves
// (LoopTimer) and tells each its place, so that cancelling needs no search. A wheel would make cancelling
// cheaper by a few ns, but fires by its grain; here timers fire exactly in the order of their times, equal
// times in the order of scheduling.
using System;

namespace Resolver.Transport;

/// <summary>Timers by time.</summary>
internal sealed class TimerHeap
{
    private const int Arity = 4;

    private Entry[] _entries = new Entry[64];
    private long _sequence;

    /// <summary>How many timers wait.</summary>
    public int Count { get; private set; }

    /// <summary>The earliest time; meaningful when <see cref="Count"/> is not 0.</summary>
    public long Earliest => _entries[0].When;

    /// <summary>Schedules or reschedules.</summary>
    public void Schedule(LoopTimer timer, long when)
    {
        Cancel(timer);
        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, Count * 2);
        }

        Count++;
        MoveUp(Count - 1, new Entry(when, _sequence++, timer));
    }

    /// <summary>Takes a timer out; nothing happens when it does not wait.</summary>
    public void Cancel(LoopTimer timer)
    {
        if (timer.HeapIndex >= 0)
        {
            RemoveAt(timer.HeapIndex);
        }
    }

    /// <summary>Takes the earliest timer out if its time is not after <paramref name="now"/>.</summary>
    public bool TryTakeDue(long now, out LoopTimer? timer)
    {
        timer = null;
        if (Count == 0 || _entries[0].When > now)
        {
            return false;
        }

        timer = _entries[0].Timer;
        RemoveAt(0);
        return true;
    }

    /// <summary>Takes all timers out, unfired.</summary>
    public void Clear()
    {
        while (Count > 0)
        {
            RemoveAt(Count - 1);
        }
    }

    private void RemoveAt(int index)
    {
        _entries[index].Timer.HeapIndex = -1;
        Count--;
        Entry last = _entries[Count];
        _entries[Count] = default;
        if (index == Count)
        {
            return;
        }

        if (index > 0 && last.IsBefore(_entries[(index - 1) / Arity]))
        {
            MoveUp(index, last);
        }
        else
        {
            MoveDown(index, last);
        }
    }

    private void MoveUp(int index, in Entry entry)
    {
        while (index > 0)
        {
            int parent = (index - 1) / Arity;
            if (!entry.IsBefore(_entries[parent]))
            {
                break;
            }

            Place(index, _entries[parent]);
            index = parent;
        }

        Place(index, entry);
    }

    private void MoveDown(int index, in Entry entry)
    {
        while (true)
        {
            int first = (index * Arity) + 1;
            if (first >= Count)
            {
                break;
            }

            int least = first;
            int end = Math.Min(first + Arity, Count);
            for (int child = first + 1; child < end; child++)
            {
                if (_entries[child].IsBefore(_entries[least]))
                {
                    least = child;
                }
            }

            if (!_entries[least].IsBefore(entry))
            {
                break;
            }

            Place(index, _entries[least]);
            index = least;
        }

        Place(index, entry);
    }

    private void Place(int index, in Entry entry)
    {
        _entries[index] = entry;
        entry.Timer.HeapIndex = index;
    }

    private readonly record struct Entry(long When, long Sequence, LoopTimer Timer)
    {
        public bool IsBefore(in Entry other) =>
            When < other.When || (When == other.When && Sequence < other.Sequence);
    }
}
