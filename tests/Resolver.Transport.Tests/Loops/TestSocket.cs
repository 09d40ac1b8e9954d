// Client sockets for tests: open, ask, wait for the answer.
using System.Threading.Tasks;
using Resolver.Engine;
using Xunit;

namespace Resolver.Transport.Tests;

/// <summary>Sockets of a loop that expect success; used on the loop.</summary>
internal static class TestSocket
{
    public static LoopSocket OpenAt(SocketLoop loop, InetEndpoint local)
    {
        LoopSocket? socket = loop.OpenDatagram(local.Address.IsIPv6, out SocketResult result);
        Assert.Equal(SocketResult.Done, result);
        Assert.Equal(SocketResult.Done, socket!.Bind(local));
        return socket;
    }

    public static LoopSocket OpenBound(SocketLoop loop) => OpenAt(loop, Loopback.V4);

    public static LoopSocket OpenClient(SocketLoop loop, InetEndpoint remote, out AwaitedOwner owner)
    {
        owner = new AwaitedOwner();
        LoopSocket socket = OpenAt(loop, remote.Address.IsIPv6 ? Loopback.V6 : Loopback.AnyV4);
        socket.Owner = owner;
        Assert.Equal(SocketResult.Done, socket.Connect(remote));
        socket.SetInterest(SocketInterest.Read);
        return socket;
    }

    public static async Task<byte[]> AskAsync(LoopSocket socket, AwaitedOwner owner, byte[] query)
    {
        Assert.Equal(SocketResult.Done, socket.TrySend(query, out int sent));
        Assert.Equal(query.Length, sent);
        return await ReceiveAsync(socket, owner);
    }

    public static async Task<byte[]> ReceiveAsync(LoopSocket socket, AwaitedOwner owner)
    {
        byte[] buffer = new byte[256];
        while (true)
        {
            Task ready = owner.NextAsync();
            SocketResult result = socket.TryReceive(buffer, out int received);
            if (result == SocketResult.Done)
            {
                return buffer[..received];
            }

            Assert.Equal(SocketResult.WouldBlock, result);
            await ready;
        }
    }
}
