// TCP exchanges over real loops against servers by script.
using System;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using Resolver.Engine;
using Xunit;

namespace Resolver.Transport.Tests;

public sealed class StreamExchangeTests
{
    private static readonly byte[] Query = TestMessages.Query(0x1234, "wWw.eXample");

    public static TheoryData<int> Kinds => [(int)LoopKind.Epoll, (int)LoopKind.Portable];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_longest_message_arrives_whole(int kind)
    {
        byte[] reply = TestMessages.ReplyTo(Query, padding: 65535 - Query.Length);
        await using var server = new StreamServer(async (stream, number, stop) =>
        {
            _ = await StreamServer.ReadAsync(stream, stop);
            await stream.WriteAsync(TestMessages.Framed(reply), stop);
        });
        await using var upstream = new UpstreamHarness((LoopKind)kind);
        ExchangeResult result = await upstream.AskAsync(server.Endpoint, Query, ExchangeTransport.Tcp);
        Assert.Equal(reply, result.Reply);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_reply_that_lies_unread_when_the_loop_comes_late_to_its_timer_is_a_reply(int kind)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        var server = InetEndpoint.From((IPEndPoint)listener.LocalEndPoint!);
        await using var upstream = new UpstreamHarness((LoopKind)kind);
        ExchangeResult? result = null;
        await upstream.Loops.RunAsync(upstream.Loops.Loops[0], async () =>
        {
            Task<ExchangeResult> first = upstream.AskStreamHereAsync(server, Query);
            using Socket peer = await listener.AcceptAsync();
            await Task.Run(() => Answer(peer));
            _ = await first;

            // Within one turn of the loop, which cannot look at its sockets meanwhile.
            Task<ExchangeResult> second = upstream.AskHereAsync(
                0, new ExchangeRequest(server, ExchangeTransport.Tcp, Query, TimeSpan.FromTicks(1)));
            Answer(peer);
            result = await second;
        });
        Assert.Equal(ExchangeStatus.Reply, result!.Status);
        Assert.Equal(0, upstream.Counters.TimedOut);

        static void Answer(Socket peer)
        {
            byte[] query = new byte[2 + Query.Length];
            for (int length = 0; length < query.Length;)
            {
                length += peer.Receive(query, length, query.Length - length, SocketFlags.None);
            }

            _ = peer.Send(TestMessages.Framed(TestMessages.ReplyTo(query.AsSpan(2))));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_reply_may_come_in_two_parts_cut_anywhere(int kind)
    {
        byte[] framed = TestMessages.Framed(TestMessages.ReplyTo(Query));
        UpstreamHarness? harness = null;
        int cut = 0;
        await using var server = new StreamServer(async (stream, number, stop) =>
        {
            while (true)
            {
                _ = await StreamServer.ReadAsync(stream, stop);
                int here = cut;
                await stream.WriteAsync(framed.AsMemory(0, here), stop);

                // Two turns of the loop, so that it has most likely seen the first part alone.
                await harness!.Loops.RunAsync(harness.Loops.Loops[0], static () => Task.CompletedTask);
                await harness.Loops.RunAsync(harness.Loops.Loops[0], static () => Task.CompletedTask);
                await stream.WriteAsync(framed.AsMemory(here), stop);
            }
        });
        await using var upstream = new UpstreamHarness((LoopKind)kind);
        harness = upstream;
        for (cut = 0; cut < framed.Length; cut++)
        {
            ExchangeResult result = await upstream.AskAsync(server.Endpoint, Query, ExchangeTransport.Tcp);
            Assert.Equal(ExchangeStatus.Reply, result.Status);
            Assert.Equal(framed[2..], result.Reply);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_connection_closed_at_any_octet_of_the_reply_is_told(int kind)
    {
        byte[] framed = TestMessages.Framed(TestMessages.ReplyTo(Query));
        int cut = 0;
        await using var server = new StreamServer(async (stream, number, stop) =>
        {
            _ = await StreamServer.ReadAsync(stream, stop);
            await stream.WriteAsync(framed.AsMemory(0, cut), stop);
        });
        await using var upstream = new UpstreamHarness((LoopKind)kind);
        for (cut = 0; cut < framed.Length; cut++)
        {
            ExchangeResult result = await upstream.AskAsync(server.Endpoint, Query, ExchangeTransport.Tcp);
            Assert.Equal(ExchangeStatus.ConnectionClosed, result.Status);
        }

        Assert.Equal(framed.Length, server.Accepted);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Replies_may_come_in_any_order(int kind)
    {
        byte[] other = TestMessages.Query(0x4321, "other.example");
        await using var server = new StreamServer(async (stream, number, stop) =>
        {
            byte[] first = await StreamServer.ReadAsync(stream, stop);
            byte[] second = await StreamServer.ReadAsync(stream, stop);
            await stream.WriteAsync(TestMessages.Framed(TestMessages.ReplyTo(second)), stop);
            await stream.WriteAsync(TestMessages.Framed(TestMessages.ReplyTo(first)), stop);
        });
        await using var upstream = new UpstreamHarness((LoopKind)kind);
        await upstream.Loops.RunAsync(upstream.Loops.Loops[0], async () =>
        {
            Task<ExchangeResult> first = upstream.AskStreamHereAsync(server.Endpoint, Query);
            Task<ExchangeResult> second = upstream.AskStreamHereAsync(server.Endpoint, other);
            Assert.Equal(TestMessages.ReplyTo(Query), (await first).Reply);
            Assert.Equal(TestMessages.ReplyTo(other), (await second).Reply);
        });
        Assert.Equal(1, server.Accepted);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Replies_with_another_ID_are_waited_past(int kind)
    {
        await using var server = new StreamServer(async (stream, number, stop) =>
        {
            byte[] query = await StreamServer.ReadAsync(stream, stop);
            byte[] reply = TestMessages.ReplyTo(query);
            await stream.WriteAsync(TestMessages.Framed(TestMessages.WithId(reply, 7)), stop);
            await stream.WriteAsync(TestMessages.Framed(reply), stop);
        });
        await using var upstream = new UpstreamHarness((LoopKind)kind);
        ExchangeResult result = await upstream.AskAsync(server.Endpoint, Query, ExchangeTransport.Tcp);
        Assert.Equal(TestMessages.ReplyTo(Query), result.Reply);
        Assert.Equal(0, result.Mismatches);
        Assert.False(result.CaseDiffered);
        Assert.Equal(1, upstream.Counters.Mismatches);
    }

    // Nobody else can have sent it, and no better one will come.
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_reply_to_another_question_ends_the_only_exchange_of_its_connection(int kind)
    {
        await using var server = new StreamServer(async (stream, number, stop) =>
        {
            byte[] reply = TestMessages.ReplyTo(await StreamServer.ReadAsync(stream, stop));
            await stream.WriteAsync(TestMessages.Framed(TestMessages.WithOtherName(reply)), stop);
            _ = await StreamServer.ReadAsync(stream, stop);
        });
        await using var upstream = new UpstreamHarness((LoopKind)kind);
        ExchangeResult result = await upstream.AskAsync(server.Endpoint, Query, ExchangeTransport.Tcp);
        Assert.Equal((ExchangeStatus.WrongReply, 1), (result.Status, result.Mismatches));
    }

    // Beside others the server may have mixed them up, or this is a late reply to one that was given up.
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Beside_other_exchanges_a_reply_to_another_question_is_waited_past(int kind)
    {
        await using var server = new StreamServer(async (stream, number, stop) =>
        {
            byte[] first = await StreamServer.ReadAsync(stream, stop);
            await stream.WriteAsync(TestMessages.Framed(TestMessages.ReplyTo(first)), stop);
            byte[] one = TestMessages.ReplyTo(await StreamServer.ReadAsync(stream, stop));
            byte[] other = TestMessages.ReplyTo(await StreamServer.ReadAsync(stream, stop));
            await stream.WriteAsync(TestMessages.Framed(TestMessages.WithOtherName(one)), stop);
            await stream.WriteAsync(TestMessages.Framed(one), stop);
            await stream.WriteAsync(TestMessages.Framed(other), stop);
        });
        await using var upstream = new UpstreamHarness((LoopKind)kind);
        ExchangeResult[] results = [];
        await upstream.Loops.RunAsync(upstream.Loops.Loops[0], async () =>
        {
            _ = await upstream.AskStreamHereAsync(server.Endpoint, Query);
            results = await Task.WhenAll(
                upstream.AskStreamHereAsync(server.Endpoint, TestMessages.WithId(Query, 1)),
                upstream.AskStreamHereAsync(server.Endpoint, TestMessages.WithId(Query, 2)));
        });
        Assert.All(results, static r => Assert.Equal(ExchangeStatus.Reply, r.Status));
        Assert.Equal(1, results[0].Mismatches + results[1].Mismatches);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_server_that_changes_the_case_on_a_stream_does_so_itself(int kind)
    {
        await using var server = new StreamServer(async (stream, number, stop) =>
        {
            byte[] query = await StreamServer.ReadAsync(stream, stop);
            byte[] reply = TestMessages.WithOtherCase(TestMessages.ReplyTo(query));
            await stream.WriteAsync(TestMessages.Framed(reply), stop);
        });
        await using var upstream = new UpstreamHarness((LoopKind)kind);
        ExchangeResult result = await upstream.AskAsync(server.Endpoint, Query, ExchangeTransport.Tcp);
        Assert.Equal(TestMessages.WithOtherCase(TestMessages.ReplyTo(Query)), result.Reply);
        Assert.True(result.CaseDiffered);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_message_of_no_octets_ends_the_connection(int kind)
    {
        await using var server = new StreamServer(async (stream, number, stop) =>
        {
            _ = await StreamServer.ReadAsync(stream, stop);
            await stream.WriteAsync(TestMessages.Framed([]), stop);
            _ = await StreamServer.ReadAsync(stream, stop);
        });
        await using var upstream = new UpstreamHarness((LoopKind)kind);
        ExchangeResult result = await upstream.AskAsync(server.Endpoint, Query, ExchangeTransport.Tcp);
        Assert.Equal(ExchangeStatus.ConnectionClosed, result.Status);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_refused_connection_is_told(int kind)
    {
        InetEndpoint closed;
        await using (var gone = new StreamServer((_, _, _) => Task.CompletedTask))
        {
            closed = gone.Endpoint;
        }

        await using var upstream = new UpstreamHarness((LoopKind)kind);
        ExchangeResult result = await upstream.AskAsync(closed, Query, ExchangeTransport.Tcp);
        Assert.Equal(ExchangeStatus.ConnectionRefused, result.Status);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_silent_server_times_out_and_is_not_kept(int kind)
    {
        await using var server = new StreamServer((_, _, stop) => Task.Delay(-1, stop));
        await using var upstream = new UpstreamHarness((LoopKind)kind);
        ExchangeResult result =
            await upstream.AskAsync(server.Endpoint, Query, ExchangeTransport.Tcp, UpstreamHarness.Short);
        Assert.Equal(ExchangeStatus.TimedOut, result.Status);
        Assert.Equal(0, upstream.Upstreams[0].Connections);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Stopping_ends_what_is_under_way(int kind)
    {
        await using var server = new StreamServer((_, _, stop) => Task.Delay(-1, stop));
        await using var upstream = new UpstreamHarness((LoopKind)kind);
        Task<ExchangeResult>? asked = null;
        await upstream.Loops.RunAsync(upstream.Loops.Loops[0], () =>
        {
            asked = upstream.AskStreamHereAsync(server.Endpoint, Query);
            return Task.CompletedTask;
        });
        await upstream.Loops.StopAsync();
        Assert.Equal(ExchangeStatus.Stopped, (await asked!).Status);
    }
}
