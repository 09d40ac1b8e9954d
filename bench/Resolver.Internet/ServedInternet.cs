// A simulated internet's servers on sockets: each address answers at port 53 by UDP and TCP as its server
// would, with its faults, after its round trip. TCP takes a round trip more, to connect, as it does in the
// simulation; a loop's timers are rounded up to the next millisecond. A dead server has no socket: whoever
// gives addresses to this machine lets its packets vanish.
using System;
using System.Net;
using System.Text;
using System.Threading.Tasks;
using Resolver.Engine;
using Resolver.Testing;
using Resolver.Transport;

namespace Resolver.Internet;

/// <summary>An internet that other processes may ask. One loop.</summary>
internal sealed class ServedInternet : IAsyncDisposable
{
    private const ushort DnsPort = 53;

    // There are hundreds of addresses, and few queries wait at one.
    private static readonly DatagramListenOptions Sizes = new()
    {
        Batch = 8,
        ReceiveBuffer = 1 << 20,
    };

    private readonly SimulatedInternet _internet;
    private readonly SeededRandom _random = new(1);
    private readonly LoopGroup _group;
    private readonly LoopListeners _servers;
    private readonly LoopListeners _counts;

    public ServedInternet(SimulatedInternet internet)
    {
        _internet = internet;
        _group = new LoopGroup(new LoopGroupOptions
        {
            ThreadName = "internet-",
            OnFault = static (_, fault) => Console.Error.WriteLine(fault),
        });
        SocketLoop loop = _group.Loops[0];
        ResolverLimits limits = new();
        ConnectionShares shares = new(limits.MaxTcpConnections, limits.MaxTcpUnreadOctets);
        _servers = new LoopListeners(loop, Answer, limits, shares);
        _counts = new LoopListeners(loop, Count, limits, shares);
    }

    /// <summary>Takes all addresses; the reason when one of them cannot be had.</summary>
    public string? Listen(InetEndpoint counts)
    {
        foreach (SimulatedServer server in _internet.Servers)
        {
            foreach (IPAddress address in server.Fault == ServerFault.Dead ? [] : server.Addresses)
            {
                InetEndpoint at = new(InetAddress.From(address), DnsPort);
                if (Listen(_servers, at, server.Fault != ServerFault.NoTcp) is { } trouble)
                {
                    return trouble;
                }
            }
        }

        return Listen(_counts, counts, withStreams: false);
    }

    /// <summary>Begins to answer.</summary>
    public void Start() => _group.Start();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _group.DisposeAsync();

    private string? Listen(LoopListeners listeners, InetEndpoint at, bool withStreams)
    {
        if (_group.Listen(at, Sizes, out SocketResult result) is not { } point)
        {
            return $"{at}: {result}";
        }

        if (withStreams)
        {
            listeners.Add(point, new DatagramListener[1]);
            return null;
        }

        // Without its listening socket the system itself refuses connections.
        point.Streams[0].Dispose();
        _ = new DatagramListener(listeners, point.Datagrams[0], new DatagramListener[1]);
        return null;
    }

    private int Answer(ReadOnlySpan<byte> query, ref QueryArrival arrival, Span<byte> reply)
    {
        SimulatedServer server = _internet.FindServer(arrival.Client.Local.Address)!;
        server.CountQuery();
        bool isStream = arrival.Client.Transport != ClientTransport.Udp;
        bool isLost = !isStream && (_random.Chance(server.Loss) || _random.Chance(server.Loss));
        ExchangeTransport transport = isStream ? ExchangeTransport.Tcp : ExchangeTransport.Udp;
        int length = isLost ? 0 : server.Respond(query, transport, reply);
        if (length == 0 || server.Delay == TimeSpan.Zero)
        {
            return length;
        }

        DelayedReply delayed = new(arrival.Loop, arrival.TakeTicket(), reply[..length].ToArray());
        TimeSpan wait = isStream ? 2 * server.Delay : server.Delay;
        _servers.Loop.Schedule(delayed, SocketLoop.Now + wait.Ticks);
        return QueryArrival.Pending;
    }

    private int Count(ReadOnlySpan<byte> query, ref QueryArrival arrival, Span<byte> reply) =>
        Encoding.ASCII.GetBytes($"{_internet.QueryCount}", reply);

    private sealed class DelayedReply(ILoop loop, ReplyTicket ticket, byte[] octets) : LoopTimer
    {
        public override void OnTimer(long now)
        {
            if (ticket.IsClientGone)
            {
                ticket.Abandon();
            }
            else
            {
                ticket.Complete(loop, octets);
            }
        }
    }
}
