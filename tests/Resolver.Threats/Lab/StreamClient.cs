// A client of the resolver by TCP: one that reads, and ones that never do.
using System;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace Resolver.Threats;

/// <summary>Asks by TCP.</summary>
internal static class StreamClient
{
    /// <summary>Asks on a connection of its own; null when no reply came in time.</summary>
    public static async Task<StubReply?> AskAsync(string name, ushort type, int timeoutMilliseconds = 6000)
    {
        using CancellationTokenSource late = new(timeoutMilliseconds);
        try
        {
            using TcpClient client = new();
            await client.ConnectAsync(Subject.Address, Subject.Port, late.Token);
            NetworkStream stream = client.GetStream();
            await stream.WriteAsync(Frame(name, type, 1), late.Token);
            byte[] buffer = new byte[ushort.MaxValue];
            await stream.ReadExactlyAsync(buffer.AsMemory(0, 2), late.Token);
            int length = BinaryPrimitives.ReadUInt16BigEndian(buffer);
            await stream.ReadExactlyAsync(buffer.AsMemory(0, length), late.Token);
            return MessageCodec.TryDecode(buffer.AsSpan(0, length)) is { } message
                ? new StubReply(message, TimeSpan.Zero, length)
                : null;
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or System.IO.IOException)
        {
            return null;
        }
    }

    /// <summary>
    /// Connects from an address, asks as often as the resolver takes it in, and never reads.
    /// </summary>
    public static async Task<TcpClient> ConnectDeafAsync(string from, string name, ushort type, int queries)
    {
        TcpClient client = new(new IPEndPoint(IPAddress.Parse(from), 0)) { ReceiveBufferSize = 4096 };
        try
        {
            using CancellationTokenSource late = new(1000);
            await client.ConnectAsync(Subject.Address, Subject.Port, late.Token);
            for (int i = 0; i < queries; i++)
            {
                await client.GetStream().WriteAsync(Frame(name, type, (ushort)i), late.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or System.IO.IOException)
        {
            // The resolver does not take in more, or has closed the connection: both are as well.
        }

        return client;
    }

    private static byte[] Frame(string name, ushort type, ushort id)
    {
        Message query = Message.Query(name, type);
        query.Id = id;
        byte[] octets = MessageCodec.Encode(query);
        return [(byte)(octets.Length >> 8), (byte)octets.Length, .. octets];
    }
}
