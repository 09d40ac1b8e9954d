// A resolver inside a simulated internet, in virtual time: what an embedding program's tests look like.
using System;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using Resolver.Engine;
using Resolver.Wire;
using Xunit;

namespace Resolver.Testing.Tests;

public sealed class VirtualNetworkTests
{
    private const string Top = "@ 3600 SOA a b 1 2 3 4 300\n";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_cold_walk_asks_one_server_of_each_zone_and_a_warm_one_nobody(int loops)
    {
        VirtualNetwork network = new(Chain(TimeSpan.FromMilliseconds(10)));
        network.Run(async () =>
        {
            await using RecursiveResolver resolver = Make(network, loops);
            await Task.Delay(TimeSpan.FromSeconds(1), network.Time);
            network.Internet.ResetQueryCounts();
            long begun = network.Time.GetTimestamp();
            Resolution cold = await resolver.ResolveAsync(DomainName.Parse("www.abc.xyz.com"), RRType.A);
            Assert.Equal(Rcode.NoError, cold.Rcode);
            Assert.Equal(4, network.Internet.QueryCount);
            Assert.Equal(TimeSpan.FromMilliseconds(40), network.Time.GetElapsedTime(begun));
            Resolution warm = await resolver.ResolveAsync(DomainName.Parse("www.abc.xyz.com"), RRType.A);
            Assert.Single(warm.Answer);
            Assert.Equal(4, network.Internet.QueryCount);
            Assert.Equal(TimeSpan.FromMilliseconds(40), network.Time.GetElapsedTime(begun));
        });
    }

    [Fact]
    public void One_seed_gives_one_run_on_two_loops()
    {
        Assert.Equal(HashOf(seed: 5), HashOf(seed: 5));
        Assert.NotEqual(HashOf(seed: 5), HashOf(seed: 6));
    }

    [Fact]
    public void Results_of_programs_come_back_and_so_do_their_exceptions()
    {
        VirtualNetwork network = new(Chain(TimeSpan.Zero));
        Assert.Equal(42, network.Run(async () =>
        {
            await Task.Delay(TimeSpan.FromDays(30), network.Time);
            return 42;
        }));
        Assert.Throws<FormatException>(() => network.Run(static () => throw new FormatException()));
        Assert.Throws<InvalidOperationException>(() => network.Run(() => new TaskCompletionSource().Task));
    }

    [Fact]
    public void The_wall_clock_is_set_apart_from_time()
    {
        VirtualNetwork network = new(Chain(TimeSpan.Zero));
        long before = network.Time.GetTimestamp();
        network.SetUtcNow(DateTimeOffset.UnixEpoch);
        network.Advance(TimeSpan.FromDays(1));
        Assert.Equal(DateTimeOffset.UnixEpoch.AddDays(1), network.Time.GetUtcNow());
        Assert.Equal(TimeSpan.FromDays(1), network.Time.GetElapsedTime(before));
    }

    [Fact]
    public void Root_hints_are_what_the_root_zone_says()
    {
        string hints = Chain(TimeSpan.Zero).RootHints;
        Assert.Equal(
            [". 3600000 IN NS ns.root.", "ns.root. 3600000 IN A 192.0.2.1"],
            hints.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [Fact]
    public void After_a_lost_datagram_none_is_lost_until_the_pause_is_over()
    {
        TimeSpan roundTrip = TimeSpan.FromMilliseconds(10);
        TimeSpan pause = TimeSpan.FromSeconds(3);
        VirtualNetwork network = new(
            Chain(roundTrip), new PacketSimulatorOptions { Loss = 1, LossPause = pause });
        network.Run(async () =>
        {
            await using RecursiveResolver resolver = Make(network, loops: 1);
            for (int count = 0; count < 1000; count++)
            {
                Resolution denied = await resolver.ResolveAsync(
                    DomainName.Parse($"n{count}.abc.xyz.com"), RRType.A);
                Assert.Equal(Rcode.NXDomain, denied.Rcode);
            }
        });
        long[] lost = [.. network.Log.Exchanges
            .Where(static e => e.Status == ExchangeStatus.TimedOut).Select(static e => e.Began)];
        Assert.InRange(lost.Length, 3, 5);
        Assert.All(
            lost.Zip(lost.Skip(1)),
            pair => Assert.InRange(new TimeSpan(pair.Second - pair.First), pause - roundTrip, 2 * pause));
    }

    [Fact]
    public async Task In_real_time_the_same_internet_answers_a_resolver_on_threads()
    {
        SimulatedInternet internet = Chain(TimeSpan.Zero);
        await using RecursiveResolver resolver = RecursiveResolver.Create(
            new ResolverOptions { Network = internet, RootHints = internet.RootHints });
        Resolution answer = await resolver.ResolveAsync(
            DomainName.Parse("www.abc.xyz.com"), RRType.A, null, TestContext.Current.CancellationToken);
        Assert.Equal(IPAddress.Parse("192.0.2.80"), Assert.Single(answer.Answer.OfType<ARecord>()).Address);
    }

    private static RecursiveResolver Make(VirtualNetwork network, int loops) => RecursiveResolver.Create(
        new ResolverOptions
        {
            Network = network,
            RootHints = network.Internet.RootHints,
            LoopCount = loops,
            UseIPv6 = false,
        });

    private static ulong HashOf(ulong seed)
    {
        VirtualNetwork network = new(
            Chain(TimeSpan.FromMilliseconds(10)),
            new PacketSimulatorOptions { Seed = seed, Loss = 0.2, Jitter = TimeSpan.FromMilliseconds(3) });
        network.Run(async () =>
        {
            await using RecursiveResolver resolver = Make(network, loops: 2);
            for (int count = 0; count < 20; count++)
            {
                _ = await resolver.ResolveAsync(DomainName.Parse($"n{count}.abc.xyz.com"), RRType.A);
            }
        });
        Assert.True(network.Log.Exchanges.Select(static e => e.Loop).Distinct().Count() == 2);
        return network.Log.Hash.Value;
    }

    private static SimulatedInternet Chain(TimeSpan delay)
    {
        SimulatedInternetBuilder builder = new();
        string[] zones = [".", "com.", "xyz.com.", "abc.xyz.com."];
        string[] texts =
        [
            Top + "@ 3600 NS ns.root.\nns.root. 3600 A 192.0.2.1\n"
                + "com 3600 NS ns.com.\nns.com 3600 A 192.0.2.2\n",
            Top + "@ 3600 NS ns\nns 3600 A 192.0.2.2\nxyz 3600 NS ns.xyz\nns.xyz 3600 A 192.0.2.3\n",
            Top + "@ 3600 NS ns\nns 3600 A 192.0.2.3\nabc 3600 NS ns.abc\nns.abc 3600 A 192.0.2.4\n",
            Top + "@ 3600 NS ns\nns 3600 A 192.0.2.4\nwww 3600 A 192.0.2.80\n",
        ];
        for (int level = 0; level < zones.Length; level++)
        {
            builder.Zone(zones[level], texts[level]).Server(new ServerSettings
            {
                Addresses = [IPAddress.Parse($"192.0.2.{level + 1}")],
                Zones = [DomainName.Parse(zones[level])],
                Delay = delay,
            });
        }

        return builder.Build();
    }
}
