// The loop for every system: non-blocking sockets of the framework, readiness by Socket.Select. It behaves
// like the epoll loop and costs more: each wait walks all sockets. One thread wakes it through a UDP socket
// connected to itself.
using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using Resolver.Engine;

namespace Resolver.Transport;

/// <summary>Something registered with a <see cref="PortableLoop"/>.</summary>
internal interface IPortableTarget : IDisposable
{
    /// <summary>The socket to watch.</summary>
    Socket Socket { get; }

    /// <summary>What it waits for.</summary>
    SocketInterest Interest { get; }

    /// <summary>Its place in the loop's list; the loop's business.</summary>
    int Index { get; set; }

    /// <summary>It is ready.</summary>
    void OnReady(SocketInterest ready);
}

/// <summary>
/// A loop over <see cref="Socket.Select(System.Collections.IList, System.Collections.IList,
/// System.Collections.IList, int)"/>.
/// </summary>
internal sealed class PortableLoop : SocketLoop
{
    private readonly Socket _wake;
    private readonly Lock _wakeLock = new();
    private readonly List<IPortableTarget> _targets = [];
    private readonly Dictionary<Socket, IPortableTarget> _bySocket = [];
    private readonly List<Socket> _reading = [];
    private readonly List<Socket> _writing = [];
    private readonly List<Socket> _failing = [];
    private readonly byte[] _scratch = new byte[ushort.MaxValue + 1];
    private bool _closed;

    /// <summary>A loop that is not started yet.</summary>
    public PortableLoop(int index, string threadName, Action<ILoop, Exception> onFault)
        : base(index, threadName, onFault)
    {
        _wake = FrameworkSocket.Create(ipv6: false, SocketType.Dgram);
        _wake.Blocking = false;
        _wake.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _wake.Connect(_wake.LocalEndPoint!);
    }

    /// <summary>True where several loops may listen on one port and the system spreads the load.</summary>
    public static bool SharesPorts => Libc.IsSupported;

    /// <summary>Room for any datagram, for the current step alone.</summary>
    internal Span<byte> Scratch => _scratch;

    /// <inheritdoc/>
    public override LoopSocket? OpenDatagram(bool ipv6, out SocketResult result) =>
        Open(ipv6, SocketType.Dgram, out result);

    /// <inheritdoc/>
    public override LoopSocket? OpenStream(bool ipv6, out SocketResult result) =>
        Open(ipv6, SocketType.Stream, out result);

    /// <inheritdoc/>
    public override LoopSocket? OpenStreamListener(
        in InetEndpoint local, int backlog, out SocketResult result)
    {
        VerifyCurrent();
        Socket? socket = null;
        try
        {
            socket = FrameworkSocket.Create(local.Address.IsIPv6, SocketType.Stream);
            FrameworkSocket.ShareAddress(socket);
            socket.Bind(local.ToIPEndPoint());
            socket.Listen(backlog);
            var listener = new PortableSocket(this, socket);
            socket = null;
            result = SocketResult.Done;
            return listener;
        }
        catch (SocketException failure)
        {
            result = SocketMeaning.Of(failure.SocketErrorCode);
            return null;
        }
        finally
        {
            socket?.Dispose();
        }
    }

    /// <inheritdoc/>
    public override DatagramListenSocket? OpenDatagramListener(
        in InetEndpoint local, DatagramListenOptions options, out SocketResult result)
    {
        VerifyCurrent();
        Socket? socket = FrameworkSocket.BindDatagram(local, options, out result);
        return socket is null ? null : new PortableDatagramListenSocket(this, socket, options);
    }

    /// <summary>Watches a target.</summary>
    internal void Register(IPortableTarget target)
    {
        target.Index = _targets.Count;
        _targets.Add(target);
        _bySocket.Add(target.Socket, target);
    }

    /// <summary>Watches it no more.</summary>
    internal void Unregister(IPortableTarget target)
    {
        IPortableTarget last = _targets[^1];
        _targets[target.Index] = last;
        last.Index = target.Index;
        _targets.RemoveAt(_targets.Count - 1);
        _ = _bySocket.Remove(target.Socket);
    }

    /// <summary>Tells the owner of a socket; for targets that are sockets.</summary>
    internal void TellOwner(LoopSocket socket, SocketInterest ready) => Tell(socket, ready);

    /// <summary>Reports what an owner threw.</summary>
    internal void ReportFault(Exception fault) => Report(fault);

    /// <inheritdoc/>
    private protected override bool Poll(int timeoutMilliseconds)
    {
        Collect();
        long limit = Math.Min(timeoutMilliseconds * 1000L, int.MaxValue);
        int microseconds = timeoutMilliseconds < 0 ? -1 : (int)limit;
        Socket.Select(_reading, _writing, _failing, microseconds);
        return false;
    }

    /// <inheritdoc/>
    private protected override void TellReady()
    {
        foreach (Socket socket in _reading)
        {
            if (ReferenceEquals(socket, _wake))
            {
                TakeWakes();
            }
            else
            {
                Dispatch(socket, SocketInterest.Read);
            }
        }

        foreach (Socket socket in _writing)
        {
            Dispatch(socket, SocketInterest.Write);
        }

        foreach (Socket socket in _failing)
        {
            Dispatch(socket, SocketInterest.Read | SocketInterest.Write);
        }
    }

    /// <inheritdoc/>
    private protected override void Signal()
    {
        ReadOnlySpan<byte> octet = [1];
        lock (_wakeLock)
        {
            if (!_closed)
            {
                _ = _wake.Send(octet, SocketFlags.None, out _);
            }
        }
    }

    /// <inheritdoc/>
    private protected override void Close()
    {
        while (_targets.Count > 0)
        {
            _targets[^1].Dispose();
        }

        lock (_wakeLock)
        {
            _closed = true;
            _wake.Dispose();
        }
    }

    private PortableSocket? Open(bool ipv6, SocketType type, out SocketResult result)
    {
        VerifyCurrent();
        Socket? socket = null;
        try
        {
            socket = FrameworkSocket.Create(ipv6, type);
            if (type == SocketType.Stream)
            {
                socket.NoDelay = true;
            }

            var opened = new PortableSocket(this, socket);
            socket = null;
            result = SocketResult.Done;
            return opened;
        }
        catch (SocketException failure)
        {
            result = SocketMeaning.Of(failure.SocketErrorCode);
            return null;
        }
        finally
        {
            socket?.Dispose();
        }
    }

    private void Collect()
    {
        _reading.Clear();
        _writing.Clear();
        _failing.Clear();
        _reading.Add(_wake);
        foreach (IPortableTarget target in _targets)
        {
            SocketInterest interest = target.Interest;
            if (interest == SocketInterest.None)
            {
                continue;
            }

            _failing.Add(target.Socket);
            if ((interest & SocketInterest.Read) != 0)
            {
                _reading.Add(target.Socket);
            }

            if ((interest & SocketInterest.Write) != 0)
            {
                _writing.Add(target.Socket);
            }
        }
    }

    /// <summary>An owner may have closed the socket, or another, earlier in the same round.</summary>
    private void Dispatch(Socket socket, SocketInterest ready)
    {
        if (_bySocket.TryGetValue(socket, out IPortableTarget? target))
        {
            target.OnReady(ready);
        }
    }

    private void TakeWakes()
    {
        SocketError error;
        do
        {
            _ = _wake.Receive(_scratch, SocketFlags.None, out error);
        }
        while (error == SocketError.Success);
    }
}
