// What the sockets of a loop keep to, the same for raw descriptors and for the framework's sockets.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Resolver.Engine;
using Xunit;
using static Resolver.Transport.Tests.TestSocket;

namespace Resolver.Transport.Tests;

public abstract class SocketContract
{
    [Theory]
    [InlineData(1, "127.0.0.1")]
    [InlineData(2, "127.0.0.1")]
    [InlineData(1, "::1")]
    [InlineData(2, "::1")]
    public async Task A_datagram_comes_back_over_loopback(int count, string address)
    {
        await using EchoServer server = Listen(Loopback.At(address, 0), count);
        SocketLoop loop = server.Group.Loops[count - 1];
        await server.Harness.RunAsync(loop, async () =>
        {
            using LoopSocket client = OpenClient(loop, server.Local, out AwaitedOwner owner);
            for (byte number = 0; number < 10; number++)
            {
                Assert.Equal([number, 7, 7], await AskAsync(client, owner, [number, 7, 7]));
            }
        });
        Assert.Equal(10, server.Owners.Sum(owner => owner.Count));
        Assert.Equal(10, server.Point.Datagrams.Sum(socket => socket.Sent));
        Assert.Equal(0, server.Point.Datagrams.Sum(socket => socket.SendFailures));
        Assert.Empty(server.Harness.Faults);
    }

    [Theory]
    [InlineData("0.0.0.0", "127.0.0.1", "127.0.0.2")]
    [InlineData("::", "::1", "::1")]
    public async Task A_reply_leaves_by_the_address_that_was_asked(
        string wildcard, string first, string second)
    {
        await using EchoServer server = Listen(Loopback.At(wildcard, 0), 1);
        SocketLoop loop = server.Group.Loops[0];
        await server.Harness.RunAsync(loop, async () =>
        {
            foreach (string address in new[] { first, second, first, second })
            {
                // A connected socket takes replies of the address that it asked, and of no other.
                InetEndpoint asked = Loopback.At(address, server.Local.Port);
                using LoopSocket client = OpenClient(loop, asked, out AwaitedOwner owner);
                Assert.Equal([1, 2], await AskAsync(client, owner, [1, 2]));
                Assert.Equal(asked, server.Owners[0].LastRoute.Local);
                Assert.Equal(client.LocalEndpoint, server.Owners[0].LastRoute.Remote);
            }
        });
        Assert.Empty(server.Harness.Faults);
    }

    [Fact]
    public async Task Sixty_four_datagrams_at_once_all_come_back()
    {
        await using EchoServer server = Listen(Loopback.V4, 1);
        SocketLoop loop = server.Group.Loops[0];
        await server.Harness.RunAsync(loop, async () =>
        {
            using LoopSocket client = OpenClient(loop, server.Local, out AwaitedOwner owner);
            for (byte number = 0; number < 64; number++)
            {
                Assert.Equal(SocketResult.Done, client.TrySend([number], out _));
            }

            var seen = new List<byte>();
            byte[] buffer = new byte[16];
            while (seen.Count < 64)
            {
                Task ready = owner.NextAsync();
                while (client.TryReceive(buffer, out _) == SocketResult.Done)
                {
                    seen.Add(buffer[0]);
                }

                if (seen.Count < 64)
                {
                    await ready;
                }
            }

            Assert.Equal(Enumerable.Range(0, 64).Select(static number => (byte)number), seen);
        });
    }

    [Fact]
    public async Task Too_long_a_query_is_dropped_and_counted_and_too_long_a_reply_is_never_seen()
    {
        await using EchoServer server = Listen(Loopback.V4, 1);
        SocketLoop loop = server.Group.Loops[0];
        await server.Harness.RunAsync(loop, async () =>
        {
            using LoopSocket client = OpenClient(loop, server.Local, out AwaitedOwner owner);
            byte[] tooLong = new byte[EchoServer.Sizes.MaximumQuery + 1];
            Assert.Equal(SocketResult.Done, client.TrySend(tooLong, out _));
            Assert.Equal(SocketResult.Done, client.TrySend(new byte[300], out _));
            Assert.Equal(SocketResult.Done, client.TrySend([5], out _));

            // The buffer holds 256 octets: the echo of 300 is dropped by the client's socket.
            Assert.Equal([5], await ReceiveAsync(client, owner));
        });
        Assert.Equal(1, server.Point.Datagrams[0].TooLong);
        Assert.Equal(2, server.Point.Datagrams[0].Received);
    }

