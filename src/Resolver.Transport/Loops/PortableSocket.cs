// A socket of the framework under the portable loop: non-blocking, with readiness from Socket.Select.
using System;
using System.Net;
using System.Net.Sockets;
using Resolver.Engine;

namespace Resolver.Transport;

/// <summary>One <see cref="Socket"/> of one <see cref="PortableLoop"/>.</summary>
internal sealed class PortableSocket : LoopSocket, IPortableTarget
{
    private readonly PortableLoop _loop;
    private readonly Socket _socket;
    private bool _closed;

    /// <summary>Takes over a socket.</summary>
    public PortableSocket(PortableLoop loop, Socket socket)
        : base(loop, socket.SocketType == SocketType.Dgram)
    {
        _loop = loop;
        _socket = socket;
        _socket.Blocking = false;
        loop.Register(this);
    }

    /// <inheritdoc/>
    public override InetEndpoint LocalEndpoint =>
        _socket.LocalEndPoint is IPEndPoint local ? InetEndpoint.From(local) : default;

    /// <inheritdoc/>
    Socket IPortableTarget.Socket => _socket;

    /// <inheritdoc/>
    SocketInterest IPortableTarget.Interest => Interest;

    /// <inheritdoc/>
    int IPortableTarget.Index { get; set; }

    private SocketInterest Interest { get; set; }

    /// <inheritdoc/>
    public override void SetInterest(SocketInterest interest)
    {
        _loop.VerifyCurrent();
        Interest = interest;
    }

    /// <inheritdoc/>
    public override SocketResult Bind(in InetEndpoint local)
    {
        _loop.VerifyCurrent();
        try
        {
            _socket.Bind(local.ToIPEndPoint());
            return SocketResult.Done;
        }
        catch (SocketException failure)
        {
            return SocketMeaning.Of(failure.SocketErrorCode);
        }
    }

    /// <inheritdoc/>
    public override SocketResult Connect(in InetEndpoint remote)
    {
        _loop.VerifyCurrent();
        try
        {
            _socket.Connect(remote.ToIPEndPoint());
            return SocketResult.Done;
        }
        catch (SocketException failure)
        {
            // A stream that cannot connect at once says "would block"; FinishConnect tells the end.
            SocketResult result = SocketMeaning.Of(failure.SocketErrorCode);
            return result == SocketResult.WouldBlock ? SocketResult.InProgress : result;
        }
    }

    /// <inheritdoc/>
    public override SocketResult FinishConnect()
    {
        _loop.VerifyCurrent();
        object? error = _socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error);
        return SocketMeaning.Of((SocketError)(int)(error ?? 0));
    }

    /// <inheritdoc/>
    public override SocketResult TrySend(ReadOnlySpan<byte> octets, out int sent)
    {
        _loop.VerifyCurrent();
        sent = _socket.Send(octets, SocketFlags.None, out SocketError error);
        if (IsDatagram && SocketMeaning.Of(error) == SocketResult.PeerError)
        {
            // The error is an earlier datagram's and is taken by reporting it: the second try is the real
            // one.
            sent = _socket.Send(octets, SocketFlags.None, out error);
        }

        return SocketMeaning.Of(error);
    }

    /// <inheritdoc/>
    public override SocketResult TryReceive(Span<byte> buffer, out int received)
    {
        _loop.VerifyCurrent();
        if (!IsDatagram)
        {
            received = _socket.Receive(buffer, SocketFlags.None, out SocketError streamError);
            return SocketMeaning.Of(streamError);
        }

        // Not every system tells that a datagram was cut off: it is received whole, and copied when it fits.
        SocketError error;
        do
        {
            received = _socket.Receive(_loop.Scratch, SocketFlags.None, out error);
        }
        while (received > buffer.Length);

        _loop.Scratch[..received].CopyTo(buffer);
        return SocketMeaning.Of(error);
    }

    /// <inheritdoc/>
    public override SocketResult Listen(int backlog)
    {
        _loop.VerifyCurrent();
        try
        {
            _socket.Listen(backlog);
            return SocketResult.Done;
        }
        catch (SocketException failure)
        {
            return SocketMeaning.Of(failure.SocketErrorCode);
        }
    }

    /// <inheritdoc/>
    public override SocketResult TryAccept(out LoopSocket? connection, out InetEndpoint remote)
    {
        _loop.VerifyCurrent();
        connection = null;
        remote = default;
        try
        {
            if (!_socket.Poll(0, SelectMode.SelectRead))
            {
                return SocketResult.WouldBlock;
            }

            Socket accepted = _socket.Accept();
            accepted.NoDelay = true;
            remote = accepted.RemoteEndPoint is IPEndPoint peer ? InetEndpoint.From(peer) : default;
            connection = new PortableSocket(_loop, accepted);
            return SocketResult.Done;
        }
        catch (SocketException failure)
        {
            return SocketMeaning.Of(failure.SocketErrorCode);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (_closed)
        {
            return;
        }

        _loop.VerifyCurrent();
        _closed = true;
        _loop.Unregister(this);
        _socket.Dispose();
    }

    /// <inheritdoc/>
    void IPortableTarget.OnReady(SocketInterest ready)
    {
        SocketInterest wanted = ready & Interest;
        if (!_closed && wanted != SocketInterest.None)
        {
            _loop.TellOwner(this, wanted);
        }
    }

    /// <inheritdoc/>
    private protected override SocketResult TryDiscard(Span<byte> scrap)
    {
        _loop.VerifyCurrent();
        _ = _socket.Receive(scrap, SocketFlags.None, out SocketError error);
        return SocketMeaning.Of(error);
    }
}
