// TCP listeners over real loops, asked by sockets of the framework.
using System;
using System.Linq;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Resolver.Engine;
using Xunit;

namespace Resolver.Transport.Tests;

public sealed class StreamListenerTests
{
    public static TheoryData<int, int> Loops => ListenerHarness.KindsAndCounts;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Loops))]
    public async Task Pipelined_queries_are_all_answered(int kind, int count)
    {
        await using var server = new ListenerHarness((LoopKind)kind, count, ListenerHarness.Echo);
        await using NetworkStream client = await server.StreamClientAsync();
        byte[][] queries =
            [.. Enumerable.Range(0, 300).Select(static id => TestMessages.Query((ushort)id, "pipe.example"))];
        byte[] octets = [.. queries.SelectMany(static query => TestMessages.Framed(query))];
        await client.WriteAsync(octets, Stop);
        foreach (byte[] query in queries)
        {
            Assert.Equal(TestMessages.ReplyTo(query), await StreamServer.ReadAsync(client, Stop));
        }
    }

    [Theory]
    [MemberData(nameof(Loops))]
    public async Task Replies_leave_in_the_order_in_which_they_are_made(int kind, int count)
    {
        ReplyTicket? first = null;
        byte[] early = [];
        await using var server = new ListenerHarness((LoopKind)kind, count, (query, ref arrival, reply) =>
        {
            if (query[0] == 1)
            {
                early = TestMessages.ReplyTo(query);
                first = arrival.TakeTicket();
                return QueryArrival.Pending;
            }

            ILoop loop = arrival.Loop;
            loop.Post(_ => first!.Complete(loop, early), null);
            return ListenerHarness.Echo(query, ref arrival, reply);
        });
        await using NetworkStream client = await server.StreamClientAsync();
        await client.WriteAsync(TestMessages.Framed(TestMessages.Query(0x0101, "first.example")), Stop);
        await client.WriteAsync(TestMessages.Framed(TestMessages.Query(0x0202, "second.example")), Stop);
        Assert.Equal(0x0202, TestMessages.IdOf(await StreamServer.ReadAsync(client, Stop)));
        Assert.Equal(0x0101, TestMessages.IdOf(await StreamServer.ReadAsync(client, Stop)));
    }

    [Theory]
    [MemberData(nameof(Loops))]
    public async Task A_query_may_come_in_two_parts_cut_anywhere(int kind, int count)
    {
        await using var server = new ListenerHarness((LoopKind)kind, count, ListenerHarness.Echo);
        await using NetworkStream client = await server.StreamClientAsync();
        byte[] query = TestMessages.Query(0x0303, "cut.example");
        byte[] framed = TestMessages.Framed(query);
        for (int cut = 1; cut < framed.Length; cut++)
        {
            await client.WriteAsync(framed.AsMemory(0, cut), Stop);
            await server.Loops.RunAsync(server.Loops.Loops[0], static () => Task.CompletedTask);
            await client.WriteAsync(framed.AsMemory(cut), Stop);
            Assert.Equal(TestMessages.ReplyTo(query), await StreamServer.ReadAsync(client, Stop));
        }
    }

    [Theory]
    [MemberData(nameof(Loops))]
    public async Task The_longest_reply_arrives_whole(int kind, int count)
    {
        await using var server = new ListenerHarness((LoopKind)kind, count, static (query, ref _, reply) =>
        {
            TestMessages.ReplyTo(query).CopyTo(reply);
            return 65535;
        });
        await using NetworkStream client = await server.StreamClientAsync();
        await client.WriteAsync(TestMessages.Framed(TestMessages.Query(1, "long.example")), Stop);
        Assert.Equal(65535, (await StreamServer.ReadAsync(client, Stop)).Length);
    }

    [Theory]
    [MemberData(nameof(Loops))]
    public async Task A_ticket_is_completed_from_another_loop(int kind, int count)
    {
        ListenerHarness? harness = null;
        await using var server = new ListenerHarness((LoopKind)kind, count, (query, ref arrival, reply) =>
        {
            byte[] copy = TestMessages.ReplyTo(query);
            ReplyTicket ticket = arrival.TakeTicket();
            ILoop other = harness!.Loops.Loops[count - 1 - arrival.Loop.Index];
            other.Post(_ => ticket.Complete(other, copy), null);
            return QueryArrival.Pending;
        });
        harness = server;
        await using NetworkStream client = await server.StreamClientAsync();
        for (ushort id = 0; id < 64; id++)
        {
            await client.WriteAsync(TestMessages.Framed(TestMessages.Query(id, "later.example")), Stop);
            Assert.Equal(id, TestMessages.IdOf(await StreamServer.ReadAsync(client, Stop)));
        }
    }

    [Theory]
    [MemberData(nameof(Loops))]
    public async Task A_query_of_no_octets_ends_the_connection(int kind, int count)
    {
        await using var server = new ListenerHarness((LoopKind)kind, count, ListenerHarness.Echo);
        await using NetworkStream client = await server.StreamClientAsync();
        await client.WriteAsync(new byte[] { 0, 0 }, Stop);
        Assert.Equal(0, await ListenerHarness.ReadToEndAsync(client));
    }

    [Theory]
    [MemberData(nameof(Loops))]
    public async Task A_client_that_has_closed_its_side_still_gets_its_reply(int kind, int count)
    {
        await using var server = new ListenerHarness((LoopKind)kind, count, (query, ref arrival, reply) =>
        {
            byte[] copy = TestMessages.ReplyTo(query);
            ReplyTicket ticket = arrival.TakeTicket();
            ILoop loop = arrival.Loop;
            loop.Post(_ => loop.Post(_ => ticket.Complete(loop, copy), null), null);
            return QueryArrival.Pending;
        });
        await using NetworkStream client = await server.StreamClientAsync();
        await client.WriteAsync(TestMessages.Framed(TestMessages.Query(5, "half.example")), Stop);
        client.Socket.Shutdown(SocketShutdown.Send);
        Assert.Equal(5, TestMessages.IdOf(await StreamServer.ReadAsync(client, Stop)));
        Assert.Equal(0, await client.ReadAsync(new byte[1], Stop));
    }

    [Theory]
    [MemberData(nameof(Loops))]
    public async Task A_ticket_learns_that_its_client_has_gone(int kind, int count)
    {
        ReplyTicket? ticket = null;
        ILoop? home = null;
        await using var server = new ListenerHarness((LoopKind)kind, count, (query, ref arrival, reply) =>
        {
            home = arrival.Loop;
            Volatile.Write(ref ticket, arrival.TakeTicket());
            return QueryArrival.Pending;
        });
        await using NetworkStream client = await server.StreamClientAsync();
        await client.WriteAsync(TestMessages.Framed(TestMessages.Query(5, "gone.example")), Stop);
        await server.UntilAsync(() => Volatile.Read(ref ticket) is not null);

        // Reset, not closed: one that has only closed its side may still want its reply.
        client.Socket.LingerState = new LingerOption(true, 0);
        client.Socket.Dispose();
        await server.UntilAsync(() => ticket!.IsClientGone);
        await server.Loops.RunAsync(home!, () =>
        {
            ticket!.Abandon();
            return Task.CompletedTask;
        });
        Assert.Equal(1, server.Listeners.Count().ClientsGone);
    }
}