    [Fact]
    public async Task A_socket_that_was_refused_goes_on_waiting_and_sending()
    {
        await using EchoServer server = Listen(Loopback.V4, 1);
        SocketLoop loop = server.Group.Loops[0];
        await server.Harness.RunAsync(loop, async () =>
        {
            // A port on which nobody listens yet.
            LoopSocket peer = OpenBound(loop);
            InetEndpoint address = peer.LocalEndpoint;
            peer.Dispose();

            using LoopSocket client = OpenClient(loop, address, out AwaitedOwner owner);
            Task<SocketInterest> ready = owner.NextAsync();
            Assert.Equal(SocketResult.Done, client.TrySend([1], out _));
            _ = await ready;
            Assert.Equal(SocketResult.PeerError, client.TryReceive(new byte[16], out _));
            Assert.Equal(SocketResult.WouldBlock, client.TryReceive(new byte[16], out _));

            // Refused twice in a row, the second send is not the one that pays for the first.
            Assert.Equal(SocketResult.Done, client.TrySend([2], out _));
            Assert.Equal(SocketResult.Done, client.TrySend([3], out _));
            Assert.True(client.TryDrain());

            using LoopSocket later = OpenAt(loop, address);
            Assert.Equal(SocketResult.Done, later.Connect(client.LocalEndpoint));
            Assert.Equal(SocketResult.Done, later.TrySend([9], out _));
            Assert.Equal([9], await ReceiveAsync(client, owner));
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_datagram_socket_connects_again_with_its_port_and_is_drained(bool portChosen)
    {
        await using EchoServer server = Listen(Loopback.V4, 1);
        SocketLoop loop = server.Group.Loops[0];
        await server.Harness.RunAsync(loop, async () =>
        {
            using LoopSocket former = OpenBound(loop);
            LoopSocket free = OpenBound(loop);
            InetEndpoint own = free.LocalEndpoint;
            free.Dispose();
            InetEndpoint local = portChosen ? Loopback.At("0.0.0.0", own.Port) : Loopback.AnyV4;
            using LoopSocket client = OpenAt(loop, local);
            var owner = new AwaitedOwner();
            client.Owner = owner;
            client.SetInterest(SocketInterest.Read);
            Assert.Equal(SocketResult.Done, client.Connect(former.LocalEndpoint));
            own = client.LocalEndpoint;
            Assert.Equal(SocketResult.Done, former.Connect(own));
            for (int count = 0; count < 20; count++)
            {
                Assert.Equal(SocketResult.Done, former.TrySend([0xFF], out _));
            }

            Assert.Equal(SocketResult.Done, client.Connect(server.Local));
            Assert.True(client.TryDrain());
            Assert.Equal(own, client.LocalEndpoint);
            Assert.Equal([4], await AskAsync(client, owner, [4]));
        });
    }

    [Fact]
    public async Task A_flood_is_not_drained_for_ever()
    {
        await using EchoServer server = Listen(Loopback.V4, 1);
        SocketLoop loop = server.Group.Loops[0];
        await server.Harness.RunAsync(loop, () =>
        {
            using LoopSocket peer = OpenBound(loop);
            using LoopSocket client = OpenClient(loop, peer.LocalEndpoint, out _);
            Assert.Equal(SocketResult.Done, peer.Connect(client.LocalEndpoint));
            for (int count = 0; count < 40; count++)
            {
                Assert.Equal(SocketResult.Done, peer.TrySend([0xFF], out _));
            }

            Assert.False(client.TryDrain());
            Assert.True(client.TryDrain());
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task A_parked_socket_is_quiet_and_tells_again_when_it_is_taken_up()
    {
        await using EchoServer server = Listen(Loopback.V4, 1);
        SocketLoop loop = server.Group.Loops[0];
        await server.Harness.RunAsync(loop, async () =>
        {
            using LoopSocket client = OpenClient(loop, server.Local, out AwaitedOwner owner);
            using LoopSocket other = OpenClient(loop, server.Local, out AwaitedOwner otherOwner);
            client.SetInterest(SocketInterest.None);
            int before = owner.Calls;
            Assert.Equal(SocketResult.Done, client.TrySend([1], out _));
            for (int turn = 0; turn < 5; turn++)
            {
                _ = await AskAsync(other, otherOwner, [2]);
            }

            Assert.Equal(before, owner.Calls);
            Task<SocketInterest> ready = owner.NextAsync();
            client.SetInterest(SocketInterest.Read);
            Assert.Equal(SocketInterest.Read, await ready);
            Assert.Equal([1], await ReceiveAsync(client, owner));
        });
    }

    [Fact]
    public async Task A_socket_closed_by_another_in_the_same_turn_is_not_told()
    {
        await using EchoServer server = Listen(Loopback.V4, 1);
        SocketLoop loop = server.Group.Loops[0];
        int told = 0;
        await server.Harness.RunAsync(loop, async () =>
        {
            using LoopSocket sender = OpenBound(loop);
            LoopSocket[] pair = [OpenClient(loop, sender.LocalEndpoint, out _),
                OpenClient(loop, sender.LocalEndpoint, out _)];
            var first = new TaskCompletionSource();
            var owner = new DelegatingOwner((socket, _) =>
            {
                told++;
                Array.ForEach(pair, static each => each.Dispose());
                first.SetResult();
            });
            foreach (LoopSocket socket in pair)
            {
                socket.Owner = owner;
                Assert.Equal(SocketResult.Done, sender.Connect(socket.LocalEndpoint));
                Assert.Equal(SocketResult.Done, sender.TrySend([1], out _));
            }

            await first.Task;
            await Task.Yield();
        });
        Assert.Equal(1, told);
        Assert.Empty(server.Harness.Faults);
    }

    [Fact]
    public async Task What_an_owner_throws_is_reported_and_the_loop_goes_on()
    {
        await using EchoServer server = Listen(Loopback.V4, 1);
        SocketLoop loop = server.Group.Loops[0];
        await server.Harness.RunAsync(loop, async () =>
        {
            using LoopSocket client = OpenClient(loop, server.Local, out AwaitedOwner owner);
            client.Owner = new DelegatingOwner((socket, _) =>
            {
                socket.Owner = owner;
                throw new FormatException("owner");
            });
            Assert.Equal([1], await AskAsync(client, owner, [1]));
        });
        Assert.Equal("owner", Assert.Single(server.Harness.Faults).Message);
        Assert.Equal(1, loop.Faults);
    }

    [Fact]
    public async Task A_port_that_is_taken_says_so()
    {
        await using EchoServer server = Listen(Loopback.V4, 1);
        SocketLoop loop = server.Group.Loops[0];
        await server.Harness.RunAsync(loop, () =>
        {
            using LoopSocket first = OpenBound(loop);
            using LoopSocket second = loop.OpenDatagram(false, out _)!;
            Assert.Equal(SocketResult.AddressInUse, second.Bind(first.LocalEndpoint));
            Assert.Equal(SocketResult.Unreachable, second.Bind(Loopback.At("192.0.2.1", 0)));
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task A_datagram_in_and_out_allocates_nothing()
    {
        const int warm = 500;
        const int measured = 2_000;
        var echo = new EchoOwner { LookAt = [warm, warm + measured] };
        await using EchoServer server = Listen(Loopback.AnyV4, 1, echo);
        using var client = new System.Net.Sockets.UdpClient();
        client.Connect("127.0.0.2", server.Local.Port);
        byte[] query = new byte[60];
        for (int sent = 0; sent <= warm + measured; sent++)
        {
            _ = client.Client.Send(query);
            Assert.Equal(60, client.Client.Receive(query));
        }

        Assert.Equal(0, echo.AllocatedAt[1] - echo.AllocatedAt[0]);
    }

    [Fact]
    public async Task Sockets_are_touched_on_their_loop_only()
    {
        await using EchoServer server = Listen(Loopback.V4, 1);
        SocketLoop loop = server.Group.Loops[0];
        LoopSocket? socket = null;
        await server.Harness.RunAsync(loop, () =>
        {
            socket = OpenBound(loop);
            return Task.CompletedTask;
        });
        Assert.Throws<InvalidOperationException>(() => socket!.SetInterest(SocketInterest.Read));
        Assert.Throws<InvalidOperationException>(() => loop.OpenDatagram(false, out _));
        Assert.Throws<InvalidOperationException>(() => server.Point.Datagrams[0].ReserveReply(out _));
        Assert.Equal(3, server.Harness.Faults.Count);
        await server.Harness.StopAsync();

        // The loop closed it; disposing what is closed is no offence anywhere.
        socket!.Dispose();
    }

    private protected abstract LoopKind Kind { get; }

    private EchoServer Listen(InetEndpoint address, int count, EchoOwner? echo = null) =>
        EchoServer.Listen(Kind, address, count, echo);
}
