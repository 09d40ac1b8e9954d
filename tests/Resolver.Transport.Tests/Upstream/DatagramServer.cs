// A name server by script over UDP, on a socket of the framework.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Resolver.Engine;

namespace Resolver.Transport.Tests;

/// <summary>Answers each query with the datagrams that the script makes of it.</summary>
internal sealed class DatagramServer : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly Func<byte[], IEnumerable<byte[]>> _script;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<InetEndpoint> _clients = [];
    private readonly Task _running;

    public DatagramServer(Func<byte[], IEnumerable<byte[]>> script, bool ipv6 = false)
    {
        _script = script;
        _socket = new Socket(SocketType.Dgram, ProtocolType.Udp);
        if (!ipv6)
        {
            _socket.Dispose();
            _socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        }

        _socket.Bind(new IPEndPoint(ipv6 ? IPAddress.IPv6Loopback : IPAddress.Loopback, 0));
        Endpoint = InetEndpoint.From((IPEndPoint)_socket.LocalEndPoint!);
        _running = RunAsync();
    }

    public InetEndpoint Endpoint { get; }

    /// <summary>Who asked, in order.</summary>
    public InetEndpoint[] Clients
    {
        get
        {
            lock (_clients)
            {
                return [.. _clients];
            }
        }
    }

    public static DatagramServer Echo() => new(query => [TestMessages.ReplyTo(query)]);

    public static DatagramServer Silent() => new(_ => Enumerable.Empty<byte[]>());

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        byte[] buffer = new byte[65535];
        EndPoint any = new IPEndPoint(
            _socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                SocketReceiveFromResult received = await _socket.ReceiveFromAsync(buffer, any, _stop.Token);
                lock (_clients)
                {
                    _clients.Add(InetEndpoint.From((IPEndPoint)received.RemoteEndPoint));
                }

                foreach (byte[] reply in _script(buffer[..received.ReceivedBytes]))
                {
                    _ = await _socket.SendToAsync(reply, received.RemoteEndPoint, _stop.Token);
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException)
            {
                // An ICMP error of an earlier reply: the client has gone.
            }
        }
    }
}
