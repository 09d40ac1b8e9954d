// The ground on which seeds stand: one seed gives one history, whatever is lost, late or forged on the way.
using System;
using System.Net;
using System.Threading.Tasks;
using Resolver.Testing;
using Resolver.Wire;
using Xunit;

namespace Resolver.Simulation;

public sealed class DeterminismTests
{
    private const string Head = "$TTL 60\n@ SOA ns.com. admin.com. 1 3600 600 86400 60\n";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_same_seed_gives_the_same_history_and_another_seed_another(int loops)
    {
        ulong first = HistoryOf(seed: 7, loops);
        Assert.Equal(first, HistoryOf(seed: 7, loops));
        Assert.NotEqual(first, HistoryOf(seed: 8, loops));
    }

    private static ulong HistoryOf(ulong seed, int loops)
    {
        PacketSimulatorOptions packets = new()
        {
            Seed = seed,
            Loss = 0.2,
            Duplicate = 0.1,
            Forgery = 0.1,
            Jitter = TimeSpan.FromMilliseconds(30),
        };
        VirtualNetwork network = new(MakeInternet(), packets);
        Func<Task> program = async () =>
        {
            await using RecursiveResolver resolver = RecursiveResolver.Create(new ResolverOptions
            {
                Network = network,
                LoopCount = loops,
            });
            for (int i = 0; i < 50; i++)
            {
                _ = await resolver.ResolveAsync(DomainName.Parse($"n{i}.com."), RRType.A);
            }
        };
        network.Run(program);
        return network.Log.Hash.Value;
    }

    private static SimulatedInternet MakeInternet() => new SimulatedInternetBuilder()
        .Zone(".", Head + "@ NS a.root-servers.net.\na.root-servers.net. A 198.41.0.4\n"
            + "com. NS ns.com.\nns.com. A 192.0.2.1\n")
        .Zone("com.", Head + "@ NS ns.com.\nns A 192.0.2.1\n* A 192.0.2.9\n")
        .Server(Host("198.41.0.4", "."))
        .Server(Host("192.0.2.1", "com."))
        .Build();

    private static ServerSettings Host(string address, string zone) => new()
    {
        Addresses = [IPAddress.Parse(address)],
        Zones = [DomainName.Parse(zone)],
        Delay = TimeSpan.FromMilliseconds(10),
    };
}
