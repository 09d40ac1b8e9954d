// Steps 1 and 13 over TCP: one connection of a client (RFC 7766). Queries are handed over as they come,
// replies leave in the order in which they are made, those of a turn together. Decides when to stop reading
// (too many queries under way, too many replies unread), and when the connection ends: idle, not reading,
// closed by the client.
using System;
using System.Collections.Generic;
using Resolver.Engine;

namespace Resolver.Transport;

/// <summary>
/// A client's connection. Used on its loop only, save <see cref="IsClosed"/> and the idle timeout.
/// </summary>
internal sealed class ClientConnection : LoopTimer, ISocketOwner, IReplySource, IEndOfTurn, IDisposable
{
    private readonly MessageStream _stream;
    private readonly ClientContext _client;
    private int _underWay;
    private bool _hasEnded;
    private bool _mayHaveMore;
    private bool _isHookAsked;
    private volatile bool _isClosed;
    private long _lastActivity;

    /// <summary>Takes over an accepted socket.</summary>
    public ClientConnection(LoopListeners listeners, LoopSocket socket, in InetEndpoint remote)
    {
        Listeners = listeners;
        _client = new ClientContext(remote, socket.LocalEndpoint, ClientTransport.Tcp);
        _stream = new MessageStream(socket, listeners.Loop.Blocks);
        Unread = new UnreadReplies(listeners, _stream);
        IdlePlace = new LinkedListNode<ClientConnection>(this);
        _lastActivity = SocketLoop.Now;
        socket.Owner = this;
        AskForEndOfTurn();
    }

    /// <summary>All listeners of the loop.</summary>
    public LoopListeners Listeners { get; }

    /// <summary>What the client leaves unread.</summary>
    public UnreadReplies Unread { get; }

    /// <summary>The client.</summary>
    public InetAddress Client => _client.Remote.Address;

    /// <summary>Its place among the idle connections of the loop.</summary>
    public LinkedListNode<ClientConnection> IdlePlace { get; }

    /// <summary>True once the client cannot be reached any more. From any thread.</summary>
    public bool IsClosed => _isClosed;

    /// <inheritdoc/>
    public TimeSpan IdleTimeout => Listeners.IdleTimeout;

    private ResolverLimits Limits => Listeners.Limits;

    private bool IsIdle => _underWay == 0 && _stream.Unsent == 0;

    /// <summary>RFC 7766 §6.2.1.1 allows any number; a client beyond ours waits.</summary>
    private bool IsFull => _underWay >= Limits.MaxTcpPipeline || Unread.IsMuch;

    /// <inheritdoc/>
    public void OnReady(LoopSocket socket, SocketInterest ready)
    {
        if (_isClosed)
        {
            return;
        }

        AskForEndOfTurn();
        if ((ready & SocketInterest.Read) == 0 || _hasEnded || IsFull)
        {
            return;
        }

        // Step 1: Receive.
        StreamState state = _stream.Receive();
        if (state == StreamState.Failed)
        {
            Dispose();
            return;
        }

        _hasEnded = state == StreamState.Ended;
        Serve();
    }

    /// <inheritdoc/>
    public ReplyTicket TakeTicket()
    {
        _underWay++;
        StreamTicket ticket = Listeners.RentStreamTicket();
        ticket.Issue(_client, this);
        return ticket;
    }

    /// <summary>A ticket comes back, with a reply or (empty) without.</summary>
    public void EndQuery(ReadOnlySpan<byte> reply)
    {
        _underWay--;
        if (_isClosed)
        {
            Listeners.Counters.ClientsGone++;
            return;
        }

        AskForEndOfTurn();
        Write(reply);
        if (!_isClosed && Unread.IsTooMuch && !IsDrained())
        {
            CloseUnread();
        }
    }

    /// <summary>A ticket comes back whose reply could not be brought here.</summary>
    public void EndUnread()
    {
        _underWay--;
        if (!_isClosed)
        {
            CloseUnread();
        }
    }

