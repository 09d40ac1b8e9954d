// Sockets of the framework as the portable loop and the probes of listening need them. They throw
// SocketException, as the framework does; who catches it asks SocketMeaning.
using System;
using System.Net.Sockets;
using Resolver.Engine;

namespace Resolver.Transport;

/// <summary>Makes sockets of <see cref="System.Net.Sockets"/>.</summary>
internal static class FrameworkSocket
{
    /// <summary>A socket; IPv6 leaves IPv4 alone.</summary>
    public static Socket Create(bool ipv6, SocketType type)
    {
        AddressFamily family = ipv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
        var socket = new Socket(family, type, type == SocketType.Dgram ? ProtocolType.Udp : ProtocolType.Tcp);
        if (ipv6)
        {
            socket.DualMode = false;
        }

        return socket;
    }

    /// <summary>
    /// On Linux the port is shared with the other loops (the framework knows no name for it); elsewhere there
    /// is one loop, and only a socket for one of the wildcard's addresses is bound beside it.
    /// </summary>
    public static void ShareAddress(Socket socket)
    {
        if (PortableLoop.SharesPorts)
        {
            ReadOnlySpan<byte> on = BitConverter.GetBytes(1);
            socket.SetRawSocketOption(Libc.LevelSocket, Libc.ReusePort, on);
            if (socket.SocketType == SocketType.Stream)
            {
                socket.SetRawSocketOption(Libc.LevelSocket, Libc.ReuseAddress, on);
            }
        }
        else if (!OperatingSystem.IsWindows() || socket.SocketType == SocketType.Dgram)
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        }
    }

    /// <summary>A UDP socket bound to an address whose port it shares; null with the reason.</summary>
    public static Socket? BindDatagram(
        in InetEndpoint local, DatagramListenOptions options, out SocketResult result)
    {
        Socket? socket = null;
        try
        {
            socket = Create(local.Address.IsIPv6, SocketType.Dgram);
            ShareAddress(socket);
            socket.ReceiveBufferSize = options.ReceiveBuffer;
            socket.Bind(local.ToIPEndPoint());
            result = SocketResult.Done;
            Socket bound = socket;
            socket = null;
            return bound;
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
}
