// Slow queries never take the places of good clients (row 32 of the threats): shares by client and by zone.
using System;
using System.Globalization;
using System.Linq;
using Resolver.Engine;
using Resolver.Wire;
using Xunit;

namespace Resolver.Tests;

public sealed class FairShareTests
{
    [Fact]
    public void Row_32_five_clients_that_flood_dead_zones_are_not_felt_by_a_hundred_good_ones()
    {
        using Crowd crowd = new();
        _ = crowd.Ask("192.0.2.150", "first.good.net");
        crowd.Pass(1000);
        CrowdQuery[] good = new CrowdQuery[1000];
        for (int i = 0; i < good.Length; i++)
        {
            // 10,000 a second against 1,000 a second, five seconds long.
            for (int k = 0; k < 10; k++)
            {
                _ = crowd.Ask(Attacker(i + k), $"x{i}-{k}.dead{k % Crowd.DeadZones}.net");
            }

            good[i] = crowd.Ask(Good(i % 100), i % 2 == 0 ? "first.good.net" : $"g{i}.good.net");
            crowd.Pass(1);
        }

        crowd.Pass(10_000);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"row 32: {good.Length} good queries, worst {good.Max(static q => q.Took)}"));
        Assert.All(good, static q => Assert.True(q.IsGood && q.Took.TotalMilliseconds <= 50));
        Assert.All(crowd.Queries, static q => Assert.Equal(1, q.Ends));
        Assert.Equal(0, crowd.Works.Shares.Total);
        Assert.Equal(0, crowd.Works.Counts.InFlight);
    }

    [Fact]
    public void Half_of_the_places_are_anybodys_and_the_rest_is_shared()
    {
        using Crowd crowd = new(Places(100));
        Ask(crowd, "198.51.100.1", 200);
        Assert.Equal(51, crowd.Works.Shares.Total);
        Ask(crowd, "198.51.100.2", 200);
        Ask(crowd, "198.51.100.3", 1);
        crowd.Pass(1);
        Assert.InRange(crowd.Works.Shares.Total, 60, 80);
        CrowdQuery refused = crowd.Ask("198.51.100.1", "one-more.slow.net");
        crowd.Pass(1);
        Assert.Equal(Rcode.ServFail, refused.Rcode);
        Assert.Contains("max-waiting-queries", refused.Text, StringComparison.Ordinal);
        int turnedAway = crowd.Queries.Count(static q =>
            q.Text.Contains("max-waiting-queries", StringComparison.Ordinal));
        Assert.Equal(
            [new("max-waiting-queries", turnedAway)], crowd.Works.Counts.Limits.Met);
    }

    [Fact]
    public void A_client_whose_share_is_used_up_still_gets_what_is_known()
    {
        using Crowd crowd = new(Places(16));
        _ = crowd.Ask("198.51.100.1", "known.good.net");
        crowd.Pass(1000);
        Ask(crowd, "198.51.100.1", 20);
        crowd.Works.Caches.StartGeneration();
        CrowdQuery known = crowd.Ask("198.51.100.1", "known.good.net");
        CrowdQuery special = crowd.Ask("198.51.100.1", "localhost");
        crowd.Pass(0);
        Assert.True(known.IsGood);
        Assert.True(special.IsGood);
    }

    [Fact]
    public void When_all_places_are_taken_one_that_waited_beyond_patience_gives_way()
    {
        ResolverLimits limits = new()
        {
            MaxWaitingQueries = 16,
            PatienceMilliseconds = 1000,
            MaxResolutionsPerSlowZone = 1000,
        };
        using Crowd crowd = new(With(limits));
        CrowdQuery[] early = [.. Enumerable.Range(0, 16).Select(i => crowd.Ask(Good(i), $"a{i}.slow.net"))];
        crowd.Pass(999);
        CrowdQuery refused = crowd.Ask(Good(20), "b.slow.net");
        crowd.Pass(0);
        Assert.Equal(Rcode.ServFail, refused.Rcode);
        Assert.All(early, static q => Assert.Equal(0, q.Ends));
        crowd.Pass(1);
        CrowdQuery late = crowd.Ask(Good(21), "b.good.net");
        crowd.Pass(100);
        Assert.Equal(Rcode.ServFail, early[0].Rcode);
        Assert.Equal(0, early[1].Ends);
        Assert.True(late.IsGood);
    }

    [Theory]
    [InlineData("slow.net", "max-resolutions-per-slow-zone")]
    [InlineData("dead0.net", "max-resolutions-per-dead-zone")]
    public void Random_names_below_one_zone_that_does_not_answer_count_together(string zone, string limit)
    {
        ResolverLimits limits = new()
        {
            MaxResolutionsPerSlowZone = 20,
            MaxResolutionsPerDeadZone = 5,
            SlowZoneMilliseconds = 500,
        };
        using Crowd crowd = new(With(limits));
        for (int i = 0; i < 500; i++)
        {
            _ = crowd.Ask(Good(i % 100), $"r{i}.{zone}");
            crowd.Pass(20);
        }

        // Ten seconds on, and a hundred clients: what stands there is what may.
        int most = limit.Contains("slow", StringComparison.Ordinal) ? 20 : 5;
        Assert.InRange(crowd.Works.Counts.InFlight, 1, most);
        CrowdQuery last = crowd.Ask("203.0.113.77", $"last.{zone}");
        crowd.Pass(0);
        Assert.Equal(Rcode.ServFail, last.Rcode);
        Assert.Contains(limit, last.Text, StringComparison.Ordinal);
        Assert.Contains(crowd.Works.Counts.Limits.Met, met => met.Key == limit && met.Value > 100);
        crowd.Pass(10_000);
        Assert.Equal(0, crowd.Works.Counts.InFlight);
    }

    [Fact]
    public void A_zone_that_recovers_has_no_bound_any_more()
    {
        ResolverLimits limits = new() { MaxResolutionsPerSlowZone = 20, MaxResolutionsPerDeadZone = 5 };
        using Crowd crowd = new(With(limits));
        Testing.SimulatedServer server = crowd.ServerAt("192.0.2.6");
        server.Fault = Testing.ServerFault.Dead;
        for (int i = 0; i < 100; i++)
        {
            _ = crowd.Ask(Good(i), $"r{i}.good.net");
            crowd.Pass(100);
        }

        server.Fault = Testing.ServerFault.None;
        crowd.Pass(5000);
        CrowdQuery[] probes = [.. Enumerable.Range(0, 10).Select(i => crowd.Ask(Good(i), $"p{i}.good.net"))];
        crowd.Pass(100);
        CrowdQuery[] many =
            [.. Enumerable.Range(0, 200).Select(i => crowd.Ask(Good(i % 100), $"m{i}.good.net"))];
        crowd.Pass(100);
        Assert.Contains(probes, static q => q.IsGood);
        Assert.All(many, static q => Assert.True(q.IsGood));
    }

    private static ResolverOptions Places(int most) =>
        With(new ResolverLimits { MaxWaitingQueries = most, MaxResolutionsPerSlowZone = 1000 });

    private static ResolverOptions With(ResolverLimits limits) => new() { Limits = limits };

    private static string Good(int i) => string.Create(CultureInfo.InvariantCulture, $"203.0.113.{i}");

    private static string Attacker(int i) =>
        string.Create(CultureInfo.InvariantCulture, $"198.51.100.{i % 5}");

    private static void Ask(Crowd crowd, string client, int count)
    {
        for (int i = 0; i < count; i++)
        {
            _ = crowd.Ask(client, $"{client.Replace('.', '-')}-{i}.slow.net");
        }

        crowd.Pass(0);
    }
}
