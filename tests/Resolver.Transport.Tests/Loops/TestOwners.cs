// Owners of sockets for tests: a readiness that can be awaited, and an echo.
using System;
using System.Net;
using System.Threading.Tasks;
using Resolver.Engine;

namespace Resolver.Transport.Tests;

/// <summary>Lets a test await the next readiness of its socket.</summary>
internal sealed class AwaitedOwner : ISocketOwner
{
    private TaskCompletionSource<SocketInterest> _next = new();

    /// <summary>How often the loop told of readiness.</summary>
    public int Calls { get; private set; }

    public void OnReady(LoopSocket socket, SocketInterest ready)
    {
        Calls++;
        _ = _next.TrySetResult(ready);
    }

    /// <summary>Begins a wait for the next readiness, from now.</summary>
    public Task<SocketInterest> NextAsync()
    {
        _next = new TaskCompletionSource<SocketInterest>();
        return _next.Task;
    }
}

/// <summary>Runs a delegate at each readiness.</summary>
internal sealed class DelegatingOwner(Action<LoopSocket, SocketInterest> onReady) : ISocketOwner
{
    public void OnReady(LoopSocket socket, SocketInterest ready) => onReady(socket, ready);
}

/// <summary>Sends each datagram back, through a reserved reply.</summary>
internal sealed class EchoOwner : IDatagramOwner
{
    /// <summary>The last route seen.</summary>
    public DatagramRoute LastRoute { get; private set; }

    /// <summary>How many datagrams came.</summary>
    public int Count { get; private set; }

    /// <summary>Octets allocated on the loop up to the datagram of this number, when it is set.</summary>
    public long[] AllocatedAt { get; } = new long[4];

    /// <summary>At which datagrams to look at allocation.</summary>
    public int[] LookAt { get; init; } = [];

    public void OnDatagram(DatagramListenSocket socket, ReadOnlySpan<byte> octets, in DatagramRoute route)
    {
        Count++;
        for (int look = 0; look < LookAt.Length; look++)
        {
            if (LookAt[look] == Count)
            {
                AllocatedAt[look] = GC.GetAllocatedBytesForCurrentThread();
            }
        }

        LastRoute = route;
        int slot = socket.ReserveReply(out Span<byte> reply);
        octets.CopyTo(reply);
        socket.QueueReply(slot, octets.Length, route);
    }
}

/// <summary>Addresses for tests.</summary>
internal static class Loopback
{
    public static readonly InetEndpoint V4 = InetEndpoint.From(new IPEndPoint(IPAddress.Loopback, 0));

    public static readonly InetEndpoint V6 = InetEndpoint.From(new IPEndPoint(IPAddress.IPv6Loopback, 0));

    public static readonly InetEndpoint AnyV4 = InetEndpoint.From(new IPEndPoint(IPAddress.Any, 0));

    public static readonly InetEndpoint AnyV6 = InetEndpoint.From(new IPEndPoint(IPAddress.IPv6Any, 0));

    /// <summary>Another address of the loopback network with the same port.</summary>
    public static InetEndpoint At(string address, ushort port) => new(InetAddress.Parse(address), port);
}
