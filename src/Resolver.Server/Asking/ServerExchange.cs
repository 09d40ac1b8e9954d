// The client side of the command query: plain sockets, UDP first, TCP when the reply is truncated or when
// asked for. Three tries of five seconds, as dig has them (and glibc's resolver: RES_TIMEOUT). No server is
// under our control here, so replies that do not match are passed over (RFC 5452 §9.1).
using System;
using System.Buffers.Binary;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Resolver.Wire;

namespace Resolver.Server;

/// <summary>Asks one server.</summary>
/// <param name="server">The server.</param>
/// <param name="time">The clock of timeouts.</param>
internal sealed class ServerExchange(IPEndPoint server, TimeProvider time)
{
    private const int Tries = 3;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Asks; null after the last try was in vain.</summary>
    public async Task<AskedReply?> AskAsync(byte[] query, bool byTcp)
    {
        if (byTcp)
        {
            return await TryRepeatedlyAsync(query, AskByTcpAsync, "TCP");
        }

        AskedReply? reply = await TryRepeatedlyAsync(query, AskByUdpAsync, "UDP");
        if (reply is null || !IsTruncated(reply.Message))
        {
            return reply;
        }

        AskedReply? whole = await TryRepeatedlyAsync(query, AskByTcpAsync, "TCP");
        return whole is null ? null : whole with { WasTruncated = true };
    }

    private static bool IsTruncated(byte[] message) =>
        MessageHeader.TryRead(message, out MessageHeader header) && header.Has(HeaderFlags.Truncated);

    private async Task<AskedReply?> TryRepeatedlyAsync(
        byte[] query, Func<byte[], CancellationToken, Task<byte[]>> askAsync, string transport)
    {
        for (int i = 0; i < Tries; i++)
        {
            using CancellationTokenSource deadline = new(Timeout, time);
            long began = time.GetTimestamp();
            try
            {
                byte[] reply = await askAsync(query, deadline.Token);
                string text = $"{server.Address}#{server.Port}({server.Address})";
                return new AskedReply(reply, time.GetElapsedTime(began), text, transport);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or IOException)
            {
                LastFailure = e is OperationCanceledException ? "timed out" : e.Message;
            }
        }

        return null;
    }

    /// <summary>Why the last try was in vain.</summary>
    public string LastFailure { get; private set; } = "";

    private async Task<byte[]> AskByUdpAsync(byte[] query, CancellationToken cancellation)
    {
        using Socket socket = new(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, cancellation);
        await socket.SendAsync(query, cancellation);
        byte[] buffer = new byte[ushort.MaxValue];
        while (true)
        {
            int length = await socket.ReceiveAsync(buffer, cancellation);
            if (ReplyMatcher.Compare(query, buffer.AsSpan(0, length)) == ReplyMatch.Match)
            {
                return buffer[..length];
            }
        }
    }

    private async Task<byte[]> AskByTcpAsync(byte[] query, CancellationToken cancellation)
    {
        using Socket socket = new(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server, cancellation);
        await using NetworkStream stream = new(socket);
        byte[] framed = new byte[query.Length + 2];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)query.Length);
        query.CopyTo(framed, 2);
        await stream.WriteAsync(framed, cancellation);
        byte[] prefix = new byte[2];
        while (true)
        {
            await stream.ReadExactlyAsync(prefix, cancellation);
            byte[] message = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
            await stream.ReadExactlyAsync(message, cancellation);
            if (ReplyMatcher.Compare(query, message) == ReplyMatch.Match)
            {
                return message;
            }
        }
    }
}
