// What waits to be run on a loop. Posts of the loop itself need no lock; those of other threads are collected
// under one and taken over in batches. Order holds among the posts of one thread. Its length is bounded by
// the work in flight (each resolution, exchange and connection has at most a few posts on the way), whose
// bounds lie elsewhere.
using System.Collections.Generic;
using System.Threading;

namespace Resolver.Transport;

/// <summary>A callback and its argument.</summary>
internal readonly record struct LoopPost(SendOrPostCallback Callback, object? State);

/// <summary>The two queues of posts of one loop.</summary>
internal sealed class PostQueue
{
    private readonly Lock _lock = new();
    private readonly Queue<LoopPost> _local = new();
    private List<LoopPost> _arriving = [];
    private List<LoopPost> _taken = [];
    private bool _closed;
    private volatile int _arrived;

    /// <summary>True when something waits. On the loop.</summary>
    public bool HasAny => _local.Count > 0 || _arrived > 0;

    /// <summary>How many posts a turn runs: those that wait now, not those that they will make.</summary>
    public int BeginBatch()
    {
        if (_arrived > 0)
        {
            lock (_lock)
            {
                (_arriving, _taken) = (_taken, _arriving);
                _arrived = 0;
            }

            foreach (LoopPost post in _taken)
            {
                _local.Enqueue(post);
            }

            _taken.Clear();
        }

        return _local.Count;
    }

    /// <summary>The next post of the batch.</summary>
    public LoopPost Take() => _local.Dequeue();

    /// <summary>Adds a post made on the loop.</summary>
    public void AddLocal(in LoopPost post) => _local.Enqueue(post);

    /// <summary>Adds a post made on another thread; false when the loop has stopped.</summary>
    public bool TryAddRemote(in LoopPost post)
    {
        lock (_lock)
        {
            if (_closed)
            {
                return false;
            }

            _arriving.Add(post);
            _arrived = _arriving.Count;
            return true;
        }
    }

    /// <summary>Drops what waits and whatever comes later.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            _arriving.Clear();
            _arrived = 0;
        }

        _local.Clear();
    }
}
