// UDP exchanges over real loops against servers by script.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using Resolver.Engine;
using Xunit;

namespace Resolver.Transport.Tests;

public sealed class DatagramExchangeTests
{
    private static readonly byte[] Query = TestMessages.Query(0x1234, "wWw.eXample");

    public static TheoryData<int> Kinds => [(int)LoopKind.Epoll, (int)LoopKind.Portable];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_matching_reply_ends_the_exchange(int kind)
    {
        await using DatagramServer server = DatagramServer.Echo();
        await using var upstream = new UpstreamHarness((LoopKind)kind);
        ExchangeResult result = await upstream.AskAsync(server.Endpoint, Query, ExchangeTransport.Udp);
        Assert.Equal(ExchangeStatus.Reply, result.Status);
        Assert.Equal(TestMessages.ReplyTo(Query), result.Reply);
        Assert.Equal(0, result.Mismatches);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task IPv6_servers_are_asked(int kind)
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "no IPv6");
        await using var server = new DatagramServer(query => [TestMessages.ReplyTo(query)], ipv6: true);
        await using var upstream = new UpstreamHarness((LoopKind)kind);
        ExchangeResult result = await upstream.AskAsync(server.Endpoint, Query, ExchangeTransport.Udp);
        Assert.Equal(ExchangeStatus.Reply, result.Status);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_silent_server_times_out(int kind)
    {
        await using DatagramServer server = DatagramServer.Silent();
        await using var upstream = new UpstreamHarness((LoopKind)kind);
        ExchangeResult result =
            await upstream.AskAsync(server.Endpoint, Query, ExchangeTransport.Udp, UpstreamHarness.Short);
        Assert.Equal(ExchangeStatus.TimedOut, result.Status);
        Assert.Equal(1, upstream.Counters.TimedOut);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_reply_that_lies_unread_when_the_loop_comes_late_to_its_timer_is_a_reply(int kind)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var endpoint = InetEndpoint.From((IPEndPoint)server.LocalEndPoint!);
        await using var upstream = new UpstreamHarness((LoopKind)kind);
        ExchangeResult? result = null;
        await upstream.Loops.RunAsync(upstream.Loops.Loops[0], async () =>
        {
            Task<ExchangeResult> asked = upstream.AskHereAsync(
                0, new ExchangeRequest(endpoint, ExchangeTransport.Udp, Query, TimeSpan.FromTicks(1)));

            // The query leaves with this turn. Within the next, the loop cannot look at its sockets
            // meanwhile.
            await Task.Yield();
            byte[] query = new byte[512];
            EndPoint client = new IPEndPoint(IPAddress.Any, 0);
            int length = server.ReceiveFrom(query, ref client);
            _ = server.SendTo(TestMessages.ReplyTo(query.AsSpan(0, length)), client);
            result = await asked;
        });
        Assert.Equal(ExchangeStatus.Reply, result!.Status);
        Assert.Equal(0, upstream.Counters.TimedOut);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Wrong_ids_names_types_and_queries_are_waited_past(int kind)
    {
        await using var server = new DatagramServer(query =>
        [
            TestMessages.WithId(TestMessages.ReplyTo(query), 0x4321),
            TestMessages.WithOtherName(TestMessages.ReplyTo(query)),
            TestMessages.ReplyTo(query),
        ]);
        await using var upstream = new UpstreamHarness((LoopKind)kind);
        ExchangeResult result = await upstream.AskAsync(server.Endpoint, Query, ExchangeTransport.Udp);
        Assert.Equal(ExchangeStatus.Reply, result.Status);
        Assert.Equal(TestMessages.ReplyTo(Query), result.Reply);
        Assert.Equal(2, result.Mismatches);
        Assert.False(result.CaseDiffered);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_reply_without_the_cookie_that_is_due_or_with_another_is_waited_past(int kind)
    {
        byte[] query = [.. Query, 0, 0, 41, 4, 208, 0, 0, 0, 0, 0, 12, 0, 10, 0, 8, 1, 2, 3, 4, 5, 6, 7, 8];
        query[11] = 1;
        await using var server = new DatagramServer(static q =>
        [
            TestMessages.ReplyTo(q.AsSpan(0, q.Length - 12)),
            [.. TestMessages.ReplyTo(q.AsSpan(0, q.Length - 1)), 9],
            TestMessages.ReplyTo(q),
        ]);
        await using var upstream = new UpstreamHarness((LoopKind)kind);
        ExchangeResult result = await upstream.AskOnAsync(
            0, new ExchangeRequest(server.Endpoint, ExchangeTransport.Udp, query, UpstreamHarness.Long)
            {
                CookieAt = (ushort)(query.Length - 8),
                NeedsCookie = true,
            });
        Assert.Equal(TestMessages.ReplyTo(query), result.Reply);
        Assert.Equal((2, 1L), (result.Mismatches, upstream.Counters.CookieMismatches));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Malformed_datagrams_end_nothing(int kind)
    {
        await using var server = new DatagramServer(
            query => [[], [1, 2, 3], query, TestMessages.ReplyTo(query)]);
        await using var upstream = new UpstreamHarness((LoopKind)kind);
        ExchangeResult result = await upstream.AskAsync(server.Endpoint, Query, ExchangeTransport.Udp);
        Assert.Equal(ExchangeStatus.Reply, result.Status);
        Assert.Equal(3, result.Mismatches);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_reply_in_other_case_is_a_mismatch_that_the_outcome_tells_of(int kind)
    {
        await using var server = new DatagramServer(
            query => [TestMessages.WithOtherCase(TestMessages.ReplyTo(query))]);
        await using var upstream = new UpstreamHarness((LoopKind)kind);
        ExchangeResult result =
            await upstream.AskAsync(server.Endpoint, Query, ExchangeTransport.Udp, UpstreamHarness.Short);
        Assert.Equal(ExchangeStatus.TimedOut, result.Status);
        Assert.Equal(1, result.Mismatches);
        Assert.True(result.CaseDiffered);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task More_mismatches_than_the_limit_end_the_exchange(int kind)
    {
        ResolverLimits limits = ResolverLimits.Default;
        await using var server = new DatagramServer(query => Enumerable
            .Range(1, limits.MaxMismatches + 1)
            .Select(wrong => TestMessages.WithId(TestMessages.ReplyTo(query), (ushort)(0x1234 + wrong))));
        await using var upstream = new UpstreamHarness((LoopKind)kind);
        ExchangeResult result = await upstream.AskAsync(server.Endpoint, Query, ExchangeTransport.Udp);
        Assert.Equal(ExchangeStatus.TooManyMismatches, result.Status);
        Assert.Equal(limits.MaxMismatches + 1, result.Mismatches);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_error_without_a_question_is_a_reply(int kind)
    {
        await using var server = new DatagramServer(
            query => [TestMessages.ErrorWithoutQuestion(query, TestMessages.ServerFailure)]);
        await using var upstream = new UpstreamHarness((LoopKind)kind);
        ExchangeResult result = await upstream.AskAsync(server.Endpoint, Query, ExchangeTransport.Udp);
        Assert.Equal(ExchangeStatus.Reply, result.Status);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_reply_larger_than_announced_is_handed_on_as_truncated(int kind)
    {
        ResolverLimits limits = ResolverLimits.Default with { UpstreamUdpPayloadSize = 512 };
        int size = 0;
        await using var server = new DatagramServer(
            query => [TestMessages.ReplyTo(query, padding: size - query.Length)]);
        await using var upstream = new UpstreamHarness((LoopKind)kind, limits: limits);
        size = 512;
        ExchangeResult whole = await upstream.AskAsync(server.Endpoint, Query, ExchangeTransport.Udp);
        Assert.Equal(512, whole.Reply.Length);
        size = 513;
        ExchangeResult cut = await upstream.AskAsync(server.Endpoint, Query, ExchangeTransport.Udp);
        Assert.Equal(ExchangeStatus.Reply, cut.Status);
        Assert.Equal(Query.Length, cut.Reply.Length);
        Assert.Equal(0x82, cut.Reply[2]);
        Assert.Equal(1, upstream.Counters.Oversized);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_icmp_error_changes_nothing_until_the_timeout(int kind)
    {
        InetEndpoint closed;
        await using (DatagramServer gone = DatagramServer.Silent())
        {
            closed = gone.Endpoint;
        }

        await using var upstream = new UpstreamHarness((LoopKind)kind);
        ExchangeResult result =
            await upstream.AskAsync(closed, Query, ExchangeTransport.Udp, UpstreamHarness.Short);
        Assert.Equal(ExchangeStatus.TimedOut, result.Status);
        Assert.True(upstream.Counters.IcmpIgnored > 0);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_reply_from_another_address_is_not_heard(int kind)
    {
        using var stranger = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        stranger.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        DatagramServer? server = null;
        server = new DatagramServer(query =>
        {
            byte[] forged = TestMessages.ReplyTo(query, padding: 1);
            _ = stranger.SendTo(forged, server!.Clients[^1].ToIPEndPoint());
            return [TestMessages.ReplyTo(query)];
        });
        await using DatagramServer owned = server;
        await using var upstream = new UpstreamHarness((LoopKind)kind);
        ExchangeResult result = await upstream.AskAsync(server.Endpoint, Query, ExchangeTransport.Udp);
        Assert.Equal(TestMessages.ReplyTo(Query), result.Reply);
        Assert.Equal(0, result.Mismatches);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Each_query_leaves_from_a_port_of_its_own(int kind)
    {
        const int Count = 500;
        await using DatagramServer server = DatagramServer.Echo();
        await using var upstream = new UpstreamHarness((LoopKind)kind, loops: 2);
        for (int i = 0; i < Count; i++)
        {
            byte[] query = TestMessages.Query((ushort)i, "port.example");
            ExchangeResult result = await upstream.AskOnAsync(
                i % 2, new(server.Endpoint, ExchangeTransport.Udp, query, UpstreamHarness.Long));
            Assert.Equal(ExchangeStatus.Reply, result.Status);
        }

        ushort[] ports = [.. server.Clients.Select(static client => client.Port)];
        Assert.All(ports, static port => Assert.InRange(port, PortSpace.First, ushort.MaxValue));

        // 500 draws of 64,512 give two equal ones about twice.
        Assert.InRange(ports.Distinct().Count(), Count - 20, Count);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Exchanges_at_once_are_bounded(int kind)
    {
        ResolverLimits limits = ResolverLimits.Default with { MaxUpstreamSockets = 16 };
        await using DatagramServer server = DatagramServer.Silent();
        await using var upstream = new UpstreamHarness((LoopKind)kind, limits: limits);
        var request = new ExchangeRequest(
            server.Endpoint, ExchangeTransport.Udp, Query, UpstreamHarness.Short);
        var results = new List<Task<ExchangeResult>>();
        await upstream.Loops.RunAsync(upstream.Loops.Loops[0], async () =>
        {
            for (int i = 0; i < 20; i++)
            {
                results.Add(upstream.AskHereAsync(0, request));
            }

            _ = await Task.WhenAll(results);
        });
        ExchangeStatus[] ends = [.. (await Task.WhenAll(results)).Select(static result => result.Status)];
        Assert.Equal(16, ends.Count(static end => end == ExchangeStatus.TimedOut));
        Assert.Equal(4, ends.Count(static end => end == ExchangeStatus.SocketsExhausted));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Stopping_ends_what_is_under_way(int kind)
    {
        await using DatagramServer server = DatagramServer.Silent();
        await using var upstream = new UpstreamHarness((LoopKind)kind);
        var request = new ExchangeRequest(
            server.Endpoint, ExchangeTransport.Udp, Query, UpstreamHarness.Long);
        Task<ExchangeResult>? asked = null;
        await upstream.Loops.RunAsync(upstream.Loops.Loops[0], () =>
        {
            asked = upstream.AskHereAsync(0, request);
            return Task.CompletedTask;
        });
        await upstream.Loops.StopAsync();
        Assert.Equal(ExchangeStatus.Stopped, (await asked!).Status);
    }
}
