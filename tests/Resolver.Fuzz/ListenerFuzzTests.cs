// Mutated packets at real listeners on loopback, UDP and TCP, with framing mutated as well. A good query
// among each few dozen, sent until it is answered, shows that the server still serves.
using System;
using System.Buffers;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Resolver.Engine;
using Resolver.Testing;
using Resolver.Transport;
using Resolver.Wire;
using Xunit;

namespace Resolver.Fuzz;

public sealed class ListenerFuzzTests : IAsyncDisposable
{
    private const int Batch = 48;
    private const int PacketsPerConnection = 16;
    private const int ConnectionShare = 64;
    private const ushort SentinelId = 0xBEEF;
    private const long MemoryAllowance = 48 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly byte[] Sentinel = MakeSentinel();

    private readonly FaultLog _faults = new();
    private readonly ReplyJudge _judge = new(ResolverLimits.Default);
    private readonly PacketSource _packets = new(FuzzSettings.Seed + 1);
    private readonly SeededRandom _random = new(FuzzSettings.Seed + 2);
    private readonly Socket _client = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly RecursiveResolver _resolver;
    private readonly QueryListeners _listeners;
    private readonly IPEndPoint _server;
    private readonly byte[] _received = new byte[ushort.MaxValue];

    public ListenerFuzzTests()
    {
        SimulatedInternet internet = FuzzInternet.Make();
        _resolver = RecursiveResolver.Build(new ResolverOptions
        {
            Network = internet,
            RootHints = internet.RootHints,
            CacheSize = 8 << 20,
            LoopCount = 2,
            LoggerFactory = _faults,
        });
        _listeners = _resolver.MakeListeners(new OpenPolicy());
        InetEndpoint any = InetEndpoint.From(new IPEndPoint(IPAddress.Loopback, 0));
        _server = _listeners.Add(any, new DatagramListenOptions(), out _)!.Value.ToIPEndPoint();
        _resolver.Start();
        _client.ReceiveBufferSize = 4 << 20;
        _client.Connect(_server);
    }

    [Fact]
    public async Task Mutated_datagrams_and_streams_leave_the_listeners_serving()
    {
        int sent = 0;
        long filled = 0;
        for (int batch = 0; sent < FuzzSettings.SocketPackets; batch++)
        {
            sent += await ShootDatagramsAsync();
            if (batch % ConnectionShare == 0)
            {
                sent += await ShootStreamAsync();
            }

            if (filled == 0 && sent >= FuzzSettings.SocketPackets / 10)
            {
                filled = GC.GetTotalMemory(forceFullCollection: true);
            }
        }

        long end = GC.GetTotalMemory(forceFullCollection: true);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"fuzz over sockets: {sent} packets, {_judge.Count} replies, longest {_judge.Longest} octets, "
            + $"memory {filled >> 10} KiB then {end >> 10} KiB; replay: {FuzzSettings.Replay}"));
        Assert.True(
            _judge.Failures.Count == 0, $"{FuzzSettings.Replay}\n{string.Join('\n', _judge.Failures)}");
        Assert.True(
            _faults.Faults.IsEmpty, $"{FuzzSettings.Replay}\n{string.Join('\n', _faults.Faults.Take(5))}");
        Assert.True(
            end - filled < MemoryAllowance, $"{FuzzSettings.Replay}\nmemory grew from {filled} to {end}");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _resolver.DisposeAsync();
    }

    private static byte[] MakeSentinel()
    {
        byte[] query = PacketSource.Query("sentinel.fuzz", 1, 0x0100, []);
        query[0] = SentinelId >> 8;
        query[1] = SentinelId & 0xFF;
        return query;
    }

    private async Task<int> ShootDatagramsAsync()
    {
        for (int i = 0; i < Batch; i++)
        {
            ReadOnlySpan<byte> packet = _packets.Next();
            if (!packet.IsEmpty)
            {
                _ = _client.Send(packet);
            }
        }

        using CancellationTokenSource patience = new(Patience);
        _ = _client.Send(Sentinel);
        while (true)
        {
            int length = await _client.ReceiveAsync(_received, SocketFlags.None, patience.Token);
            ReadOnlySpan<byte> reply = _received.AsSpan(0, length);
            if (!_judge.JudgeForm(reply, out MessageHeader header, out _) || length > 1232)
            {
                _judge.Fail("malformed or too large", default, reply);
            }

            // Its ID may have been drawn for a mutated packet too; the question tells.
            if (header.Id == SentinelId && reply.Length > Sentinel.Length && header.Answers == 1
                && reply[MessageHeader.Length..].StartsWith(Sentinel.AsSpan(MessageHeader.Length)))
            {
                return Batch;
            }
        }
    }

    private async Task<int> ShootStreamAsync()
    {
        using CancellationTokenSource patience = new(Patience);
        using Socket stream = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await stream.ConnectAsync(_server, patience.Token);
        byte[] octets = MakeStream();
        try
        {
            await stream.SendAsync(octets, SocketFlags.None, patience.Token);
            stream.Shutdown(SocketShutdown.Send);
            using MemoryStream replies = new();
            int length;
            while ((length = await stream.ReceiveAsync(_received, SocketFlags.None, patience.Token)) > 0)
            {
                replies.Write(_received, 0, length);
            }

            JudgeStream(new ReadOnlySequence<byte>(replies.ToArray()));
        }
        catch (SocketException)
        {
            // A stream that cannot be read on may be reset by the server.
        }

        return PacketsPerConnection;
    }

    private byte[] MakeStream()
    {
        ArrayBufferWriter<byte> octets = new();
        for (int i = 0; i < PacketsPerConnection; i++)
        {
            ReadOnlySpan<byte> packet = _packets.Next();
            if (!packet.IsEmpty)
            {
                _ = MessageFramer.TryWriteMessage(octets, packet, out _);
            }
        }

        byte[] stream = octets.WrittenSpan.ToArray();
        if (_random.Chance(0.5))
        {
            stream[_random.NextBelow(stream.Length)] ^= (byte)(1 << _random.NextBelow(8));
        }

        return _random.Chance(0.5) ? stream[..(1 + _random.NextBelow(stream.Length))] : stream;
    }

    private void JudgeStream(ReadOnlySequence<byte> replies)
    {
        byte[] room = new byte[ushort.MaxValue];
        while (MessageFramer.TryReadMessage(
            ref replies, room, out ReadOnlySpan<byte> reply, out WireError error))
        {
            if (!_judge.JudgeForm(reply, out _, out _))
            {
                _judge.Fail($"malformed on a stream ({error})", default, reply);
            }
        }

        if (!replies.IsEmpty)
        {
            _judge.Fail("a reply cut off on a stream", default, replies.ToArray());
        }
    }
}
