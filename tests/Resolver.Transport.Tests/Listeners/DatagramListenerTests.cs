// UDP listeners over real loops, asked by sockets of the framework.
using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Resolver.Engine;
using Xunit;

namespace Resolver.Transport.Tests;

public sealed class DatagramListenerTests
{
    public static TheoryData<int, int> Loops => ListenerHarness.KindsAndCounts;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Loops))]
    public async Task Queries_of_many_clients_are_answered(int kind, int count)
    {
        await using var server = new ListenerHarness((LoopKind)kind, count, ListenerHarness.Echo);
        Socket[] clients = [.. Enumerable.Range(0, 16).Select(_ => server.DatagramClient())];
        byte[] buffer = new byte[512];
        for (ushort id = 0; id < 320; id++)
        {
            byte[] query = TestMessages.Query(id, "many.example");
            Socket client = clients[id % clients.Length];
            _ = await client.SendAsync(query, Stop);
            int length = await client.ReceiveAsync(buffer, Stop);
            Assert.Equal(TestMessages.ReplyTo(query), buffer[..length]);
        }

        Array.ForEach(clients, static client => client.Dispose());
        Assert.Equal(320, server.Listeners.Count().Datagrams);
        Assert.Equal(320, server.Listeners.Count().DatagramReplies);
    }

    [Theory]
    [MemberData(nameof(Loops))]
    public async Task A_burst_is_answered_whole(int kind, int count)
    {
        await using var server = new ListenerHarness((LoopKind)kind, count, ListenerHarness.Echo);
        using Socket client = server.DatagramClient();
        for (ushort id = 0; id < 150; id++)
        {
            _ = client.Send(TestMessages.Query(id, "burst.example"));
        }

        byte[] buffer = new byte[512];
        var seen = new bool[150];
        for (int reply = 0; reply < seen.Length; reply++)
        {
            _ = await client.ReceiveAsync(buffer, Stop);
            seen[TestMessages.IdOf(buffer)] = true;
        }

        Assert.DoesNotContain(false, seen);
    }

    [Theory]
    [MemberData(nameof(Loops))]
    public async Task A_drop_is_silent(int kind, int count)
    {
        await using var server = new ListenerHarness(
            (LoopKind)kind,
            count,
            static (query, ref arrival, reply) =>
                query[0] == 1 ? 0 : ListenerHarness.Echo(query, ref arrival, reply));
        using Socket client = server.DatagramClient();
        _ = await client.SendAsync(TestMessages.Query(0x0101, "drop.example"), Stop);
        _ = await client.SendAsync(TestMessages.Query(0x0202, "keep.example"), Stop);
        byte[] buffer = new byte[512];
        _ = await client.ReceiveAsync(buffer, Stop);
        Assert.Equal(0x0202, TestMessages.IdOf(buffer));
        Assert.Equal(1, server.Listeners.Count().DatagramsDropped);
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
        byte[] buffer = new byte[512];
        for (ushort id = 0; id < 64; id++)
        {
            // A socket each, so that the kernel spreads them over the loops.
            using Socket client = server.DatagramClient();
            _ = await client.SendAsync(TestMessages.Query(id, "later.example"), Stop);
            _ = await client.ReceiveAsync(buffer, Stop);
            Assert.Equal(id, TestMessages.IdOf(buffer));
        }
    }

    [Theory]
    [MemberData(nameof(Loops))]
    public async Task An_abandoned_ticket_sends_nothing_and_is_used_again(int kind, int count)
    {
        var tickets = new ConcurrentBag<ReplyTicket>();
        await using var server = new ListenerHarness((LoopKind)kind, count, (query, ref arrival, reply) =>
        {
            ReplyTicket ticket = arrival.TakeTicket();
            tickets.Add(ticket);
            if (query[0] == 1)
            {
                ticket.Abandon();
            }
            else
            {
                ticket.Complete(arrival.Loop, TestMessages.ReplyTo(query));
            }

            return QueryArrival.Pending;
        });
        using Socket client = server.DatagramClient();
        _ = await client.SendAsync(TestMessages.Query(0x0101, "drop.example"), Stop);
        _ = await client.SendAsync(TestMessages.Query(0x0202, "keep.example"), Stop);
        byte[] buffer = new byte[512];
        _ = await client.ReceiveAsync(buffer, Stop);
        Assert.Equal(0x0202, TestMessages.IdOf(buffer));
        Assert.Single(tickets.Distinct());
    }

    [Theory]
    [MemberData(nameof(Loops))]
    public async Task A_reply_leaves_by_the_address_that_was_asked(int kind, int count)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "127.0.0.2 needs no set-up on Linux alone");
        InetEndpoint? asked = null;
        await using var server = new ListenerHarness(
            (LoopKind)kind,
            count,
            (query, ref arrival, reply) =>
            {
                asked = arrival.Client.Local;
                return ListenerHarness.Echo(query, ref arrival, reply);
            },
            address: "0.0.0.0");
        using Socket client = server.DatagramClient(IPAddress.Parse("127.0.0.2"));
        _ = await client.SendAsync(TestMessages.Query(7, "asked.example"), Stop);
        _ = await client.ReceiveAsync(new byte[512], Stop);
        Assert.Equal(new InetEndpoint(InetAddress.Parse("127.0.0.2"), (ushort)server.Endpoint.Port), asked);
    }

    [Theory]
    [MemberData(nameof(Loops))]
    public async Task A_handler_that_throws_costs_its_query_alone(int kind, int count)
    {
        await using var server = new ListenerHarness(
            (LoopKind)kind,
            count,
            static (query, ref arrival, reply) => query[0] == 1
                ? throw new InvalidOperationException("a flaw")
                : ListenerHarness.Echo(query, ref arrival, reply))
        {
            ExpectsFaults = true,
        };
        using Socket client = server.DatagramClient();

        // More than there are reply slots: a slot that stayed out would be missed.
        byte[] buffer = new byte[512];
        for (int i = 0; i < 200; i++)
        {
            _ = await client.SendAsync(TestMessages.Query(0x0101, "flaw.example"), Stop);
            _ = await client.SendAsync(TestMessages.Query(0x0202, "fine.example"), Stop);
            _ = await client.ReceiveAsync(buffer, Stop);
            Assert.Equal(0x0202, TestMessages.IdOf(buffer));
        }

        Assert.Equal(200, server.Loops.Faults.Count);
    }
}
