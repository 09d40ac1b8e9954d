// Steps 1 and 13 over UDP, on one loop and address: each datagram goes to the handler, which writes its reply
// where it will be sent from; replies of a turn leave together. Batches and packet info are the socket's
// matter.
using System;
using Resolver.Engine;

namespace Resolver.Transport;

/// <summary>A UDP listener of one loop. Used on its loop only.</summary>
internal sealed class DatagramListener : IDatagramOwner, IReplySource
{
    private readonly DatagramListenSocket _socket;
    private readonly DatagramListener[] _sameAddress;
    private ClientContext _client;

    /// <summary>
    /// Takes over a socket and begins to receive. <paramref name="sameAddress"/> holds, by loop, the
    /// listeners of the address; this one enters itself.
    /// </summary>
    public DatagramListener(
        LoopListeners listeners, DatagramListenSocket socket, DatagramListener[] sameAddress)
    {
        Listeners = listeners;
        _socket = socket;
        _sameAddress = sameAddress;
        sameAddress[listeners.Loop.Index] = this;
        socket.Owner = this;
        socket.Start();
    }

    /// <summary>All listeners of the loop.</summary>
    public LoopListeners Listeners { get; }

    /// <summary>Datagrams dropped because they were too long.</summary>
    public long TooLong => _socket.TooLong;

    /// <summary>Replies that the kernel did not take.</summary>
    public long Unsent => _socket.SendFailures;

    /// <inheritdoc/>
    public void OnDatagram(DatagramListenSocket socket, ReadOnlySpan<byte> octets, in DatagramRoute route)
    {
        // Step 1: Receive.
        ListenerCounters counters = Listeners.Counters;
        counters.Datagrams++;
        if (route.Remote.Port == 0)
        {
            // Nobody can be replied to there.
            counters.DatagramsDropped++;
            return;
        }

        _client = new ClientContext(route.Remote, route.Local, ClientTransport.Udp);
        int slot = socket.ReserveReply(out Span<byte> reply);
        int length = 0;
        try
        {
            var arrival = new QueryArrival(Listeners.Loop, _client, this);
            length = Listeners.Handler(octets, ref arrival, reply);
        }
        finally
        {
            if (length <= 0)
            {
                socket.ReleaseReply(slot);
            }
        }

        if (length > 0)
        {
            // Step 13: Send.
            counters.DatagramReplies++;
            socket.QueueReply(slot, length, route);
        }
        else if (length == 0)
        {
            counters.DatagramsDropped++;
        }
    }

    /// <inheritdoc/>
    public ReplyTicket TakeTicket()
    {
        DatagramTicket ticket = Listeners.RentDatagramTicket();
        ticket.Issue(_client, _sameAddress);
        return ticket;
    }

    /// <summary>Step 13: Send, for a reply that took its time.</summary>
    public void Reply(ReadOnlySpan<byte> reply, in DatagramRoute route)
    {
        int slot = _socket.ReserveReply(out Span<byte> room);
        if (!reply.TryCopyTo(room))
        {
            // A flaw of the writer, who has to truncate.
            _socket.ReleaseReply(slot);
            Listeners.Counters.DatagramsDropped++;
            return;
        }

        Listeners.Counters.DatagramReplies++;
        _socket.QueueReply(slot, reply.Length, route);
    }
}
