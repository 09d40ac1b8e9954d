// Where ports and sockets come from: spread, reuse, bounds.
using System;
using System.Linq;
using System.Threading.Tasks;
using Resolver.Engine;
using Xunit;

namespace Resolver.Transport.Tests;

public sealed class DatagramSourceTests
{
    private static readonly SystemPorts WholeSpace = new(PortSpace.First, ushort.MaxValue);

    [Fact]
    public async Task Ports_seen_by_a_server_are_spread_evenly_and_tell_nothing_of_the_next()
    {
        const int Bins = 16;
        const int Count = Bins * 250;
        Assert.SkipUnless(Libc.IsSupported, "epoll is Linux's");
        await using DatagramServer server = DatagramServer.Echo();
        var options = new UpstreamOptions(ResolverLimits.Default, 1, 4096);
        TestContext.Current.TestOutputHelper?.WriteLine($"of the system: {options.SystemPorts}");
        _ = await AskAsync(server.Endpoint, options, new CryptographicRandomSource(), Count);
        double[] ports = [.. server.Clients.Select(static client => (double)client.Port)];
        Assert.Equal(Count, ports.Length);

        double expected = (double)Count / Bins;
        double chiSquare = ports
            .CountBy(static port => (int)(port - PortSpace.First) * Bins / PortSpace.Size)
            .Sum(bin => (bin.Value - expected) * (bin.Value - expected) / expected);

        // 15 degrees of freedom: mean 15, deviation 5.5; exceeded by chance once in ten million runs.
        Assert.InRange(chiSquare, 0.5, 60);

        const double Mean = PortSpace.First + ((PortSpace.Size - 1) / 2.0);
        const double Variance = (double)PortSpace.Size * PortSpace.Size / 12;
        double correlation = ports
            .Zip(ports.Skip(1), static (one, next) => (one - Mean) * (next - Mean))
            .Average() / Variance;
        Assert.InRange(correlation, -5.5 / Math.Sqrt(Count), 5.5 / Math.Sqrt(Count));
    }

    [Fact]
    public async Task A_socket_whose_port_the_system_draws_serves_up_to_its_limit_with_a_port_each_time()
    {
        Assert.SkipUnless(Libc.IsSupported, "epoll is Linux's");
        const int Uses = 8;
        ResolverLimits limits = ResolverLimits.Default with { MaxSocketUses = Uses };
        await using DatagramServer server = DatagramServer.Echo();
        var options = new UpstreamOptions(limits, 1, 4096) { SystemPorts = WholeSpace };
        UpstreamCounters counters = await AskAsync(
            server.Endpoint, options, new CryptographicRandomSource(), Uses * 8);
        Assert.Equal(8, counters.SocketsOpened);
        Assert.Equal(Uses * 7, counters.SocketsReused);

        // Of 28,232 ports 64 draws give two equal ones once in fourteen runs, three such pairs hardly ever.
        Assert.InRange(server.Clients.Distinct().Count(), (Uses * 8) - 4, Uses * 8);
    }

    [Fact]
    public async Task No_socket_is_parked_when_the_limit_says_so()
    {
        ResolverLimits limits = ResolverLimits.Default with { MaxParkedSockets = 0 };
        await using DatagramServer server = DatagramServer.Echo();
        var options = new UpstreamOptions(limits, 1, 4096) { SystemPorts = WholeSpace };
        UpstreamCounters counters = await AskAsync(
            server.Endpoint, options, new CryptographicRandomSource(), 10);
        Assert.Equal(10, counters.SocketsOpened);
    }

    [Fact]
    public async Task A_port_in_use_is_drawn_again_up_to_the_limit()
    {
        ResolverLimits limits = ResolverLimits.Default with { MaxPortDraws = 5 };
        await using DatagramServer server = DatagramServer.Silent();
        var options = new UpstreamOptions(limits, 1, 4096) { SystemPorts = SystemPorts.None };
        SocketUpstream? upstream = null;
        await using var loops = new SocketLoopHarness(LoopKind.Portable, 1, group =>
            upstream = new SocketUpstream(group.Loops[0], new OnePort(server.Endpoint.Port), options));
        await loops.RunAsync(loops.Loops[0], async () =>
        {
            using ExchangeOutcome outcome = await upstream!.ExchangeAsync(RequestTo(server.Endpoint, 1));
            Assert.Equal(ExchangeStatus.SocketsExhausted, outcome.Status);
        });
        Assert.Equal(5, upstream!.Counters.PortsInUse);
        Assert.True(options.Ports.TryTake(ipv6: false, server.Endpoint.Port));
        Assert.Equal(0, options.Sockets.Open);
    }

    [Theory]
    [InlineData((int)LoopKind.Epoll)]
    [InlineData((int)LoopKind.Portable)]
    public async Task Queries_leave_from_the_source_addresses_given(int kind)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "127.0.0.2 needs no set-up on Linux alone");
        await using DatagramServer server = DatagramServer.Echo();
        var options = new UpstreamOptions(ResolverLimits.Default, 1, 4096)
        {
            SourceAddresses = [InetAddress.Parse("127.0.0.2"), InetAddress.Parse("127.0.0.3")],
        };
        _ = await AskAsync(server.Endpoint, options, new CryptographicRandomSource(), 64, (LoopKind)kind);
        string[] sources =
            [.. server.Clients.Select(static client => client.Address.ToString()).Distinct().Order()];
        Assert.Equal(["127.0.0.2", "127.0.0.3"], sources);
    }

    [Theory]
    [InlineData("32768\t60999\n", 32768, 60999)]
    [InlineData("1024 65535", 1024, 65535)]
    public void The_range_of_the_system_is_read(string text, int first, int last) =>
        Assert.Equal(new SystemPorts(first, last), SystemPorts.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("32768")]
    [InlineData("1 65535")]
    [InlineData("60999 32768")]
    [InlineData("32768 70000")]
    [InlineData("a b")]
    public void A_range_that_does_not_suit_is_not_used(string text)
    {
        Assert.Equal(SystemPorts.None, SystemPorts.Parse(text));
        Assert.Equal(0, SystemPorts.None.Count);
        Assert.False(SystemPorts.None.Contains(32768));
    }

    private static ExchangeRequest RequestTo(InetEndpoint server, int id) => new(
        server,
        ExchangeTransport.Udp,
        TestMessages.Query((ushort)id, "source.example"),
        UpstreamHarness.Long);

    private static async Task<UpstreamCounters> AskAsync(
        InetEndpoint server,
        UpstreamOptions options,
        IRandomSource random,
        int count,
        LoopKind kind = LoopKind.Automatic)
    {
        SocketUpstream? upstream = null;
        await using var loops = new SocketLoopHarness(
            kind, 1, group => upstream = new SocketUpstream(group.Loops[0], random, options));
        await loops.RunAsync(loops.Loops[0], async () =>
        {
            for (int id = 0; id < count; id++)
            {
                using ExchangeOutcome outcome = await upstream!.ExchangeAsync(RequestTo(server, id));
                Assert.Equal(ExchangeStatus.Reply, outcome.Status);
            }
        });
        await loops.StopAsync();
        Assert.Equal(0, options.Sockets.Open);
        return upstream!.Counters;
    }

    /// <summary>Draws one port for ever.</summary>
    private sealed class OnePort(ushort port) : IRandomSource
    {
        public void Fill(Span<byte> destination) => destination.Clear();

        // The middle of all values that give this port, so that it is never one of those that are rejected.
        public uint NextUInt32() =>
            (uint)((((ulong)(port - PortSpace.First) << 32) + (1UL << 31)) / PortSpace.Size);
    }
}
