// A raw socket under epoll. Changes of interest cost a call to the kernel only where they must: taking
// interest away is remembered, and told to epoll only when an unwanted event really comes (a parked socket
// rarely has any).
using System;
using Resolver.Engine;

namespace Resolver.Transport;

/// <summary>One descriptor of one <see cref="EpollLoop"/>.</summary>
internal sealed class EpollSocket : LoopSocket, IEpollTarget
{
    private readonly EpollLoop _loop;
    private readonly SocketDescriptor _descriptor;
    private readonly ulong _token;
    private SocketInterest _wanted;
    private SocketInterest _armed;
    private bool _added;
    private bool _portChosen;
    private bool _connected;
    private bool _closed;

    /// <summary>Takes over an open descriptor.</summary>
    public EpollSocket(EpollLoop loop, SocketDescriptor descriptor, bool isDatagram)
        : base(loop, isDatagram)
    {
        _loop = loop;
        _descriptor = descriptor;
        _token = loop.Register(this);
    }

    /// <inheritdoc/>
    public override InetEndpoint LocalEndpoint => _descriptor.LocalEndpoint();

    /// <inheritdoc/>
    public override void SetInterest(SocketInterest interest)
    {
        _loop.VerifyCurrent();
        _wanted = interest;
        if ((interest & ~_armed) != 0)
        {
            Arm(interest);
        }
    }

    /// <inheritdoc/>
    public override SocketResult Bind(in InetEndpoint local)
    {
        _loop.VerifyCurrent();
        _portChosen = local.Port != 0;
        return _descriptor.Bind(local);
    }

    /// <inheritdoc/>
    public override SocketResult Connect(in InetEndpoint remote)
    {
        _loop.VerifyCurrent();
        if (IsDatagram)
        {
            // The source address chosen for the former peer would stay, and need not suit the new one. A port
            // that the system chose would be given up by that, too.
            if (_connected && _portChosen)
            {
                _descriptor.Disassociate();
            }

            _connected = true;
        }
        else
        {
            _ = _descriptor.SetOption(Libc.LevelTcp, Libc.TcpNoDelay, 1);
        }

        return _descriptor.Connect(remote);
    }

    /// <inheritdoc/>
    public override bool TryReleasePort()
    {
        _loop.VerifyCurrent();
        if (!IsDatagram || !_connected || _portChosen)
        {
            return false;
        }

        _descriptor.Disassociate();
        _connected = false;
        return true;
    }

    /// <inheritdoc/>
    public override SocketResult FinishConnect()
    {
        _loop.VerifyCurrent();
        return _descriptor.TakeError();
    }

    /// <inheritdoc/>
    public override SocketResult TrySend(ReadOnlySpan<byte> octets, out int sent)
    {
        _loop.VerifyCurrent();
        SocketResult result = _descriptor.TrySend(octets, out sent);

        // On UDP the error is an earlier datagram's and is taken by reporting it: the second try is the real
        // one.
        return result == SocketResult.PeerError && IsDatagram
            ? _descriptor.TrySend(octets, out sent)
            : result;
    }

    /// <inheritdoc/>
    public override SocketResult TryReceive(Span<byte> buffer, out int received)
    {
        _loop.VerifyCurrent();
        SocketResult result;
        do
        {
            result = _descriptor.TryReceive(buffer, IsDatagram, out received);
        }
        while (received > buffer.Length);

        return result;
    }

    /// <inheritdoc/>
    public override SocketResult Listen(int backlog)
    {
        _loop.VerifyCurrent();
        return _descriptor.Listen(backlog);
    }

    /// <inheritdoc/>
    public override SocketResult TryAccept(out LoopSocket? connection, out InetEndpoint remote)
    {
        _loop.VerifyCurrent();
        connection = null;
        SocketResult result = _descriptor.TryAccept(out SocketDescriptor accepted, out remote);
        if (result == SocketResult.Done)
        {
            _ = accepted.SetOption(Libc.LevelTcp, Libc.TcpNoDelay, 1);
            connection = new EpollSocket(_loop, accepted, isDatagram: false);
        }

        return result;
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
        _loop.Unregister(_token);
        _descriptor.Close();
    }

    /// <inheritdoc/>
    void IEpollTarget.OnEvents(uint events)
    {
        SocketInterest ready = SocketInterest.None;
        if ((events & (Libc.EventIn | Libc.EventError | Libc.EventHangUp)) != 0)
        {
            ready |= SocketInterest.Read;
        }

        if ((events & (Libc.EventOut | Libc.EventError | Libc.EventHangUp)) != 0)
        {
            ready |= SocketInterest.Write;
        }

        SocketInterest wanted = ready & _wanted;
        if (wanted == SocketInterest.None || (ready & ~_wanted & _armed) != 0)
        {
            Disarm();
        }

        if (wanted != SocketInterest.None)
        {
            _loop.TellOwner(this, wanted);
        }
    }

    /// <inheritdoc/>
    private protected override SocketResult TryDiscard(Span<byte> scrap)
    {
        _loop.VerifyCurrent();
        return _descriptor.TryReceive(scrap, wholeLength: false, out _);
    }

    private void Arm(SocketInterest interest)
    {
        int operation = _added ? Libc.ControlModify : Libc.ControlAdd;
        _added = _loop.Control(operation, _descriptor.Number, ToEvents(interest), _token);
        _armed = _added ? interest : SocketInterest.None;
    }

    /// <summary>
    /// Tells epoll what is really wanted; with nothing wanted even errors must not wake the loop.
    /// </summary>
    private void Disarm()
    {
        if (_wanted != SocketInterest.None)
        {
            Arm(_wanted);
            return;
        }

        _ = _loop.Control(Libc.ControlDelete, _descriptor.Number, 0, _token);
        _added = false;
        _armed = SocketInterest.None;
    }

    private static uint ToEvents(SocketInterest interest) =>
        ((interest & SocketInterest.Read) != 0 ? Libc.EventIn : 0) |
        ((interest & SocketInterest.Write) != 0 ? Libc.EventOut : 0);
}
