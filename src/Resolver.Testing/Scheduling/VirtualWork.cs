// What its own work costs a virtual loop: with a cost, what comes in while it works waits in line, as it does
// before a real thread. Without one (the rule) work takes no time. What happens off the loop goes on
// meanwhile.
using System;
using System.Collections.Generic;

namespace Resolver.Testing;

/// <summary>The work of one loop.</summary>
internal sealed class VirtualWork(VirtualScheduler scheduler)
{
    private readonly Queue<(VirtualEvent Event, long Due)> _waiting = new();
    private bool _isBusy;

    /// <summary>What each event of the loop costs.</summary>
    public TimeSpan PerEvent { get; set; }

    /// <summary>When the event that runs, or ran last, was due.</summary>
    public long LastDue { get; private set; }

    /// <summary>Takes in an event that is due now: it runs when all before it have.</summary>
    public void Take(VirtualEvent next)
    {
        _waiting.Enqueue((next, scheduler.Now));
        if (!_isBusy)
        {
            RunFirst();
        }
    }

    private void RunFirst()
    {
        _isBusy = false;
        while (!_isBusy && _waiting.TryDequeue(out (VirtualEvent Event, long Due) first))
        {
            if (!first.Event.IsCancelled)
            {
                _isBusy = true;
                LastDue = first.Due;
                _ = scheduler.Schedule(null, scheduler.Now + PerEvent.Ticks, _ => RunFirst(), null);
                scheduler.Run(first.Event);
            }
        }
    }
}
