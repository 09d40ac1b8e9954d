// What a turn of a loop has in common: one reading of the clock, and one leave for all queries.
using System;
using System.Linq;
using System.Threading.Tasks;
using Resolver.Engine;
using Xunit;

namespace Resolver.Transport.Tests;

public sealed class TurnTests
{
    public static TheoryData<int> Kinds => [(int)LoopKind.Epoll, (int)LoopKind.Portable];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_time_stands_still_within_a_turn_and_goes_on_with_the_next(int kind)
    {
        await using var harness = new SocketLoopHarness((LoopKind)kind, 1);
        SocketLoop loop = harness.Group.Loops[0];
        await harness.RunAsync(loop, async () =>
        {
            long noted = loop.Time.GetTimestamp();
            long before = SocketLoop.Now;
            while (SocketLoop.Now < before + TimeSpan.TicksPerMillisecond)
            {
            }

            Assert.Equal(noted, loop.Time.GetTimestamp());
            await Task.Yield();
            Assert.True(loop.Time.GetTimestamp() >= before + TimeSpan.TicksPerMillisecond);
        });
        Assert.True(loop.Time.GetTimestamp() >= loop.Timestamp - TimeSpan.TicksPerMinute);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Queries_of_a_turn_leave_when_it_ends(int kind)
    {
        await using DatagramServer server = DatagramServer.Echo();
        await using var upstream = new UpstreamHarness((LoopKind)kind);
        await upstream.Loops.RunAsync(upstream.Loops.Loops[0], async () =>
        {
            Task<ExchangeResult>[] asked = [.. Enumerable.Range(1, 8).Select(id => upstream.AskHereAsync(
                0,
                new ExchangeRequest(
                    server.Endpoint,
                    ExchangeTransport.Udp,
                    TestMessages.Query((ushort)id, "example"),
                    UpstreamHarness.Long)))];
            Assert.Equal(0, upstream.Counters.DatagramsSent);
            Assert.Equal(8, upstream.Upstreams[0].DatagramsUnderWay);
            Assert.All(await Task.WhenAll(asked), r => Assert.Equal(ExchangeStatus.Reply, r.Status));
        });
        Assert.Equal(8, upstream.Counters.DatagramsSent);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_query_that_has_not_left_ends_with_its_loop(int kind)
    {
        await using DatagramServer server = DatagramServer.Echo();
        await using var upstream = new UpstreamHarness((LoopKind)kind);
        ExchangeStatus? end = null;
        Task? stopped = null;
        await upstream.Loops.RunAsync(upstream.Loops.Loops[0], () =>
        {
            stopped = upstream.Loops.Group.Loops[0].StopAsync();
            _ = NoteAsync();
            return Task.CompletedTask;
        });
        await stopped!;
        Assert.NotNull(end);

        async Task NoteAsync() => end = (await upstream.AskHereAsync(
            0,
            new ExchangeRequest(
                server.Endpoint,
                ExchangeTransport.Udp,
                TestMessages.Query(1, "example"),
                UpstreamHarness.Long))).Status;
    }
}
