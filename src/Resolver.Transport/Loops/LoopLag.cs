// How far a loop is behind what comes in. A poll that had to wait was not behind; one that did not finds what
// came since the poll before it, unless that one had found more than it could take: then it may be older.
// Polls return sooner than a wait of a millisecond for many reasons: such a wait is not counted as one.
using System;

namespace Resolver.Transport;

/// <summary>The last moment at which a loop knew of nothing unread. Changes in place.</summary>
internal struct LoopLag
{
    private const long LeastWait = TimeSpan.TicksPerMillisecond;

    private long _lastReturn;
    private bool _hadMore;

    /// <summary>
    /// The moment, in units of 100 ns; what the last poll found came in after it.
    /// </summary>
    public long CaughtUpAt { get; private set; }

    /// <summary>
    /// Takes in a poll from its beginning to its return; <paramref name="mayHaveMore"/>: it found as much as
    /// it can.
    /// </summary>
    public void TakePoll(long began, bool mayHaveMore, long returned)
    {
        if (returned - began >= LeastWait)
        {
            CaughtUpAt = returned;
        }
        else if (!_hadMore)
        {
            CaughtUpAt = _lastReturn;
        }

        _hadMore = mayHaveMore;
        _lastReturn = returned;
    }
}
