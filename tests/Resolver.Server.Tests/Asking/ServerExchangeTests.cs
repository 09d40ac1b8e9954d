// The client side of query against servers written here, on loopback.
using System;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using Resolver.Wire;
using Xunit;

namespace Resolver.Server.Tests;

public sealed class ServerExchangeTests
{
    private static readonly byte[] Query =
        QueryMessage.Create(DomainName.Parse("www.example.test"), RRType.A, false);

    [Fact]
    public void A_query_is_as_dig_sends_it()
    {
        byte[] query = QueryMessage.Create(DomainName.Parse("example.test"), RRType.MX, dnssecOk: true);
        MessageContent content = MessageContent.Read(query);
        Assert.Equal(["rd", "ad"], content.Flags);
        Assert.Equal(new OptFields(1232, 0, 0, true), content.Opt);
        Assert.Equal(RRType.MX, Assert.Single(content.Questions).Type);
        Assert.NotEqual(
            query, QueryMessage.Create(DomainName.Parse("example.test"), RRType.MX, dnssecOk: true));
    }

    [Fact]
    public async Task Replies_that_do_not_match_are_passed_over()
    {
        using Socket server = Listen(SocketType.Dgram);
        Task serving = ServeAsync();
        AskedReply? reply = await Exchange(server).AskAsync(Query, byTcp: false);
        await serving;
        Assert.Equal(ReplyTo(Query, HeaderFlags.None), Assert.IsType<AskedReply>(reply).Message);
        Assert.Equal(("UDP", false), (reply.Transport, reply.WasTruncated));

        async Task ServeAsync()
        {
            (byte[] query, EndPoint client) = await ReceiveAsync(server);
            byte[] reply = ReplyTo(query, HeaderFlags.None);
            byte[] wrongId = [(byte)(reply[0] ^ 1), .. reply[1..]];
            byte[] wrongName = [.. reply];
            wrongName[14] ^= 1;
            byte[] notYetAReply = query;
            foreach (byte[] message in (byte[][])[wrongId, wrongName, notYetAReply, [1, 2, 3], reply])
            {
                await server.SendToAsync(message, client);
            }
        }
    }

    [Fact]
    public async Task A_truncated_reply_is_asked_for_again_by_TCP()
    {
        using Socket udp = Listen(SocketType.Dgram);
        using Socket tcp = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        tcp.Bind(udp.LocalEndPoint!);
        tcp.Listen();
        Task serving = ServeAsync();
        AskedReply? reply = await Exchange(udp).AskAsync(Query, byTcp: false);
        await serving;
        Assert.Equal(ReplyTo(Query, HeaderFlags.None), Assert.IsType<AskedReply>(reply).Message);
        Assert.Equal(("TCP", true), (reply.Transport, reply.WasTruncated));

        async Task ServeAsync()
        {
            (byte[] query, EndPoint client) = await ReceiveAsync(udp);
            await udp.SendToAsync(ReplyTo(query, HeaderFlags.Truncated), client);
            await ServeOneStreamAsync(tcp);
        }
    }

    [Fact]
    public async Task Where_nobody_listens_the_reason_is_kept()
    {
        using Socket taken = Listen(SocketType.Dgram);
        ServerExchange exchange = Exchange(taken);
        Assert.Null(await exchange.AskAsync(Query, byTcp: true));
        Assert.NotEmpty(exchange.LastFailure);
    }

    private static ServerExchange Exchange(Socket server) =>
        new((IPEndPoint)server.LocalEndPoint!, TimeProvider.System);

    private static Socket Listen(SocketType type)
    {
        Socket socket = new(AddressFamily.InterNetwork, type, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private static async Task<(byte[] Query, EndPoint Client)> ReceiveAsync(Socket server)
    {
        byte[] buffer = new byte[512];
        SocketReceiveFromResult received = await server.ReceiveFromAsync(
            buffer, new IPEndPoint(IPAddress.Any, 0));
        return (buffer[..received.ReceivedBytes], received.RemoteEndPoint);
    }

    private static async Task ServeOneStreamAsync(Socket listener)
    {
        using Socket client = await listener.AcceptAsync();
        await using NetworkStream stream = new(client);
        byte[] query = new byte[Query.Length + 2];
        await stream.ReadExactlyAsync(query);
        byte[] reply = ReplyTo(query[2..], HeaderFlags.None);
        byte[] prefix = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(prefix, (ushort)reply.Length);

        // Octet by octet: a stream keeps no boundaries.
        foreach (byte octet in (byte[])[.. prefix, .. reply])
        {
            await stream.WriteAsync(new byte[] { octet });
        }
    }

    private static byte[] ReplyTo(byte[] query, HeaderFlags flags)
    {
        byte[] reply = [.. query];
        ushort word = MessageHeader.MakeWord(flags | HeaderFlags.Response, Opcode.Query, Rcode.NoError);
        BinaryPrimitives.WriteUInt16BigEndian(reply.AsSpan(2), word);
        return reply;
    }
}
