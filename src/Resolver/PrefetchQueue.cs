// From the fast lane to the loop: the questions of hits that are due for prefetch, in memory taken once. A
// hit pays a copy of its name and one post; when the queue is full it is not fetched ahead, which costs a
// miss later and nothing now.
using System;
using System.Threading;
using Resolver.Engine;
using Resolver.Wire;

namespace Resolver;

/// <summary>Due questions of the hits of one loop.</summary>
internal sealed class PrefetchQueue
{
    private readonly Prefetcher _owner;
    private readonly ILoop _loop;
    private readonly Lock _gate = new();
    private readonly byte[] _names;
    private readonly Due[] _due;
    private int _count;

    public PrefetchQueue(Prefetcher owner, ILoop loop, int capacity)
    {
        _owner = owner;
        _loop = loop;
        _names = new byte[capacity * NameOctets.MaxLength];
        _due = new Due[capacity];
    }

    /// <summary>Adds a question. Allocates nothing.</summary>
    public void Add(ReadOnlySpan<byte> name, RRType type, ViewId view)
    {
        bool isFirst;
        lock (_gate)
        {
            if (_count == _due.Length)
            {
                return;
            }

            isFirst = _count == 0;
            name.CopyTo(_names.AsSpan(_count * NameOctets.MaxLength));
            _due[_count++] = new Due(name.Length, type, view);
        }

        if (isFirst)
        {
            _loop.Post(static q => ((PrefetchQueue)q!).Empty(), this);
        }
    }

    private void Empty()
    {
        while (TryTake() is { } question)
        {
            _owner.Begin(_loop, question);
        }
    }

    private Question? TryTake()
    {
        lock (_gate)
        {
            if (_count == 0)
            {
                return null;
            }

            Due due = _due[--_count];
            DomainName name = DomainName.FromValidWire(
                _names.AsSpan(_count * NameOctets.MaxLength, due.NameLength));
            return new Question(name, due.Type, due.View);
        }
    }

    private readonly record struct Due(int NameLength, RRType Type, ViewId View);
}
