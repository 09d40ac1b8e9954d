// Mutated packets at the query handler, in process and in virtual time: the fast lane and all that is behind
// it.
using System;
using System.Globalization;
using System.Linq;
using Resolver.Engine;
using Resolver.Testing;
using Resolver.Transport;
using Xunit;

namespace Resolver.Fuzz;

public sealed class HandlerFuzzTests : IDisposable
{
    private const int Batch = 64;
    private const int BatchesBetweenDrains = 32;
    private const long CacheSize = 8 << 20;
    private const long MemoryAllowance = 48 << 20;

    private static readonly ClientContext OverUdp = new(
        InetEndpoint.From(new(System.Net.IPAddress.Loopback, 4000)),
        InetEndpoint.From(new(System.Net.IPAddress.Loopback, 53)),
        ClientTransport.Udp);

    private readonly byte[] _reply = new byte[ushort.MaxValue];
    private readonly FaultLog _faults = new();
    private readonly ReplyJudge _judge = new(ResolverLimits.Default);
    private readonly PacketSource _packets = new(FuzzSettings.Seed);
    private readonly FuzzReplySource _source;
    private readonly VirtualNetwork _network;
    private readonly RecursiveResolver _resolver;
    private long _sent;
    private long _repliedAtOnce;

    public HandlerFuzzTests()
    {
        _source = new FuzzReplySource(_judge);
        SimulatedInternet internet = FuzzInternet.Make();
        _network = new VirtualNetwork(internet, new PacketSimulatorOptions { Seed = FuzzSettings.Seed });
        _resolver = RecursiveResolver.Create(new ResolverOptions
        {
            Network = _network,
            RootHints = internet.RootHints,
            CacheSize = CacheSize,
            LoggerFactory = _faults,
        });
    }

    [Fact]
    public void Mutated_packets_are_replied_to_or_dropped_once_and_memory_stays_flat()
    {
        StubQueryHandler handler = new(_resolver.Works, new OpenPolicy());
        ILoop loop = _resolver.Works.Network.Loops[0];

        // The first tenth fills what has a bound.
        Shoot(loop, handler, FuzzSettings.Packets / 10);
        long filled = GC.GetTotalMemory(forceFullCollection: true);
        Shoot(loop, handler, FuzzSettings.Packets - (int)_sent);
        long end = GC.GetTotalMemory(forceFullCollection: true);

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"fuzz in process: {_sent} packets, {_judge.Count} replies ({_repliedAtOnce} at once), "
            + $"longest {_judge.Longest} octets, memory {filled >> 10} KiB, then {end >> 10} KiB; "
            + $"replay: {FuzzSettings.Replay}"));
        Assert.True(
            _judge.Failures.Count == 0, $"{FuzzSettings.Replay}\n{string.Join('\n', _judge.Failures)}");
        Assert.True(
            _faults.Faults.IsEmpty, $"{FuzzSettings.Replay}\n{string.Join('\n', _faults.Faults.Take(5))}");
        Assert.True(
            end - filled < MemoryAllowance, $"{FuzzSettings.Replay}\nmemory grew from {filled} to {end}");
    }

    public void Dispose()
    {
        _network.Run(async () => await _resolver.DisposeAsync());
        _faults.Dispose();
    }

    private void Shoot(ILoop loop, StubQueryHandler handler, int count)
    {
        for (int batch = 0; count > 0; batch++)
        {
            int size = Math.Min(count, Batch);
            count -= size;
            loop.Post(_ => ShootBatch(loop, handler, size), null);
            _network.Advance(TimeSpan.FromMilliseconds(5));
            if (batch % BatchesBetweenDrains == 0 || count == 0)
            {
                // Longer than any deadline: whatever was begun has ended.
                _network.Advance(TimeSpan.FromSeconds(30));
                _network.Log.Clear();
                Assert.True(
                    _source.Open == 0, $"{_source.Open} queries without an end; {FuzzSettings.Replay}");
            }
        }
    }

    private void ShootBatch(ILoop loop, StubQueryHandler handler, int size)
    {
        for (int i = 0; i < size; i++)
        {
            ReadOnlySpan<byte> packet = _packets.Next();
            ClientContext client = _sent % 4 == 0
                ? OverUdp with { Transport = ClientTransport.Tcp }
                : OverUdp;
            ShootOne(loop, handler, packet, client);
            _sent++;
        }
    }

    private void ShootOne(
        ILoop loop, StubQueryHandler handler, ReadOnlySpan<byte> packet, in ClientContext client)
    {
        // Room as the listeners give it.
        Span<byte> room = _reply.AsSpan(0, client.Transport == ClientTransport.Udp ? 4096 : ushort.MaxValue);
        _source.Begin(packet, client);
        QueryArrival arrival = new(loop, client, _source);
        try
        {
            int length = handler.Handle(packet, ref arrival, room);
            if (length != QueryArrival.Pending)
            {
                _judge.Judge(packet, room[..length], client.Transport);
                _repliedAtOnce += length > 0 ? 1 : 0;
            }
        }
        catch (Exception escaped)
        {
            _judge.Fail(escaped.ToString(), packet, default);
        }
    }
}
