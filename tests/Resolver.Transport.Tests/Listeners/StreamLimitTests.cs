// The bounds of TCP listeners: queries under way, idleness, shares of connections.
using System;
using System.Collections.Concurrent;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Resolver.Engine;
using Xunit;

namespace Resolver.Transport.Tests;

public sealed class StreamLimitTests
{
    public static TheoryData<int, int> Loops => ListenerHarness.KindsAndCounts;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Loops))]
    public async Task No_more_queries_are_read_than_may_be_under_way(int kind, int count)
    {
        ResolverLimits limits = ResolverLimits.Default with { MaxTcpPipeline = 2 };
        var waiting = new ConcurrentQueue<(ReplyTicket Ticket, ILoop Loop, byte[] Reply)>();
        int most = 0;
        QueryHandler handler = (query, ref arrival, reply) =>
        {
            waiting.Enqueue((arrival.TakeTicket(), arrival.Loop, TestMessages.ReplyTo(query)));
            most = Math.Max(most, waiting.Count);
            return QueryArrival.Pending;
        };
        await using var server = new ListenerHarness((LoopKind)kind, count, handler, limits);
        await using NetworkStream client = await server.StreamClientAsync();
        for (ushort id = 0; id < 10; id++)
        {
            await client.WriteAsync(TestMessages.Framed(TestMessages.Query(id, "full.example")), Stop);
        }

        for (ushort id = 0; id < 10; id++)
        {
            await server.UntilAsync(() => !waiting.IsEmpty);
            Assert.True(waiting.TryDequeue(out (ReplyTicket Ticket, ILoop Loop, byte[] Reply) next));
            next.Loop.Post(_ => next.Ticket.Complete(next.Loop, next.Reply), null);
            Assert.Equal(id, TestMessages.IdOf(await StreamServer.ReadAsync(client, Stop)));
        }

        Assert.InRange(most, 1, 2);
    }

    [Theory]
    [MemberData(nameof(Loops))]
    public async Task A_client_that_never_reads_is_closed(int kind, int count)
    {
        ResolverLimits limits = ResolverLimits.Default with { TcpWriteMilliseconds = 100 };
        QueryHandler handler = static (_, ref _, _) => 60000;
        await using var server = new ListenerHarness((LoopKind)kind, count, handler, limits);
        await using NetworkStream client = await server.StreamClientAsync();
        byte[] query = TestMessages.Framed(TestMessages.Query(1, "deaf.example"));
        try
        {
            // It asks until it is thrown out: the kernel's buffers end sometime, and so does the server's
            // patience.
            while (true)
            {
                await client.WriteAsync(query, Stop);
            }
        }
        catch (IOException)
        {
            Assert.Equal(1, server.Listeners.Count().UnreadClosed);
        }
    }

    [Theory]
    [MemberData(nameof(Loops))]
    public async Task An_idle_connection_is_closed(int kind, int count)
    {
        ResolverLimits limits = ResolverLimits.Default with { TcpIdleMilliseconds = 100 };
        await using var server = new ListenerHarness((LoopKind)kind, count, ListenerHarness.Echo, limits);
        await using NetworkStream silent = await server.StreamClientAsync();
        await using NetworkStream half = await server.StreamClientAsync();
        await half.WriteAsync(new byte[] { 0 }, Stop);
        Assert.Equal(0, await silent.ReadAsync(new byte[1], Stop));
        Assert.Equal(0, await ListenerHarness.ReadToEndAsync(half));
        Assert.Equal(2, server.Listeners.Count().IdleClosed);
    }

    [Theory]
    [InlineData((int)LoopKind.Epoll)]
    [InlineData((int)LoopKind.Portable)]
    public async Task Connections_are_shared_out_and_idle_ones_give_way(int kind)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "127.0.0.2 needs no set-up on Linux alone");
        ResolverLimits limits = ResolverLimits.Default with { MaxTcpConnections = 4 };
        await using var server = new ListenerHarness((LoopKind)kind, 1, ListenerHarness.Echo, limits);
        await using NetworkStream first = await server.StreamClientAsync("127.0.0.1");
        Assert.True(await IsServedAsync(first));
        await using NetworkStream second = await server.StreamClientAsync("127.0.0.1");
        Assert.True(await IsServedAsync(second));
        await using NetworkStream third = await server.StreamClientAsync("127.0.0.1");
        Assert.True(await IsServedAsync(third));

        // More than half are taken, all by one client: it gets no more, another gets the last.
        await using NetworkStream refused = await server.StreamClientAsync("127.0.0.1");
        Assert.False(await IsServedAsync(refused));
        await using NetworkStream other = await server.StreamClientAsync("127.0.0.2");
        Assert.True(await IsServedAsync(other));

        // All are taken: the longest idle one of the client who holds most gives way.
        await using NetworkStream late = await server.StreamClientAsync("127.0.0.3");
        Assert.True(await IsServedAsync(late));
        Assert.Equal(0, await ListenerHarness.ReadToEndAsync(first));
        Assert.True(await IsServedAsync(second));
        Assert.True(await IsServedAsync(other));
        ListenerCounters counters = server.Listeners.Count();
        Assert.Equal(1, counters.RefusedByShare);
        Assert.Equal(1, counters.Evicted);
    }

    private static async Task<bool> IsServedAsync(NetworkStream client)
    {
        try
        {
            await client.WriteAsync(TestMessages.Framed(TestMessages.Query(9, "served.example")), Stop);
            return (await StreamServer.ReadAsync(client, Stop)).Length > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
