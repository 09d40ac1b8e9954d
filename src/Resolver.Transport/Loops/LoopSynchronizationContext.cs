// The net under the awaits of a loop: whatever a library completes elsewhere comes back to the loop. Our own
// sources do not need it (they complete inline on the loop), and a library's own ConfigureAwait(false) still
// escapes inside it.
using System;
using System.Threading;

namespace Resolver.Transport;

/// <summary>Posts to one loop.</summary>
internal sealed class LoopSynchronizationContext : SynchronizationContext
{
    /// <summary>A context of <paramref name="loop"/>.</summary>
    public LoopSynchronizationContext(SocketLoop loop) => Loop = loop;

    /// <summary>The loop.</summary>
    public SocketLoop Loop { get; }

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state) => Loop.Post(d, state);

    /// <inheritdoc/>
    public override void Send(SendOrPostCallback d, object? state)
    {
        ArgumentNullException.ThrowIfNull(d);
        if (!Loop.IsCurrent)
        {
            throw new NotSupportedException("A loop is never waited for: use Post.");
        }

        d(state);
    }

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;
}
