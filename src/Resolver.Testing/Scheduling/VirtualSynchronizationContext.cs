// The net under the awaits of a virtual loop, or of a program that runs beside the loops in virtual time:
// whatever completes elsewhere comes back as an event.
using System;
using System.Threading;

namespace Resolver.Testing;

/// <summary>Posts to one virtual loop, or to the program outside all loops.</summary>
internal sealed class VirtualSynchronizationContext(VirtualScheduler scheduler, VirtualLoop? loop)
    : SynchronizationContext
{
    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state)
    {
        if (loop is not null)
        {
            loop.Post(d, state);
        }
        else
        {
            _ = scheduler.Schedule(null, scheduler.Now, d, state);
        }
    }

    /// <inheritdoc/>
    public override void Send(SendOrPostCallback d, object? state)
    {
        ArgumentNullException.ThrowIfNull(d);
        if (!scheduler.IsRunningHere || scheduler.Running != loop)
        {
            throw new NotSupportedException("A loop is never waited for: use Post.");
        }

        d(state);
    }

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;
}
