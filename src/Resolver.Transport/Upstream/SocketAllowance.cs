// How many sockets to name servers may be open at once, all loops of one resolver together: memory of the
// kernel and descriptors of the process are shared, and a flood of misses must not take the descriptors of
// the listeners.
using System;
using System.Threading;

namespace Resolver.Transport;

/// <summary>A bound on open sockets. Thread-safe.</summary>
internal sealed class SocketAllowance
{
    private int _open;

    /// <summary>An allowance of <paramref name="most"/> sockets.</summary>
    public SocketAllowance(int most) => Most = most;

    /// <summary>The bound.</summary>
    public int Most { get; }

    /// <summary>How many are open.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Takes one; false when all are open.</summary>
    public bool TryTake()
    {
        if (Interlocked.Increment(ref _open) <= Most)
        {
            return true;
        }

        _ = Interlocked.Decrement(ref _open);
        return false;
    }

    /// <summary>Gives one back.</summary>
    public void GiveBack()
    {
        if (Interlocked.Decrement(ref _open) < 0)
        {
            throw new InvalidOperationException("A socket was given back twice.");
        }
    }
}