    /// <inheritdoc/>
    public void OnEndOfTurn()
    {
        _isHookAsked = false;
        if (_isClosed)
        {
            return;
        }

        // Step 13: Send.
        if (!_stream.TryFlush())
        {
            Dispose();
            return;
        }

        if (_mayHaveMore && !IsFull)
        {
            AskForEndOfTurn();
            Serve();
        }

        if (!_isClosed)
        {
            Settle();
        }
    }

    /// <inheritdoc/>
    public override void OnTimer(long now)
    {
        if (Unread.Deadline != 0)
        {
            CheckWriting(now);
        }
        else if (!IsIdle)
        {
            Listeners.Loop.Schedule(this, now + IdleTimeout.Ticks);
        }
        else if (now >= _lastActivity + IdleTimeout.Ticks)
        {
            Listeners.Counters.IdleClosed++;
            Dispose();
        }
        else
        {
            Listeners.Loop.Schedule(this, _lastActivity + IdleTimeout.Ticks);
        }
    }

    /// <summary>Closes.</summary>
    public void Dispose()
    {
        if (!_isClosed)
        {
            _isClosed = true;
            Unread.Forget();
            Listeners.Loop.Cancel(this);
            Listeners.Forget(this);
            _stream.Dispose();
        }
    }

    private void Serve()
    {
        byte[] room = Listeners.QueryBuffer;
        _mayHaveMore = true;
        while (!_isClosed && !IsFull)
        {
            if (!_stream.TryReadMessage(room, out int length))
            {
                _mayHaveMore = false;
                if (_stream.IsUnreadable)
                {
                    Dispose();
                }

                return;
            }

            Handle(room.AsSpan(0, length));
        }
    }

    private void Handle(ReadOnlySpan<byte> query)
    {
        ListenerCounters counters = Listeners.Counters;
        counters.StreamQueries++;
        _lastActivity = SocketLoop.Now;
        byte[] reply = Listeners.ReplyBuffer;
        var arrival = new QueryArrival(Listeners.Loop, _client, this);
        int length = Listeners.Handler(query, ref arrival, reply);
        if (length >= 0)
        {
            Write(reply.AsSpan(0, length));
        }
    }

    private void Write(ReadOnlySpan<byte> reply)
    {
        if (reply.IsEmpty)
        {
            Listeners.Counters.StreamsDropped++;
            return;
        }

        Listeners.Counters.StreamReplies++;
        _lastActivity = SocketLoop.Now;
        _stream.Write(reply);
        if (!Unread.TryTell())
        {
            Dispose();
        }
    }

    private bool IsDrained() => _stream.TryFlush() && !Unread.IsTooMuch;

    /// <summary>At the end of a turn: what is waited for, and until when.</summary>
    private void Settle()
    {
        if (_hasEnded && IsIdle && !_mayHaveMore)
        {
            Dispose();
            return;
        }

        SocketInterest interest = _hasEnded || IsFull ? SocketInterest.None : SocketInterest.Read;
        if (_stream.Unsent > 0)
        {
            interest |= SocketInterest.Write;
        }

        if (Unread.TakeStock())
        {
            Listeners.Loop.Schedule(this, Unread.Deadline);
        }

        _stream.Socket.SetInterest(interest);
        Listeners.NoteIdleness(this, IsIdle);
        if (!IsScheduled)
        {
            Listeners.Loop.Schedule(this, _lastActivity + IdleTimeout.Ticks);
        }
    }

    private void CheckWriting(long now)
    {
        if (now >= Unread.Deadline && !Unread.TryProlong(now))
        {
            CloseUnread();
            return;
        }

        Listeners.Loop.Schedule(this, Unread.Deadline);
    }

    private void CloseUnread()
    {
        Listeners.Counters.UnreadClosed++;
        Dispose();
    }

    private void AskForEndOfTurn()
    {
        if (!_isHookAsked)
        {
            _isHookAsked = true;
            Listeners.Loop.AtEndOfTurn(this);
        }
    }
}
