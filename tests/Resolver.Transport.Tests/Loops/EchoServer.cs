// Started loops with one listening address whose datagrams come back.
using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Resolver.Engine;
using Xunit;

namespace Resolver.Transport.Tests;

/// <summary>A harness and its listening point; one echo per loop unless one is given for all.</summary>
internal sealed record EchoServer(SocketLoopHarness Harness, ListenPoint Point, List<EchoOwner> Owners)
    : IAsyncDisposable
{
    public static readonly DatagramListenOptions Sizes = new() { ReceiveBuffer = 256 * 1024 };

    public LoopGroup Group => Harness.Group;

    public InetEndpoint Local => Point.Local;

    public ValueTask DisposeAsync() => Harness.DisposeAsync();

    public static EchoServer Listen(
        LoopKind kind, InetEndpoint address, int count, EchoOwner? echo = null)
    {
        Assert.SkipUnless(kind != LoopKind.Epoll || Libc.IsSupported, "epoll is Linux's");
        ListenPoint? point = null;
        var owners = new List<EchoOwner>();
#pragma warning disable CA2000 // The server owns the harness.
        var harness = new SocketLoopHarness(kind, count, group =>
        {
            point = group.Listen(address, Sizes, out SocketResult result);
            Assert.SkipWhen(address.Address.IsIPv6 && point is null, $"{address}: {result}");
            Assert.Equal(SocketResult.Done, result);
            foreach (DatagramListenSocket socket in point!.Datagrams)
            {
                owners.Add(echo ?? new EchoOwner());
                socket.Owner = owners[^1];
                socket.Start();
            }
        });
#pragma warning restore CA2000
        return new EchoServer(harness, point!, owners);
    }
}
