// The right to reply to one query of a connection later, from any loop: the reply is brought to the loop that
// owns the connection.
using System;
using System.Buffers;
using Resolver.Engine;

namespace Resolver.Transport;

/// <summary>A ticket pooled by the loop that owns the connection.</summary>
internal sealed class StreamTicket : ReplyTicket
{
    private ClientConnection? _connection;
    private byte[]? _rented;
    private int _length;
    private bool _isTooMuch;

    /// <inheritdoc/>
    public override TimeSpan IdleTimeout => _connection?.IdleTimeout ?? TimeSpan.Zero;

    /// <inheritdoc/>
    public override bool IsClientGone => _connection is not { IsClosed: false };

    /// <summary>Made out for one query.</summary>
    public void Issue(in ClientContext client, ClientConnection connection)
    {
        Client = client;
        _connection = connection;
    }

    /// <inheritdoc/>
    public override void Complete(ILoop current, ReadOnlySpan<byte> reply)
    {
        ClientConnection connection = Connection();
        if (connection.Listeners.Loop == current)
        {
            _connection = null;
            connection.Listeners.Recycle(this);
            connection.EndQuery(reply);
            return;
        }

        _isTooMuch = !connection.Unread.TryBring(reply.Length);
        if (!_isTooMuch)
        {
            _length = reply.Length;
            _rented = ArrayPool<byte>.Shared.Rent(reply.Length);
            reply.CopyTo(_rented);
        }

        connection.Listeners.Loop.Post(static ticket => ((StreamTicket)ticket!).Deliver(), this);
    }

    /// <inheritdoc/>
    public override void Abandon()
    {
        SocketLoop home = Connection().Listeners.Loop;
        _length = 0;
        if (home.IsCurrent)
        {
            Deliver();
        }
        else
        {
            home.Post(static ticket => ((StreamTicket)ticket!).Deliver(), this);
        }
    }

    /// <summary>On the connection's loop: hands over what was brought.</summary>
    private void Deliver()
    {
        ClientConnection connection = Connection();
        byte[]? rented = _rented;
        int length = _length;
        bool isTooMuch = _isTooMuch;
        _connection = null;
        _rented = null;
        _length = 0;
        _isTooMuch = false;
        connection.Listeners.Recycle(this);
        if (isTooMuch)
        {
            connection.EndUnread();
            return;
        }

        connection.EndQuery(rented.AsSpan(0, length));
        if (rented is not null)
        {
            connection.Unread.Arrive(length);
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private ClientConnection Connection() =>
        _connection ?? throw new InvalidOperationException("A ticket was used twice.");
}
