// Which connection carries a TCP exchange, and how long connections are kept.
using System.Linq;
using System.Threading.Tasks;
using Resolver.Engine;
using Xunit;

namespace Resolver.Transport.Tests;

public sealed class ServerConnectionsTests
{
    private static readonly byte[] Query = TestMessages.Query(0x1234, "wWw.eXample");

    public static TheoryData<int> Kinds => [(int)LoopKind.Epoll, (int)LoopKind.Portable];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Exchanges_one_after_another_share_a_connection(int kind)
    {
        await using var server = new StreamServer((stream, _, stop) => StreamServer.EchoAsync(stream, stop));
        await using var upstream = new UpstreamHarness((LoopKind)kind);
        for (ushort id = 0; id < 5; id++)
        {
            byte[] query = TestMessages.WithId(Query, id);
            ExchangeResult result = await upstream.AskAsync(server.Endpoint, query, ExchangeTransport.Tcp);
            Assert.Equal(ExchangeStatus.Reply, result.Status);
            Assert.Equal(TestMessages.ReplyTo(query), result.Reply);
        }

        Assert.Equal(1, server.Accepted);
        Assert.Equal(4, upstream.Counters.ConnectionsReused);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Two_queries_with_one_id_take_two_connections(int kind)
    {
        await using var server = new StreamServer((stream, _, stop) => StreamServer.EchoAsync(stream, stop));
        await using var upstream = new UpstreamHarness((LoopKind)kind);
        byte[] other = TestMessages.Query(0x1234, "other.example");
        await upstream.Loops.RunAsync(upstream.Loops.Loops[0], async () =>
        {
            Task<ExchangeResult> first = upstream.AskStreamHereAsync(server.Endpoint, Query);
            Task<ExchangeResult> second = upstream.AskStreamHereAsync(server.Endpoint, other);
            Assert.Equal(TestMessages.ReplyTo(Query), (await first).Reply);
            Assert.Equal(TestMessages.ReplyTo(other), (await second).Reply);
        });
        Assert.Equal(2, server.Accepted);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_kept_connection_that_the_server_closes_is_replaced(int kind)
    {
        await using var server = new StreamServer(async (stream, number, stop) =>
        {
            byte[] query = await StreamServer.ReadAsync(stream, stop);
            await stream.WriteAsync(TestMessages.Framed(TestMessages.ReplyTo(query)), stop);
            _ = await StreamServer.ReadAsync(stream, stop);
        });
        await using var upstream = new UpstreamHarness((LoopKind)kind);
        ExchangeResult first = await upstream.AskAsync(server.Endpoint, Query, ExchangeTransport.Tcp);
        ExchangeResult second = await upstream.AskAsync(server.Endpoint, Query, ExchangeTransport.Tcp);
        Assert.Equal(ExchangeStatus.Reply, first.Status);
        Assert.Equal(ExchangeStatus.Reply, second.Status);
        Assert.Equal(2, server.Accepted);
        Assert.Equal(1, upstream.Counters.StreamsRepeated);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task No_connection_is_kept_when_the_limit_says_so(int kind)
    {
        ResolverLimits limits = ResolverLimits.Default with { UpstreamTcpIdleMilliseconds = 0 };
        await using var server = new StreamServer((stream, _, stop) => StreamServer.EchoAsync(stream, stop));
        await using var upstream = new UpstreamHarness((LoopKind)kind, limits: limits);
        for (int i = 0; i < 3; i++)
        {
            ExchangeResult result = await upstream.AskAsync(server.Endpoint, Query, ExchangeTransport.Tcp);
            Assert.Equal(ExchangeStatus.Reply, result.Status);
        }

        Assert.Equal(3, server.Accepted);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_kept_connection_is_closed_in_the_end(int kind)
    {
        ResolverLimits limits = ResolverLimits.Default with { UpstreamTcpIdleMilliseconds = 20 };
        await using var server = new StreamServer((stream, _, stop) => StreamServer.EchoAsync(stream, stop));
        await using var upstream = new UpstreamHarness((LoopKind)kind, limits: limits);
        _ = await upstream.AskAsync(server.Endpoint, Query, ExchangeTransport.Tcp);
        while (upstream.Upstreams[0].Connections > 0)
        {
            await upstream.Loops.RunAsync(upstream.Loops.Loops[0], static () => Task.CompletedTask);
        }

        Assert.Equal(0, upstream.Options.Sockets.Open);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task No_more_idle_connections_are_kept_than_the_limit(int kind)
    {
        ResolverLimits limits = ResolverLimits.Default with { MaxUpstreamTcpIdle = 1 };
        await using var one = new StreamServer((stream, _, stop) => StreamServer.EchoAsync(stream, stop));
        await using var other = new StreamServer((stream, _, stop) => StreamServer.EchoAsync(stream, stop));
        await using var upstream = new UpstreamHarness((LoopKind)kind, limits: limits);
        _ = await upstream.AskAsync(one.Endpoint, Query, ExchangeTransport.Tcp);
        _ = await upstream.AskAsync(other.Endpoint, Query, ExchangeTransport.Tcp);
        _ = await upstream.AskAsync(one.Endpoint, Query, ExchangeTransport.Tcp);
        _ = await upstream.AskAsync(other.Endpoint, Query, ExchangeTransport.Tcp);
        Assert.Equal(1, one.Accepted);
        Assert.Equal(2, other.Accepted);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_full_pipeline_opens_another_connection(int kind)
    {
        ResolverLimits limits = ResolverLimits.Default with { MaxUpstreamTcpPipeline = 2 };
        await using var server = new StreamServer((stream, _, stop) => StreamServer.EchoAsync(stream, stop));
        await using var upstream = new UpstreamHarness((LoopKind)kind, limits: limits);
        ExchangeStatus[] ends = [];
        await upstream.Loops.RunAsync(upstream.Loops.Loops[0], async () =>
        {
            Task<ExchangeResult>[] asked = [.. Enumerable.Range(0, 4).Select(id =>
                upstream.AskStreamHereAsync(server.Endpoint, TestMessages.WithId(Query, (ushort)id)))];
            ends = [.. (await Task.WhenAll(asked)).Select(static result => result.Status)];
        });
        Assert.All(ends, static end => Assert.Equal(ExchangeStatus.Reply, end));
        Assert.Equal(3, server.Accepted);
    }
}
