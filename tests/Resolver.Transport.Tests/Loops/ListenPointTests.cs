// Who gets a port: one process at a time, all loops of it, UDP and TCP together.
using System;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using Resolver.Engine;
using Xunit;

namespace Resolver.Transport.Tests;

public abstract class ListenPointContract
{
    private static readonly DatagramListenOptions Sizes = new() { ReceiveBuffer = 64 * 1024 };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Port_0_gives_one_port_for_both_transports_on_all_loops(int count)
    {
        await using LoopGroup group = Create(count);
        ListenPoint point = Listen(group, Loopback.V4);
        Assert.NotEqual(0, point.Local.Port);
        Assert.Equal(count, point.Datagrams.Count);
        Assert.Equal(count, point.Streams.Count);
        for (int index = 0; index < count; index++)
        {
            Assert.Equal(point.Local, point.Datagrams[index].LocalEndpoint);
            Assert.Equal(point.Local, point.Streams[index].LocalEndpoint);
            Assert.Same(group.Loops[index], point.Datagrams[index].Loop);
            Assert.Same(group.Loops[index], point.Streams[index].Loop);
        }
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    public async Task A_second_resolver_is_told_that_the_address_is_in_use(string address)
    {
        await using LoopGroup first = Create(2);
        await using LoopGroup second = Create(2);
        ListenPoint point = Listen(first, Loopback.At(address, 0));
        Assert.Null(second.Listen(point.Local, Sizes, out SocketResult result));
        Assert.Equal(SocketResult.AddressInUse, result);
        Assert.Null(second.Listen(Loopback.At("127.0.0.1", point.Local.Port), Sizes, out result));
        Assert.Equal(SocketResult.AddressInUse, result);
    }

    [Theory]
    [InlineData(SocketType.Dgram)]
    [InlineData(SocketType.Stream)]
    public async Task A_port_taken_for_one_transport_is_in_use(SocketType type)
    {
        await using LoopGroup group = Create(1);
        using var taken = new Socket(AddressFamily.InterNetwork, type, ProtocolType.IP);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        if (type == SocketType.Stream)
        {
            taken.Listen();
        }

        var address = InetEndpoint.From((IPEndPoint)taken.LocalEndPoint!);
        Assert.Null(group.Listen(address, Sizes, out SocketResult result));
        Assert.Equal(SocketResult.AddressInUse, result);
    }

    [Fact]
    public async Task After_a_stop_the_address_is_free_again_also_after_streams()
    {
        InetEndpoint local;
        await using (LoopGroup first = Create(2))
        {
            ListenPoint point = Listen(first, Loopback.V4);
            local = point.Local;

            // The side that closes first keeps the port in TIME_WAIT: the listener's connection, at its stop.
            var accepted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var owner = new DelegatingOwner((socket, _) =>
            {
                if (socket.TryAccept(out LoopSocket? _, out InetEndpoint _) == SocketResult.Done)
                {
                    accepted.SetResult();
                }
            });
            foreach (LoopSocket listener in point.Streams)
            {
                listener.Owner = owner;
                listener.SetInterest(SocketInterest.Read);
            }

            first.Start();
            using var client = new TcpClient();
            await client.ConnectAsync(local.ToIPEndPoint(), TestContext.Current.CancellationToken);
            await accepted.Task;
            await first.StopAsync();
            int received = await client.GetStream().ReadAsync(
                new byte[1], TestContext.Current.CancellationToken);
            Assert.Equal(0, received);
        }

        await using LoopGroup second = Create(2);
        Assert.Equal(local, Listen(second, local).Local);
    }

    [Fact]
    public async Task An_address_that_is_not_ours_is_unreachable()
    {
        await using LoopGroup group = Create(1);
        Assert.Null(group.Listen(Loopback.At("192.0.2.1", 5300), Sizes, out SocketResult result));
        Assert.Equal(SocketResult.Unreachable, result);
    }

    [Fact]
    public async Task Ipv4_and_ipv6_wildcards_share_a_port()
    {
        await using LoopGroup group = Create(2);
        ListenPoint? point = group.Listen(Loopback.AnyV6, Sizes, out SocketResult result);
        Assert.SkipWhen(point is null, $"IPv6: {result}");
        Assert.Equal(point!.Local.Port, Listen(group, Loopback.At("0.0.0.0", point.Local.Port)).Local.Port);
    }

    [Fact]
    public async Task Listening_begins_before_the_loops_start()
    {
        await using LoopGroup group = Create(1);
        group.Start();
        Assert.Throws<InvalidOperationException>(() => group.Listen(Loopback.V4, Sizes, out _));
    }

    private protected abstract LoopKind Kind { get; }

    private static ListenPoint Listen(LoopGroup group, InetEndpoint address)
    {
        ListenPoint? point = group.Listen(address, Sizes, out SocketResult result);
        Assert.Equal(SocketResult.Done, result);
        return point!;
    }

    private LoopGroup Create(int count)
    {
        Assert.SkipUnless(Libc.IsSupported, "ports are shared on Linux only");
        return new LoopGroup(new LoopGroupOptions { Count = count, Kind = Kind });
    }
}

public sealed class EpollListenPointTests : ListenPointContract
{
    private protected override LoopKind Kind => LoopKind.Epoll;
}

public sealed class PortableListenPointTests : ListenPointContract
{
    private protected override LoopKind Kind => LoopKind.Portable;
}
