// Late replies that have to wait until LatePace lets them leave: by client, in their order, seen to every
// 10 ms while there are any.
using System;
using System.Buffers;
using System.Collections.Generic;
using System.Threading;
using Resolver.Engine;

namespace Resolver;

/// <summary>Waiting replies. Used on one loop.</summary>
internal sealed class LateReplies(ILoop loop, LatePace pace, int most) : IDisposable
{
    private readonly Dictionary<ClientKey, Queue<Waiting>> _waiting = [];
    private readonly List<ClientKey> _done = [];
    private ITimer? _timer;
    private bool _isArmed;

    /// <summary>Replies that wait.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// Sends the reply now, or keeps a copy for later. When as many wait as there are places for
    /// waiting queries, it is dropped: its client, if it asked at all, asks again.
    /// </summary>
    public void Send(ClientQuery query, ReadOnlySpan<byte> reply)
    {
        bool isBehind = _waiting.TryGetValue(query.Client, out Queue<Waiting>? queue);
        if (!isBehind && pace.MayLeave(query.Client, query.Began, loop.Time.GetTimestamp()))
        {
            query.Deliver(loop, reply);
            return;
        }

        if (Count >= most)
        {
            query.Deliver(loop, []);
            return;
        }

        byte[] octets = ArrayPool<byte>.Shared.Rent(reply.Length);
        reply.CopyTo(octets);
        if (queue is null)
        {
            _waiting.Add(query.Client, queue = new Queue<Waiting>());
        }

        queue.Enqueue(new Waiting(query, octets, reply.Length));
        Count++;
        Arm();
    }

    /// <inheritdoc/>
    public void Dispose() => _timer?.Dispose();

    private void Arm()
    {
        if (_isArmed)
        {
            return;
        }

        _isArmed = true;
        _timer ??= loop.Time.CreateTimer(static s => ((LateReplies)s!).OnTimer(), this,
            Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _ = _timer.Change(new TimeSpan(LatePace.Slot), Timeout.InfiniteTimeSpan);
    }

    private void OnTimer()
    {
        _isArmed = false;
        long now = loop.Time.GetTimestamp();
        foreach ((ClientKey client, Queue<Waiting> queue) in _waiting)
        {
            while (queue.Count > 0 && pace.TryCount(client, now))
            {
                Waiting next = queue.Dequeue();
                Count--;
                next.Query.Deliver(loop, next.Octets.AsSpan(0, next.Length));
                ArrayPool<byte>.Shared.Return(next.Octets);
            }

            if (queue.Count == 0)
            {
                _done.Add(client);
            }
        }

        foreach (ClientKey client in _done)
        {
            _ = _waiting.Remove(client);
        }

        _done.Clear();
        if (Count > 0)
        {
            Arm();
        }
    }

    private readonly record struct Waiting(ClientQuery Query, byte[] Octets, int Length);
}
