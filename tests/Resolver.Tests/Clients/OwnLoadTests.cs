// A crowd of names asked at once is work for the resolver: it says nothing of the servers, which reply in
// time.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Resolver.Engine;
using Resolver.Testing;
using Resolver.Wire;
using Xunit;

namespace Resolver.Tests;

public sealed class OwnLoadTests
{
    private const int Names = 20_000;

    [Fact]
    public void Twenty_thousand_cold_names_of_one_zone_at_once_are_all_answered()
    {
        ResolverLimits limits =
            new() { MaxResolutionsInFlight = 2 * Names, QueryDeadlineMilliseconds = 60_000 };
        Resolution[] all = AskAtOnce(limits, Names);
        Assert.All(all, static r => Assert.Equal((Rcode.NoError, 1), (r.Rcode, r.Answer.Count)));
    }

    [Fact]
    public void What_is_beyond_a_bound_of_the_whole_resolver_is_told_that_bound()
    {
        const int Most = 1000;
        ResolverLimits limits = new() { MaxResolutionsInFlight = Most, QueryDeadlineMilliseconds = 60_000 };
        Resolution[] all = AskAtOnce(limits, 3 * Most);
        Resolution[] refused = [.. all.Where(static r => r.Rcode != Rcode.NoError)];
        Assert.InRange(refused.Length, 1, 2 * Most);
        Assert.All(refused, static r => Assert.Contains(
            "max-resolutions-in-flight", r.ExtendedError!.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Slow_servers_are_known_for_slow_also_by_a_resolver_under_load()
    {
        VirtualNetwork network = MakeNetwork(TimeSpan.FromMilliseconds(900), TimeSpan.FromMicroseconds(100));
        ResolverLimits limits = new() { MaxResolutionsPerSlowZone = 20 };
        using Run run = Run.Primed(network, new ResolverOptions { Limits = limits });
        Resolution[] all = network.Run(async () =>
        {
            List<Task<Resolution>> asked = [];
            for (int i = 0; i < 2000; i++)
            {
                asked.Add(run.Resolver.ResolveAsync(Name(i), RRType.A).AsTask());
                await Task.Delay(TimeSpan.FromMilliseconds(1), network.Time);
            }

            return await Task.WhenAll(asked);
        });
        Assert.InRange(all.Count(static r => r.ExtendedError?.Text.Contains(
            "max-resolutions-per-slow-zone", StringComparison.Ordinal) ?? false), 1000, 2000);
    }

    // 50 microseconds of work for each step, so that the first replies lie unread for a second.
    private static Resolution[] AskAtOnce(ResolverLimits limits, int count)
    {
        VirtualNetwork network = MakeNetwork(TimeSpan.FromMilliseconds(20), TimeSpan.FromMicroseconds(50));
        using Run run = Run.Primed(network, new ResolverOptions { Limits = limits });
        return network.Run(async () => await Task.WhenAll(Enumerable.Range(0, count)
            .Select(i => run.Resolver.ResolveAsync(Name(i), RRType.A).AsTask())));
    }

    private static VirtualNetwork MakeNetwork(TimeSpan delay, TimeSpan work)
    {
        SimulatedInternet internet = Internets.MakeCom(abc: "* A 192.0.2.200\n");
        internet.FindServer(System.Net.IPAddress.Parse("192.0.2.2"))!.Delay = delay;
        return new VirtualNetwork(internet) { WorkPerEvent = work };
    }

    private static DomainName Name(int i) =>
        DomainName.Parse(string.Create(CultureInfo.InvariantCulture, $"r{i}.abc.com"));
}
