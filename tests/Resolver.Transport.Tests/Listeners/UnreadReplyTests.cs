// Replies by TCP that clients do not read, or not yet: what each may leave, and all together (CVE-2024-0760).
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Resolver.Engine;
using Xunit;

namespace Resolver.Transport.Tests;

public sealed class UnreadReplyTests
{
    public static TheoryData<int, int> Loops => ListenerHarness.KindsAndCounts;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Loops))]
    public async Task A_client_that_reads_late_gets_every_reply(int kind, int count)
    {
        const int Queries = 300;
        ResolverLimits limits = ResolverLimits.Default with { MaxTcpOutputOctets = 131072 };
        QueryHandler handler = static (query, ref _, reply) =>
        {
            TestMessages.ReplyTo(query).CopyTo(reply);
            return 60000;
        };
        await using var server = new ListenerHarness((LoopKind)kind, count, handler, limits);
        await using NetworkStream client = await server.StreamClientAsync();
        for (ushort id = 0; id < Queries; id++)
        {
            await client.WriteAsync(TestMessages.Framed(TestMessages.Query(id, "late.example")), Stop);
        }

        // 18 MB in all: the listener has stopped reading, and goes on as the client takes its replies.
        for (ushort id = 0; id < Queries; id++)
        {
            Assert.Equal(id, TestMessages.IdOf(await StreamServer.ReadAsync(client, Stop)));
        }

        Assert.Equal(0, server.Listeners.Count().UnreadClosed);
    }

    [Theory]
    [MemberData(nameof(Loops))]
    public async Task Clients_that_leave_too_much_unread_together_are_held_to_one_message_each(
        int kind, int count)
    {
        const int Clients = 12;
        ResolverLimits limits = ResolverLimits.Default with
        {
            MaxTcpUnreadOctets = 1 << 20,
            MaxTcpOutputOctets = 4 << 20,
        };
        QueryHandler handler = static (_, ref _, _) => 60000;
        await using var server = new ListenerHarness((LoopKind)kind, count, handler, limits);
        byte[] queries = [.. Enumerable.Repeat(
            TestMessages.Framed(TestMessages.Query(1, "deaf.example")), 400).SelectMany(static q => q)];
        var clients = new List<NetworkStream>();
        for (int i = 0; i < Clients; i++)
        {
            clients.Add(await server.StreamClientAsync());
            await clients[i].WriteAsync(queries, Stop);
        }

        // 24 MB for each, of which the kernel takes a part: what we hold stays near the bound of all.
        await server.UntilAsync(() => server.Listeners.Unread > limits.MaxTcpUnreadOctets);
        await clients[0].WriteAsync(queries, Stop);
        long most = limits.MaxTcpUnreadOctets + (Clients * 2 * 65537L);
        Assert.InRange(server.Listeners.Unread, 1, most);
        clients.ForEach(static c => c.Dispose());
        await server.UntilAsync(() => server.Listeners.Unread == 0);
    }

    [Theory]
    [InlineData((int)LoopKind.Epoll)]
    [InlineData((int)LoopKind.Portable)]
    public async Task Large_replies_that_another_loop_brings_count_before_they_arrive(int kind)
    {
        const int Clients = 12;
        const int Queries = 100;
        ResolverLimits limits = ResolverLimits.Default with { MaxTcpUnreadOctets = 1 << 20 };
        var waiting = new ConcurrentQueue<ReplyTicket>();
        byte[] large = new byte[60000];
        long most = 0;
        await using var server = new ListenerHarness(
            (LoopKind)kind,
            2,
            (_, ref arrival, _) =>
            {
                waiting.Enqueue(arrival.TakeTicket());
                return QueryArrival.Pending;
            },
            limits);
        byte[] queries = [.. Enumerable.Repeat(
            TestMessages.Framed(TestMessages.Query(1, "deaf.example")), Queries).SelectMany(static q => q)];
        var clients = new List<NetworkStream>();
        for (int i = 0; i < Clients; i++)
        {
            clients.Add(await server.StreamClientAsync());
            await clients[i].WriteAsync(queries, Stop);
        }

        // 72 MB, all at once, by one loop: the connections of the other one are told when it is done.
        await server.UntilAsync(() => waiting.Count == Clients * Queries);
        ILoop home = server.Loops.Loops[0];
        await server.Loops.RunAsync(home, () =>
        {
            while (waiting.TryDequeue(out ReplyTicket? ticket))
            {
                ticket.Complete(home, large);
                most = Math.Max(most, server.Listeners.Unread);
            }

            return Task.CompletedTask;
        });
        Assert.InRange(most, 1, limits.MaxTcpUnreadOctets + (Clients * 2 * 65537L));
        await server.UntilAsync(() => server.Listeners.Count().UnreadClosed > 0);
        clients.ForEach(static c => c.Dispose());
        await server.UntilAsync(() => server.Listeners.Unread == 0);
    }

    [Theory]
    [MemberData(nameof(Loops))]
    public async Task A_client_that_reads_gets_all_that_was_under_way_however_much_it_is(int kind, int count)
    {
        const int Queries = 100;
        var waiting = new ConcurrentQueue<ReplyTicket>();
        byte[] large = new byte[60000];
        await using var server = new ListenerHarness((LoopKind)kind, count, (_, ref arrival, _) =>
        {
            waiting.Enqueue(arrival.TakeTicket());
            return QueryArrival.Pending;
        });
        await using NetworkStream client = await server.StreamClientAsync();
        byte[] query = TestMessages.Framed(TestMessages.Query(1, "steady.example"));
        await client.WriteAsync(
            Enumerable.Repeat(query, Queries).SelectMany(static octets => octets).ToArray(), Stop);

        // 6 MB at once, by a loop that may be another: twelve times what a connection should leave unread.
        await server.UntilAsync(() => waiting.Count == Queries);
        ILoop home = server.Loops.Loops[0];
        await server.Loops.RunAsync(home, () =>
        {
            while (waiting.TryDequeue(out ReplyTicket? ticket))
            {
                ticket.Complete(home, large);
            }

            return Task.CompletedTask;
        });
        byte[] all = new byte[Queries * (large.Length + 2)];
        await client.ReadExactlyAsync(all, Stop);
        Assert.Equal(0, server.Listeners.Count().UnreadClosed);
    }

    [Theory]
    [MemberData(nameof(Loops))]
    public async Task A_client_that_leaves_more_unread_than_all_may_is_closed_at_once(int kind, int count)
    {
        const int Queries = 400;
        ResolverLimits limits =
            ResolverLimits.Default with { MaxTcpPipeline = Queries, MaxTcpUnreadOctets = 1 << 20 };
        var waiting = new ConcurrentQueue<ReplyTicket>();
        byte[] large = new byte[60000];
        await using var server = new ListenerHarness(
            (LoopKind)kind,
            count,
            (query, ref arrival, reply) =>
            {
                waiting.Enqueue(arrival.TakeTicket());
                ILoop loop = arrival.Loop;
                if (waiting.Count == Queries)
                {
                    // 24 MB at once: more than the buffers of the kernel take from a client that does not
                    // read.
                    loop.Post(
                        _ =>
                        {
                            while (waiting.TryDequeue(out ReplyTicket? ticket))
                            {
                                ticket.Complete(loop, large);
                            }
                        },
                        null);
                }

                return QueryArrival.Pending;
            },
            limits);
        await using NetworkStream client = await server.StreamClientAsync();
        byte[] query = TestMessages.Framed(TestMessages.Query(1, "much.example"));
        byte[] queries = [.. Enumerable.Repeat(query, Queries).SelectMany(static octets => octets)];
        await client.WriteAsync(queries, Stop);
        await server.UntilAsync(() => server.Listeners.Count().UnreadClosed == 1);
        await server.UntilAsync(() => waiting.IsEmpty);
        Assert.True(server.Listeners.Count().ClientsGone > 0);
    }
}
