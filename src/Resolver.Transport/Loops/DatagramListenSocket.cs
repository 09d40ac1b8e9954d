// A listening UDP socket: queries come in batches, replies leave in batches, both in memory allocated once.
// This type keeps the reply slots and the counters; the calls to the kernel are in its two heirs.
using System;
using System.Collections.Generic;
using Resolver.Engine;

namespace Resolver.Transport;

/// <summary>Told of each datagram, on the loop.</summary>
internal interface IDatagramOwner
{
    /// <summary>A query arrived. <paramref name="octets"/> are valid only during the call.</summary>
    void OnDatagram(DatagramListenSocket socket, ReadOnlySpan<byte> octets, in DatagramRoute route);
}

/// <summary>
/// Used on its loop. A reply is reserved, written and queued; what is queued is sent when the turn ends, or
/// earlier when the batch is full.
/// </summary>
internal abstract class DatagramListenSocket : IDisposable, IEndOfTurn
{
    private readonly byte[] _replies;
    private readonly Stack<int> _freeSlots;
    private bool _flushAsked;

    private protected DatagramListenSocket(SocketLoop loop, InetEndpoint local, DatagramListenOptions options)
    {
        Loop = loop;
        LocalEndpoint = local;
        Options = options;
        _replies = GC.AllocateUninitializedArray<byte>(options.Batch * options.MaximumReply, pinned: true);
        _freeSlots = new Stack<int>(options.Batch);
        for (int slot = options.Batch - 1; slot >= 0; slot--)
        {
            _freeSlots.Push(slot);
        }
    }

    /// <summary>The loop that owns the socket.</summary>
    public SocketLoop Loop { get; }

    /// <summary>The address and port bound to; the address may be the wildcard.</summary>
    public InetEndpoint LocalEndpoint { get; }

    /// <summary>Told of each datagram. Set before <see cref="Start"/>.</summary>
    public IDatagramOwner? Owner { get; set; }

    /// <summary>Datagrams handed to the owner.</summary>
    public long Received { get; private protected set; }

    /// <summary>Datagrams dropped because they were longer than the options allow.</summary>
    public long TooLong { get; private protected set; }

    /// <summary>Replies that the kernel took.</summary>
    public long Sent { get; private protected set; }

    /// <summary>Replies lost: the kernel's queue was full, or the client cannot be reached.</summary>
    public long SendFailures { get; private protected set; }

    private protected DatagramListenOptions Options { get; }

    /// <summary>Begins to receive.</summary>
    public abstract void Start();

    /// <summary>
    /// Room for one reply. The slot must come back by <see cref="QueueReply"/> or <see cref="ReleaseReply"/>.
    /// Several may be out at once (a reply may complete another inside), but few: they are meant for the
    /// current step.
    /// </summary>
    public int ReserveReply(out Span<byte> buffer)
    {
        Loop.VerifyCurrent();
        if (_freeSlots.Count == 0)
        {
            Flush();
        }

        int slot = _freeSlots.Pop();
        buffer = SlotOctets(slot);
        return slot;
    }

    /// <summary>Queues the first <paramref name="length"/> octets of a reserved slot.</summary>
    public void QueueReply(int slot, int length, in DatagramRoute route)
    {
        if (length > Options.MaximumReply)
        {
            ReleaseReply(slot);
            throw new ArgumentOutOfRangeException(nameof(length), length, "Longer than its slot.");
        }

        Enqueue(slot, length, route);
        if (!_flushAsked)
        {
            _flushAsked = true;
            Loop.AtEndOfTurn(this);
        }
    }

    /// <summary>Gives a reserved slot back unused.</summary>
    public void ReleaseReply(int slot) => _freeSlots.Push(slot);

    /// <summary>Queues a copy of a reply made elsewhere.</summary>
    public void Send(ReadOnlySpan<byte> reply, in DatagramRoute route)
    {
        int slot = ReserveReply(out Span<byte> buffer);
        if (reply.Length > buffer.Length)
        {
            ReleaseReply(slot);
            throw new ArgumentException("The reply is longer than a datagram may be here.", nameof(reply));
        }

        reply.CopyTo(buffer);
        QueueReply(slot, reply.Length, route);
    }

    /// <inheritdoc/>
    void IEndOfTurn.OnEndOfTurn()
    {
        _flushAsked = false;
        Flush();
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Adds a reply to the batch.</summary>
    private protected abstract void Enqueue(int slot, int length, in DatagramRoute route);

    /// <summary>Sends the batch and gives its slots back by <see cref="ReleaseReply"/>.</summary>
    private protected abstract void Flush();

    /// <summary>The octets of a slot; their array is pinned.</summary>
    private protected Span<byte> SlotOctets(int slot) =>
        _replies.AsSpan(slot * Options.MaximumReply, Options.MaximumReply);

    /// <summary>Hands one datagram to the owner.</summary>
    private protected void Deliver(ReadOnlySpan<byte> octets, in DatagramRoute route)
    {
        Received++;
        Owner?.OnDatagram(this, octets, route);
    }
}
