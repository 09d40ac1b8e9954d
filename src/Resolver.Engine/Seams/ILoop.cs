// The one thread on which everything of a resolution happens (an event loop, a "home" of questions).
// Three live implementations: epoll, portable Socket (both in Resolver.Transport) and the virtual loop of
// Resolver.Testing; one set of contract tests runs over all three. The engine needs no lock because of it.
using System;
using System.Threading;
using System.Threading.Tasks;

namespace Resolver.Engine;

/// <summary>
/// One event loop: a thread (or a turn of the virtual scheduler) that owns its sockets, timers and every
/// resolution begun on it. Members other than <see cref="Post"/>, <see cref="Time"/> and <see
/// cref="IsCurrent"/> may be used only on the loop itself.
/// </summary>
internal interface ILoop
{
    /// <summary>0-based position among the loops of one resolver.</summary>
    int Index { get; }

    /// <summary>
    /// The loop's clock. <see cref="TimeProvider.TimestampFrequency"/> is always
    /// <see cref="TimeSpan.TicksPerSecond"/>, so a timestamp is a count of 100 ns ticks on a monotonic scale
    /// that all loops of one resolver share; its timers fire on this loop; <see
    /// cref="TimeProvider.GetUtcNow"/> is for signatures, cookies and snapshots only.
    /// </summary>
    TimeProvider Time { get; }

    /// <summary>
    /// A moment on the scale of <see cref="Time"/> before which the thing that is handled now had not come
    /// in: the last at which the loop knew of nothing unread. By what lies between it and now, a wait may be
    /// the loop's own fault.
    /// </summary>
    long CaughtUpAt { get; }

    /// <summary>True when the caller runs on this loop.</summary>
    bool IsCurrent { get; }

    /// <summary>The way out to authoritative servers, whose exchanges complete inline on this loop.</summary>
    IUpstream Upstream { get; }

    /// <summary>
    /// Runs <paramref name="callback"/> on this loop, later in this turn or in the next. From any thread;
    /// posts made by one batch of another loop cost one wake. Dropped after the loop has stopped.
    /// </summary>
    void Post(SendOrPostCallback callback, object? state);

    /// <summary>
    /// Runs long work off the loop and completes on the loop. The only way in which work may leave it.
    /// </summary>
    ValueTask<TResult> OffloadAsync<TState, TResult>(Func<TState, TResult> work, TState state);
}
