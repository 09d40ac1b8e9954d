// The right to reply to a datagram later, from any loop: each loop has a socket on the same address, and the
// reply leaves by the one of the loop that has it.
using System;
using Resolver.Engine;

namespace Resolver.Transport;

/// <summary>A pooled ticket; it moves to the pool of the loop that uses it up.</summary>
internal sealed class DatagramTicket : ReplyTicket
{
    private DatagramListener[]? _sameAddress;

    /// <inheritdoc/>
    public override bool IsClientGone => false;

    /// <summary>
    /// Made out for one query; <paramref name="sameAddress"/>: the listeners of its address by loop.
    /// </summary>
    public void Issue(in ClientContext client, DatagramListener[] sameAddress)
    {
        Client = client;
        _sameAddress = sameAddress;
    }

    /// <inheritdoc/>
    public override void Complete(ILoop current, ReadOnlySpan<byte> reply)
    {
        DatagramListener listener = TakeListeners()[current.Index];
        ClientContext client = Client;
        listener.Listeners.Recycle(this);
        listener.Reply(reply, new DatagramRoute(client.Remote, client.Local));
    }

    /// <inheritdoc/>
    public override void Abandon()
    {
        foreach (DatagramListener listener in TakeListeners())
        {
            if (listener.Listeners.Loop.IsCurrent)
            {
                listener.Listeners.Counters.DatagramsDropped++;
                listener.Listeners.Recycle(this);
                return;
            }
        }
    }

    private DatagramListener[] TakeListeners()
    {
        DatagramListener[] listeners =
            _sameAddress ?? throw new InvalidOperationException("A ticket was used twice.");
        _sameAddress = null;
        return listeners;
    }
}
