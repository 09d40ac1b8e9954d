// What the streams of a loop keep to, the same for raw descriptors and for the framework's sockets.
using System;
using System.Threading.Tasks;
using Resolver.Engine;
using Xunit;
using static Resolver.Transport.Tests.TestSocket;

namespace Resolver.Transport.Tests;

public abstract class StreamContract
{
    [Theory]
    [InlineData(1, "127.0.0.1")]
    [InlineData(2, "127.0.0.1")]
    [InlineData(1, "::1")]
    public async Task A_stream_connects_carries_octets_and_ends(int count, string address)
    {
        await using EchoServer server = Listen(Loopback.At(address, 0), count);
        var acceptor = new StreamEcho(server.Point);
        foreach (SocketLoop loop in server.Group.Loops)
        {
            await server.Harness.RunAsync(loop, async () =>
            {
                await acceptor.ListenAsync(server.Harness);
                using LoopSocket client = loop.OpenStream(server.Local.Address.IsIPv6, out _)!;
                var owner = new AwaitedOwner();
                client.Owner = owner;
                Task<SocketInterest> ready = owner.NextAsync();
                SocketResult connect = client.Connect(server.Local);
                Assert.True(connect is SocketResult.InProgress or SocketResult.Done);
                client.SetInterest(SocketInterest.Write);
                Assert.True(((await ready) & SocketInterest.Write) != 0);
                Assert.Equal(SocketResult.Done, client.FinishConnect());
                client.SetInterest(SocketInterest.Read);
                Assert.Equal([1, 2, 3], await AskAsync(client, owner, [1, 2, 3]));

                // The octet 0 asks the peer to close.
                Assert.Empty(await AskAsync(client, owner, [0]));
            });
        }

        Assert.Empty(server.Harness.Faults);
    }

    [Fact]
    public async Task A_refused_stream_says_so()
    {
        await using EchoServer server = Listen(Loopback.V4, 1);
        SocketLoop loop = server.Group.Loops[0];
        await server.Harness.RunAsync(loop, async () =>
        {
            // Bound, not listening: nobody else can take the port meanwhile.
            using LoopSocket closed = loop.OpenStream(false, out _)!;
            Assert.Equal(SocketResult.Done, closed.Bind(Loopback.V4));
            using LoopSocket client = loop.OpenStream(false, out _)!;
            var owner = new AwaitedOwner();
            client.Owner = owner;
            Task<SocketInterest> ready = owner.NextAsync();
            SocketResult result = client.Connect(closed.LocalEndpoint);
            if (result == SocketResult.InProgress)
            {
                client.SetInterest(SocketInterest.Write);
                _ = await ready;
                result = client.FinishConnect();
            }

            Assert.Equal(SocketResult.PeerError, result);
        });
    }

    private protected abstract LoopKind Kind { get; }

    private EchoServer Listen(InetEndpoint address, int count) => EchoServer.Listen(Kind, address, count);

    /// <summary>Accepts on every loop; sends octets back; closes after an octet 0.</summary>
    private sealed class StreamEcho(ListenPoint point)
    {
        private bool _listening;

        public async Task ListenAsync(SocketLoopHarness harness)
        {
            if (_listening)
            {
                return;
            }

            _listening = true;
            foreach (LoopSocket listener in point.Streams)
            {
                listener.Owner = new DelegatingOwner(Accept);
                if (listener.Loop.IsCurrent)
                {
                    listener.SetInterest(SocketInterest.Read);
                }
                else
                {
                    await harness.RunAsync(listener.Loop, () =>
                    {
                        listener.SetInterest(SocketInterest.Read);
                        return Task.CompletedTask;
                    });
                }
            }
        }

        private static void Accept(LoopSocket listener, SocketInterest ready)
        {
#pragma warning disable CA2000 // The connection lives on as long as its peer, and is closed by its owner.
            while (listener.TryAccept(out LoopSocket? connection, out InetEndpoint remote)
                == SocketResult.Done)
#pragma warning restore CA2000
            {
                Assert.NotEqual(0, remote.Port);
                connection!.Owner = new DelegatingOwner(Echo);
                connection.SetInterest(SocketInterest.Read);
            }
        }

        private static void Echo(LoopSocket connection, SocketInterest ready)
        {
            byte[] buffer = new byte[64];
            while (connection.TryReceive(buffer, out int received) == SocketResult.Done)
            {
                if (received == 0 || buffer[0] == 0)
                {
                    connection.Dispose();
                    return;
                }

                _ = connection.TrySend(buffer.AsSpan(0, received), out _);
            }
        }
    }
}
