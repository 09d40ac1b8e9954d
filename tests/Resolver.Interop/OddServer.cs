// Servers that answer wrongly in a fixed way, each at an address of its own: what no real server software
// does on purpose, and what resolvers meet every day. UDP alone; nobody listens for TCP there. A reply is
// the query with its header changed, so nothing here knows more of a message than its first twelve octets.

using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace Resolver.Interop;

internal static class OddServer
{
    private const int HeaderLength = 12;

    /// <summary>Serves ADDRESS=BEHAVIOUR, parted by commas, until the process is ended.</summary>
    public static Task RunAsync(string listen)
    {
        IEnumerable<Task> servers = listen.Split(',').Select(static entry => entry.Split('='))
            .Select(static parts => ServeAsync(IPAddress.Parse(parts[0]), parts[1]));
        return Task.WhenAll(servers.ToArray());
    }

    private static async Task ServeAsync(IPAddress address, string behaviour)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(address, 53));
        byte[] buffer = new byte[65535];
        var anyone = new IPEndPoint(
            address.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        while (true)
        {
            SocketReceiveFromResult received =
                await socket.ReceiveFromAsync(buffer, SocketFlags.None, anyone);
            if (received.ReceivedBytes > HeaderLength + 1)
            {
                Reply(buffer.AsSpan(0, received.ReceivedBytes), behaviour);
                await socket.SendToAsync(buffer.AsMemory(0, received.ReceivedBytes), received.RemoteEndPoint);
            }
        }
    }

    // The OPT record of the query goes back with it: its payload size and its flags mean the same in a reply.
    private static void Reply(Span<byte> message, string behaviour)
    {
        const byte response = 0x80;
        const byte truncated = 0x02;
        message[2] |= response;
        message[3] = behaviour switch
        {
            "formerr" => 1,
            "servfail" => 2,
            "notimp" => 4,
            "notcp" or "bare" or "other" => 0,
            _ => throw new FormatException($"no such behaviour: {behaviour}"),
        };
        if (behaviour == "notcp")
        {
            message[2] |= truncated;
        }

        // The first letter of the name asked becomes another.
        if (behaviour == "other")
        {
            message[HeaderLength + 1] = (byte)(message[HeaderLength + 1] == 'q' ? 'x' : 'q');
        }
    }
}
