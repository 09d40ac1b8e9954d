// What the listeners of one loop have in common: the handler, buffers, tickets, client connections and
// counters. Decides which connection is admitted and which is closed in its favour.
using System;
using System.Collections.Generic;
using System.Linq;
using Resolver.Engine;

namespace Resolver.Transport;

/// <summary>All listeners of one loop. Used on its loop, or before it starts.</summary>
internal sealed class LoopListeners
{
    // How many of the longest idle are looked at to find the one whose client holds most.
    private const int MostCompared = 32;

    private readonly ConnectionShares _shares;
    private readonly Stack<DatagramTicket> _datagramTickets = new();
    private readonly Stack<StreamTicket> _streamTickets = new();
    private readonly List<DatagramListener> _datagrams = [];
    private readonly HashSet<ClientConnection> _connections = [];
    private readonly LinkedList<ClientConnection> _idle = new();
    private readonly TimeSpan _idleTimeout;
    private byte[]? _queryBuffer;
    private byte[]? _replyBuffer;
    private bool _stopped;

    /// <summary>No listeners yet; those added close with the loop.</summary>
    public LoopListeners(
        SocketLoop loop, QueryHandler handler, ResolverLimits limits, ConnectionShares shares)
    {
        Loop = loop;
        Handler = handler;
        Limits = limits;
        _shares = shares;
        _idleTimeout = TimeSpan.FromMilliseconds(limits.TcpIdleMilliseconds);
        loop.AtStop(static listeners => ((LoopListeners)listeners!).Stop(), this);
    }

    /// <summary>The loop.</summary>
    public SocketLoop Loop { get; }

    /// <summary>Who answers.</summary>
    public QueryHandler Handler { get; }

    /// <summary>The limits in force.</summary>
    public ResolverLimits Limits { get; }

    /// <summary>What they have done, as far as it is not the sockets that count.</summary>
    public ListenerCounters Counters { get; } = new();

    /// <summary>Client connections of the loop.</summary>
    public int Connections => _connections.Count;

    /// <summary>
    /// How long a connection may be idle: a quarter of the configured time while more than half of all
    /// connections are taken. From any thread.
    /// </summary>
    public TimeSpan IdleTimeout => _shares.IsCrowded ? _idleTimeout / 4 : _idleTimeout;

    /// <summary>True when clients by TCP leave more unread than they may together.</summary>
    public bool IsFlooded => _shares.IsFlooded;

    /// <summary>Where one query by TCP is put together.</summary>
    public byte[] QueryBuffer => _queryBuffer ??= new byte[ushort.MaxValue];

    /// <summary>Where one reply by TCP is written.</summary>
    public byte[] ReplyBuffer => _replyBuffer ??= new byte[ushort.MaxValue];

    /// <summary>Begins to serve one address of a <see cref="ListenPoint"/>.</summary>
    public void Add(ListenPoint point, DatagramListener[] sameAddress)
    {
        _datagrams.Add(new DatagramListener(this, point.Datagrams[Loop.Index], sameAddress));
        _ = new StreamListener(this, point.Streams[Loop.Index]);
    }

    /// <summary>Adds this loop's counts to a sum; from any thread.</summary>
    public void AddCountersTo(ListenerCounters sum)
    {
        sum.Add(Counters);
        foreach (DatagramListener listener in _datagrams)
        {
            sum.DatagramsTooLong += listener.TooLong;
            sum.DatagramsUnsent += listener.Unsent;
        }
    }

    /// <summary>Decides on a new connection.</summary>
    public void Admit(LoopSocket socket, in InetEndpoint remote)
    {
        Admission admission = _stopped ? Admission.Full : _shares.TryTake(remote.Address);
        if (admission == Admission.Full && !_stopped && TryEvict())
        {
            admission = _shares.TryTake(remote.Address);
        }

        switch (admission)
        {
            case Admission.Admitted:
                Counters.Connections++;
                _ = _connections.Add(new ClientConnection(this, socket, remote));
                break;
            case Admission.ShareUsedUp:
                Counters.RefusedByShare++;
                socket.Dispose();
                break;
            case Admission.Full:
            default:
                Counters.RefusedFull++;
                socket.Dispose();
                break;
        }
    }

    /// <summary>
    /// Closes an idle connection (RFC 7766 §6.2.3 allows it when resources are short): of the longest idle
    /// the one whose client holds most. False when none is idle.
    /// </summary>
    public bool TryEvict()
    {
        ClientConnection? victim = null;
        int most = 0;
        foreach (ClientConnection candidate in _idle.Take(MostCompared))
        {
            int held = _shares.HeldBy(candidate.Client);
            if (held > most)
            {
                most = held;
                victim = candidate;
            }
        }

        if (victim is null)
        {
            return false;
        }

        Counters.Evicted++;
        victim.Dispose();
        return true;
    }

    /// <summary>Keeps the idle connections in the order in which they became so, or were last used.</summary>
    public void NoteIdleness(ClientConnection connection, bool isIdle)
    {
        LinkedListNode<ClientConnection> place = connection.IdlePlace;
        if (place.List is not null)
        {
            _idle.Remove(place);
        }

        if (isIdle)
        {
            _idle.AddLast(place);
        }
    }

    /// <summary>Octets more, or fewer, that wait for a client.</summary>
    public void AddUnread(long octets) => _shares.AddUnread(octets);

    /// <summary>A connection closes.</summary>
    public void Forget(ClientConnection connection)
    {
        NoteIdleness(connection, isIdle: false);
        if (_connections.Remove(connection))
        {
            _shares.GiveBack(connection.Client);
        }
    }

    /// <summary>A ticket for a datagram.</summary>
    public DatagramTicket RentDatagramTicket() =>
        _datagramTickets.TryPop(out DatagramTicket? ticket) ? ticket : new DatagramTicket();

    /// <summary>A ticket for a query of a connection.</summary>
    public StreamTicket RentStreamTicket() =>
        _streamTickets.TryPop(out StreamTicket? ticket) ? ticket : new StreamTicket();

    /// <summary>Takes a used ticket back.</summary>
    public void Recycle(DatagramTicket ticket)
    {
        if (_datagramTickets.Count < Limits.MaxResolutionsInFlight)
        {
            _datagramTickets.Push(ticket);
        }
    }

    /// <summary>Takes a used ticket back.</summary>
    public void Recycle(StreamTicket ticket)
    {
        if (_streamTickets.Count < Limits.MaxResolutionsInFlight)
        {
            _streamTickets.Push(ticket);
        }
    }

    private void Stop()
    {
        _stopped = true;
        foreach (ClientConnection connection in _connections.ToArray())
        {
            connection.Dispose();
        }
    }
}
