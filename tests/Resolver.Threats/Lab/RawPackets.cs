// Packets that no honest host sends: ICMP errors made up for an exchange under way (RFC 792), and probes.
using System;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace Resolver.Threats;

/// <summary>Sends them; needs the rights of the namespace's root.</summary>
internal static class RawPackets
{
    private const int IpHeader = 20;
    private const int IcmpHeader = 8;
    private const int UdpHeader = 8;

    /// <summary>
    /// Tells the client of an exchange that the server's port is closed, as the server's own host would.
    /// </summary>
    public static void SendPortUnreachable(Exchange exchange)
    {
        byte[] packet = new byte[IcmpHeader + IpHeader + UdpHeader];
        packet[0] = 3;
        packet[1] = 3;
        Span<byte> ip = packet.AsSpan(IcmpHeader);
        ip[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], IpHeader + UdpHeader + 40);
        ip[8] = 64;
        ip[9] = 17;
        exchange.Client.Address.GetAddressBytes().CopyTo(ip[12..]);
        exchange.Server.GetAddressBytes().CopyTo(ip[16..]);
        BinaryPrimitives.WriteUInt16BigEndian(ip[10..], Checksum(ip[..IpHeader]));
        Span<byte> udp = ip[IpHeader..];
        BinaryPrimitives.WriteUInt16BigEndian(udp, (ushort)exchange.Client.Port);
        BinaryPrimitives.WriteUInt16BigEndian(udp[2..], 53);
        BinaryPrimitives.WriteUInt16BigEndian(udp[4..], UdpHeader + 40);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), Checksum(packet));
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Icmp);
        socket.Bind(new IPEndPoint(exchange.Server, 0));
        _ = socket.SendTo(packet, new IPEndPoint(exchange.Client.Address, 0));
    }

    /// <summary>
    /// Probes a port from a stranger's address as an off-path attacker does: true when the host says that it
    /// is closed.
    /// </summary>
    public static async Task<bool> LooksClosedAsync(IPEndPoint port, string stranger)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(stranger), 0));
        await socket.ConnectAsync(port);
        _ = await socket.SendAsync(new byte[12]);
        try
        {
            _ = await socket.ReceiveAsync(new byte[512]).WaitAsync(TimeSpan.FromMilliseconds(300));
            return false;
        }
        catch (TimeoutException)
        {
            return false;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return true;
        }
    }

    private static ushort Checksum(ReadOnlySpan<byte> octets)
    {
        uint sum = 0;
        for (int i = 0; i + 1 < octets.Length; i += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(octets[i..]);
        }

        while (sum >> 16 != 0)
        {
            sum = (sum & 0xFFFF) + (sum >> 16);
        }

        return (ushort)~sum;
    }
}
