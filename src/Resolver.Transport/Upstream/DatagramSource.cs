// Where the UDP socket of an exchange comes from. Its port is drawn first, uniformly and by CSPRNG, from the
// whole space (RFC 5452 §9.2), independent of all that was drawn before.
//
// A port outside the system's own range is bound to a new socket, which is closed afterwards. For a port
// inside that range the system draws once more, uniformly in the range, as a socket without a port connects:
// what comes out is again uniform over the space, and that socket is parked without a port and used again, at
// a fifth of the price of a new one (2.3 against 10.4 µs of system calls). Keeping bound sockets for the case
// that their port comes up again was measured too, and cost more (4 µs an exchange) than it saved.
//
// Sockets are connected as long as they have a port: to a port probe they look closed (CVE-2020-25705).
using System;
using System.Collections.Generic;
using Resolver.Engine;

namespace Resolver.Transport;

/// <summary>Opens, parks and retires the UDP sockets of one loop. Used on its loop only.</summary>
internal sealed class DatagramSource
{
    private readonly SocketLoop _loop;
    private readonly IRandomSource _random;
    private readonly UpstreamOptions _options;
    private readonly UpstreamCounters _counters;
    private readonly SystemPorts _systemPorts;
    private readonly Stack<BoundSocket> _parkedIPv4 = new();
    private readonly Stack<BoundSocket> _parkedIPv6 = new();
    private readonly Stack<BoundSocket> _spare = new();
    private readonly InetAddress _anyIPv6 = InetAddress.FromOctets(new byte[16]);

    /// <summary>A source for <paramref name="loop"/>.</summary>
    public DatagramSource(
        SocketLoop loop, IRandomSource random, UpstreamOptions options, UpstreamCounters counters)
    {
        _loop = loop;
        _random = random;
        _options = options;
        _counters = counters;

        // With addresses to ask from each socket is bound, and keeps its port.
        _systemPorts = options.SourceAddresses.IsEmpty ? options.SystemPorts : SystemPorts.None;
    }

    /// <summary>How many sockets are parked.</summary>
    public int Parked => _parkedIPv4.Count + _parkedIPv6.Count;

    /// <summary>A socket on a fresh port, connected to the server; null with the reason.</summary>
    public BoundSocket? Take(in InetEndpoint server, out SocketResult result)
    {
        for (int draw = 0; draw < _options.Limits.MaxPortDraws; draw++)
        {
            ushort port = PortSpace.Draw(_random);
            BoundSocket? socket = _systemPorts.Contains(port)
                ? TakeUnbound(server, out result)
                : TakeBound(server, port, out result);
            if (result == SocketResult.Done)
            {
                return socket;
            }

            // Ports of other programs are known to the system alone.
            if (result is not (SocketResult.AddressInUse or SocketResult.Denied))
            {
                return null;
            }

            _counters.PortsInUse++;
        }

        result = SocketResult.Exhausted;
        return null;
    }

    /// <summary>Takes a socket back: parks it without its port, or closes it.</summary>
    public void GiveBack(BoundSocket socket)
    {
        socket.Socket!.Owner = null;
        socket.Uses++;
        if (socket.Uses >= _options.Limits.MaxSocketUses
            || Parked >= _options.MaxParked
            || !socket.Socket.TryReleasePort())
        {
            Retire(socket);
            return;
        }

        socket.Socket.SetInterest(SocketInterest.None);
        ParkedOf(socket.IsIPv6).Push(socket);
    }

    /// <summary>Closes all that is parked.</summary>
    public void Close()
    {
        while (_parkedIPv4.TryPop(out BoundSocket? socket) || _parkedIPv6.TryPop(out socket))
        {
            Retire(socket);
        }
    }

    private BoundSocket? TakeBound(in InetEndpoint server, ushort port, out SocketResult result)
    {
        bool ipv6 = server.Address.IsIPv6;
        if (!_options.Ports.TryTake(ipv6, port))
        {
            result = SocketResult.AddressInUse;
            return null;
        }

        BoundSocket? socket = Open(ipv6, out result);
        if (socket is null)
        {
            _options.Ports.GiveBack(ipv6, port);
            return null;
        }

        socket.Port = port;
        result = socket.Socket!.Bind(new InetEndpoint(DrawSource(ipv6), port));
        return result == SocketResult.Done ? Connect(socket, server, out result) : Fail(socket);
    }

    private BoundSocket? TakeUnbound(in InetEndpoint server, out SocketResult result)
    {
        bool ipv6 = server.Address.IsIPv6;
        if (!ParkedOf(ipv6).TryPop(out BoundSocket? parked))
        {
            BoundSocket? opened = Open(ipv6, out result);
            return opened is null ? null : Connect(opened, server, out result);
        }

        _counters.SocketsReused++;
        BoundSocket? connected = Connect(parked, server, out result);
        if (connected is not null && !connected.Socket!.TryDrain())
        {
            // Only a flood could do that; the next draw takes another.
            result = SocketResult.AddressInUse;
            return Fail(connected);
        }

        return connected;
    }

    private BoundSocket? Connect(BoundSocket socket, in InetEndpoint server, out SocketResult result)
    {
        result = socket.Socket!.Connect(server);
        if (result == SocketResult.Done)
        {
            return socket;
        }

        // The system's range is used up (EAGAIN of connect(2)): a port outside it may be drawn next.
        result = result == SocketResult.WouldBlock ? SocketResult.AddressInUse : result;
        return Fail(socket);
    }

    private BoundSocket? Open(bool ipv6, out SocketResult result)
    {
        if (!TryTakeSocket(ipv6))
        {
            result = SocketResult.Exhausted;
            return null;
        }

        LoopSocket? socket = _loop.OpenDatagram(ipv6, out result);
        if (socket is null)
        {
            _options.Sockets.GiveBack();
            return null;
        }

        _counters.SocketsOpened++;
        if (!_spare.TryPop(out BoundSocket? bound))
        {
            bound = new BoundSocket();
        }

        bound.Socket = socket;
        bound.IsIPv6 = ipv6;
        bound.Port = 0;
        bound.Uses = 0;
        return bound;
    }

    private bool TryTakeSocket(bool ipv6)
    {
        if (_options.Sockets.TryTake())
        {
            return true;
        }

        // Exchanges go before parked sockets.
        if (!ParkedOf(!ipv6).TryPop(out BoundSocket? other) && !ParkedOf(ipv6).TryPop(out other))
        {
            return false;
        }

        Retire(other);
        return _options.Sockets.TryTake();
    }

    private BoundSocket? Fail(BoundSocket socket)
    {
        Retire(socket);
        return null;
    }

    private void Retire(BoundSocket socket)
    {
        socket.Socket!.Dispose();
        socket.Socket = null;
        if (socket.Port != 0)
        {
            _options.Ports.GiveBack(socket.IsIPv6, socket.Port);
        }

        _options.Sockets.GiveBack();
        _spare.Push(socket);
    }

    private InetAddress DrawSource(bool ipv6)
    {
        ReadOnlySpan<InetAddress> sources = _options.SourcesOf(ipv6);
        return sources.Length switch
        {
            0 => ipv6 ? _anyIPv6 : default,
            1 => sources[0],
            _ => sources[(int)_random.NextBelow((uint)sources.Length)],
        };
    }

    private Stack<BoundSocket> ParkedOf(bool ipv6) => ipv6 ? _parkedIPv6 : _parkedIPv4;
}
