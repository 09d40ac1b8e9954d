// Loops that listen on loopback and answer by a handler of the test.
using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using Resolver.Engine;
using Xunit;

namespace Resolver.Transport.Tests;

internal sealed class ListenerHarness : IAsyncDisposable
{
    public ListenerHarness(
        LoopKind kind,
        int loops,
        QueryHandler handler,
        ResolverLimits? limits = null,
        string address = "127.0.0.1")
    {
        Loops = new SocketLoopHarness(kind, loops, group =>
        {
            Listeners = new QueryListeners(group, _ => handler, limits ?? ResolverLimits.Default);
            var wanted = new InetEndpoint(InetAddress.Parse(address), 0);
            InetEndpoint? local = Listeners.Add(wanted, new DatagramListenOptions(), out SocketResult result);
            Assert.Equal(SocketResult.Done, result);
            Endpoint = local!.Value.ToIPEndPoint();
        });
    }

    public static TheoryData<int, int> KindsAndCounts => new()
    {
        { (int)LoopKind.Epoll, 1 },
        { (int)LoopKind.Epoll, 2 },
        { (int)LoopKind.Portable, 1 },
        { (int)LoopKind.Portable, 2 },
    };

    public SocketLoopHarness Loops { get; }

    public QueryListeners Listeners { get; private set; } = null!;

    public IPEndPoint Endpoint { get; private set; } = null!;

    public bool ExpectsFaults { get; init; }

    /// <summary>The handler that answers at once with the query turned into a reply.</summary>
    public static int Echo(ReadOnlySpan<byte> query, ref QueryArrival _, Span<byte> reply)
    {
        TestMessages.ReplyTo(query).CopyTo(reply);
        return query.Length;
    }

    /// <summary>A UDP client that hears the address it asks and no other.</summary>
    public Socket DatagramClient(IPAddress? address = null)
    {
        var client = new Socket(Endpoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        client.Connect(address ?? Endpoint.Address, Endpoint.Port);
        return client;
    }

    /// <summary>A TCP client, from a loopback address of its choice.</summary>
    public async Task<NetworkStream> StreamClientAsync(string from = "127.0.0.1")
    {
        Socket? client = new(Endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            client.NoDelay = true;
            client.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
            await client.ConnectAsync(Endpoint, TestContext.Current.CancellationToken);
            var stream = new NetworkStream(client, ownsSocket: true);
            client = null;
            return stream;
        }
        finally
        {
            client?.Dispose();
        }
    }

    /// <summary>
    /// Asks a connection again and again what it has come to, each time after a turn of the loops.
    /// </summary>
    public async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            foreach (ILoop loop in Loops.Loops)
            {
                await Loops.RunAsync(loop, static () => Task.CompletedTask);
            }

            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>0 at the end, also when the end is a reset.</summary>
    public static async Task<int> ReadToEndAsync(NetworkStream client)
    {
        try
        {
            return await client.ReadAsync(new byte[1], TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Loops.DisposeAsync();
        Assert.Equal(0, Listeners.Shares.Total);
        if (!ExpectsFaults)
        {
            Assert.Empty(Loops.Faults.Select(static fault => fault.ToString()));
        }
    }
}
