// The sockets behind the scripted servers: one UDP socket for each address that answers (replies leave by the
// address asked), one for all others, and one TCP listener for all. Where the resolver itself listens on
// their port, each has a listener of its own, and nobody counts what reaches other addresses.
using System;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace Resolver.Threats;

/// <summary>Receives queries for the world.</summary>
internal sealed class ServerSockets : IDisposable
{
    private const int Port = 53;
    private const int ReceiveBuffer = 4 << 20;

    private readonly Func<Exchange, Task> _take;
    private readonly Func<TimeSpan> _now;
    private readonly ConcurrentDictionary<IPAddress, Socket> _datagrams = new();
    private readonly ConcurrentBag<TcpListener> _listeners = [];
    private readonly bool _sharesPort;

    public ServerSockets(Func<Exchange, Task> take, Func<TimeSpan> now, bool sharesPort)
    {
        _take = take;
        _now = now;
        _sharesPort = sharesPort;
        if (!sharesPort)
        {
            Bind(IPAddress.Any);
            Listen(IPAddress.Any);
        }
    }

    /// <summary>Makes an address one that can answer.</summary>
    public void Bind(IPAddress address)
    {
        if (_datagrams.ContainsKey(address))
        {
            return;
        }

        Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)
        {
            ReceiveBufferSize = ReceiveBuffer,
        };
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.PacketInformation, true);
        socket.Bind(new IPEndPoint(address, Port));
        _datagrams[address] = socket;
        _ = ReceiveAsync(socket);
        if (_sharesPort)
        {
            Listen(address);
        }
    }

    public void Dispose()
    {
        foreach (TcpListener listener in _listeners)
        {
            listener.Stop();
        }

        foreach (Socket socket in _datagrams.Values)
        {
            socket.Dispose();
        }
    }

    private async Task ReceiveAsync(Socket socket)
    {
        byte[] buffer = new byte[ushort.MaxValue];
        IPEndPoint anyone = new(IPAddress.Any, 0);
        try
        {
            while (true)
            {
                SocketReceiveMessageFromResult got =
                    await socket.ReceiveMessageFromAsync(buffer, SocketFlags.None, anyone);
                IPEndPoint client = (IPEndPoint)got.RemoteEndPoint;
                if (MessageCodec.TryDecode(buffer.AsSpan(0, got.ReceivedBytes)) is { } query)
                {
                    _ = RunAsync(new Exchange
                    {
                        Query = query,
                        Server = got.PacketInformation.Address,
                        Client = client,
                        IsTcp = false,
                        At = _now(),
                        Send = octets => socket.SendToAsync(octets, client),
                    });
                }
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // The world has ended.
        }
    }

    private void Listen(IPAddress address)
    {
        TcpListener listener = new(address, Port);
        listener.Start(1024);
        _listeners.Add(listener);
        _ = AcceptAsync(listener);
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                Socket client = await listener.AcceptSocketAsync();
                _ = ServeStreamAsync(client);
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // The world has ended.
        }
    }

    private async Task ServeStreamAsync(Socket client)
    {
        using (client)
        await using (NetworkStream stream = new(client))
        {
            byte[] buffer = new byte[ushort.MaxValue];
            try
            {
                while (true)
                {
                    await stream.ReadExactlyAsync(buffer.AsMemory(0, 2));
                    int length = BinaryPrimitives.ReadUInt16BigEndian(buffer);
                    await stream.ReadExactlyAsync(buffer.AsMemory(0, length));
                    if (MessageCodec.TryDecode(buffer.AsSpan(0, length)) is { } query)
                    {
                        await RunAsync(new Exchange
                        {
                            Query = query,
                            Server = ((IPEndPoint)client.LocalEndPoint!).Address,
                            Client = (IPEndPoint)client.RemoteEndPoint!,
                            IsTcp = true,
                            At = _now(),
                            Send = octets => stream.WriteAsync(Frame(octets)).AsTask(),
                        });
                    }
                }
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException or SocketException)
            {
                // The client has gone.
            }
        }
    }

    private static byte[] Frame(byte[] octets) =>
        [(byte)(octets.Length >> 8), (byte)octets.Length, .. octets];

    private async Task RunAsync(Exchange exchange)
    {
        try
        {
            await _take(exchange);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
        {
            // Who asked is gone, or the world is.
        }
    }
}
