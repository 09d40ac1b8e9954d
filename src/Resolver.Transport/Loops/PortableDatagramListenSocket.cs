// A listening UDP socket of the framework. It knows no way to choose the address that a reply leaves by, so
// on a wildcard address it opens, at the first query to one of our addresses, a socket bound to that address
// and the same port; the kernel prefers it from then on, for what comes and for what goes. Once that has
// happened a datagram costs no allocation: the sender's address is kept in the framework's raw form.
using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using Resolver.Engine;

namespace Resolver.Transport;

/// <summary>Receives and sends datagram by datagram.</summary>
internal sealed class PortableDatagramListenSocket : DatagramListenSocket
{
    /// <summary>Most addresses of this machine that get a socket of their own under one wildcard.</summary>
    private const int MostAddresses = 64;

    private readonly PortableLoop _loop;
    private readonly Queued[] _queue;
    private readonly SocketAddress _remote;
    private readonly SocketAddress _destination;
    private readonly Dictionary<InetAddress, Endpoint> _byAddress = [];
    private readonly Endpoint _main;
    private readonly bool _wildcard;
    private int _queued;
    private bool _closed;

    /// <summary>Takes over a bound socket.</summary>
    public PortableDatagramListenSocket(PortableLoop loop, Socket socket, DatagramListenOptions options)
        : base(loop, InetEndpoint.From((IPEndPoint)socket.LocalEndPoint!), options)
    {
        _loop = loop;
        _queue = new Queued[options.Batch];
        _remote = new SocketAddress(socket.AddressFamily);
        _destination = new SocketAddress(socket.AddressFamily);
        _wildcard = LocalEndpoint.Address.Bits == UInt128.Zero;
        if (_wildcard)
        {
            bool ipv6 = LocalEndpoint.Address.IsIPv6;
            SocketOptionLevel level = ipv6 ? SocketOptionLevel.IPv6 : SocketOptionLevel.IP;
            socket.SetSocketOption(level, SocketOptionName.PacketInformation, true);
        }

        _main = new Endpoint(this, socket, LocalEndpoint);
    }

    /// <inheritdoc/>
    public override void Start()
    {
        _loop.VerifyCurrent();
        _main.Interest = SocketInterest.Read;
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
        _main.Dispose();
        foreach (Endpoint endpoint in _byAddress.Values)
        {
            endpoint.Dispose();
        }
    }

    /// <inheritdoc/>
    private protected override void Enqueue(int slot, int length, in DatagramRoute route) =>
        _queue[_queued++] = new Queued(slot, length, route);

    /// <inheritdoc/>
    private protected override void Flush()
    {
        // Step 13: Send.
        for (int index = 0; index < _queued; index++)
        {
            Queued reply = _queue[index];
            if (!_closed && TrySend(reply))
            {
                Sent++;
            }
            else
            {
                SendFailures++;
            }

            ReleaseReply(reply.Slot);
        }

        _queued = 0;
    }

    private bool TrySend(in Queued reply)
    {
        Endpoint from = _byAddress.TryGetValue(reply.Route.Local.Address, out Endpoint? own) ? own : _main;
        RawAddress.WriteAfterFamily(reply.Route.Remote, _destination.Buffer.Span);
        try
        {
            ReadOnlySpan<byte> octets = SlotOctets(reply.Slot)[..reply.Length];
            return from.Socket.SendTo(octets, SocketFlags.None, _destination) == reply.Length;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Step 1: Receive, one after the other up to a batch.</summary>
    private void ReceiveFrom(Endpoint endpoint)
    {
        for (int left = Options.Batch; left > 0 && !_closed; left--)
        {
            try
            {
                if (!endpoint.Socket.Poll(0, SelectMode.SelectRead))
                {
                    return;
                }

                bool known = !_wildcard || !ReferenceEquals(endpoint, _main);
                DatagramRoute route;
                int length = known ? ReceiveKnown(endpoint, out route) : ReceiveUnknown(out route);
                if (length > Options.MaximumQuery)
                {
                    TooLong++;
                }
                else
                {
                    Deliver(_loop.Scratch[..length], route);
                }
            }
            catch (SocketException)
            {
                // Nothing there after all, or an error that an ICMP message left; Select comes again.
                return;
            }
            catch (Exception fault)
            {
                _loop.ReportFault(fault);
            }
        }
    }

    private int ReceiveKnown(Endpoint endpoint, out DatagramRoute route)
    {
        int length = endpoint.Socket.ReceiveFrom(_loop.Scratch, SocketFlags.None, _remote);
        InetEndpoint remote = RawAddress.ReadAfterFamily(LocalEndpoint.Address.IsIPv6, _remote.Buffer.Span);
        route = new DatagramRoute(remote, endpoint.Local);
        return length;
    }

    /// <summary>A query to one of our addresses that has no socket of its own yet.</summary>
    private int ReceiveUnknown(out DatagramRoute route)
    {
        SocketFlags flags = SocketFlags.None;
        EndPoint remote = new IPEndPoint(LocalEndpoint.Address.IsIPv6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
        int length = _main.Socket.ReceiveMessageFrom(
            _loop.Scratch, ref flags, ref remote, out IPPacketInformation packet);
        var local = new InetEndpoint(InetAddress.From(packet.Address), LocalEndpoint.Port);
        OpenOwn(local);
        route = new DatagramRoute(InetEndpoint.From((IPEndPoint)remote), local);
        return length;
    }

    private void OpenOwn(in InetEndpoint local)
    {
        if (_byAddress.Count >= MostAddresses || _byAddress.ContainsKey(local.Address))
        {
            return;
        }

        if (FrameworkSocket.BindDatagram(local, Options, out _) is { } socket)
        {
            var own = new Endpoint(this, socket, local) { Interest = SocketInterest.Read };
            _byAddress.Add(local.Address, own);
        }
    }

    private readonly record struct Queued(int Slot, int Length, DatagramRoute Route);

    /// <summary>One of the sockets behind the listener.</summary>
    private sealed class Endpoint : IPortableTarget
    {
        private readonly PortableDatagramListenSocket _listener;
        private bool _closed;

        public Endpoint(PortableDatagramListenSocket listener, Socket socket, InetEndpoint local)
        {
            _listener = listener;
            Socket = socket;
            Local = local;
            socket.Blocking = false;
            listener._loop.Register(this);
        }

        public Socket Socket { get; }

        public InetEndpoint Local { get; }

        public SocketInterest Interest { get; set; }

        public int Index { get; set; }

        public void OnReady(SocketInterest ready) => _listener.ReceiveFrom(this);

        public void Dispose()
        {
            if (!_closed)
            {
                _closed = true;
                _listener._loop.Unregister(this);
                Socket.Dispose();
            }
        }
    }
}
