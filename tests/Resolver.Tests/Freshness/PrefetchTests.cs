// Popular answers are renewed before they end: counted over their life, once, within the allowance, and
// without making anybody wait.
using System;
using System.Net;
using System.Threading.Tasks;
using Resolver.Engine;
using Resolver.Testing;
using Resolver.Wire;
using Xunit;

namespace Resolver.Tests;

public sealed class PrefetchTests : IDisposable
{
    private readonly VirtualNetwork _network = new(Internets.MakeCom());
    private Run? _run;

    private Run Started => _run ??= Run.Primed(_network);

    private StubClient Client => new(_network, Started.Resolver);

    public void Dispose() => _run?.Dispose();

    [Fact]
    public void A_name_asked_three_times_an_hour_is_renewed_in_the_last_tenth_of_its_life()
    {
        Earn();
        AskEvery(TimeSpan.FromMinutes(17), 3);
        _network.Advance(TimeSpan.FromMinutes(6));
        long before = _network.Internet.QueryCount;
        StubReply hit = Client.Ask("www.abc.com");
        Assert.Equal(TimeSpan.Zero, hit.Took);
        Assert.Equal(180u, Assert.Single(hit.Records).Ttl);
        _network.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(before + 1, _network.Internet.QueryCount);
        StubReply later = Client.Ask("www.abc.com");
        Assert.Equal(TimeSpan.Zero, later.Took);
        Assert.InRange(Assert.Single(later.Records).Ttl, 3350u, 3370u);
        Assert.Equal(before + 1, _network.Internet.QueryCount);
    }

    [Fact]
    public void A_name_asked_less_often_is_not()
    {
        Earn();
        AskEvery(TimeSpan.FromMinutes(28), 1);
        _network.Advance(TimeSpan.FromMinutes(28));
        long before = _network.Internet.QueryCount;
        _ = Client.Ask("www.abc.com");
        _network.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(before, _network.Internet.QueryCount);
    }

    [Fact]
    public void Many_hits_on_a_due_answer_cost_one_walk()
    {
        Earn();
        AskEvery(TimeSpan.FromMinutes(17), 3);
        _network.Advance(TimeSpan.FromMinutes(6));
        long before = _network.Internet.QueryCount;
        _ = _network.Run(() => Task.WhenAll(
            Client.AskAsync("www.abc.com", RRType.A),
            Client.AskAsync("www.abc.com", RRType.A),
            Client.AskAsync("www.abc.com", RRType.A)));
        _network.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(before + 1, _network.Internet.QueryCount);
        Assert.Equal(0, Started.Resolver.Works.Prefetcher!.Allowance.InFlight);
        Assert.Equal(1, Started.Resolver.Works.Prefetcher!.Allowance.Spent);
    }

    [Fact]
    public void Behind_an_alias_only_what_is_near_its_end_is_renewed()
    {
        Earn();
        _ = Client.Ask("www.abc.xyz.com");
        _network.Advance(TimeSpan.FromMinutes(10));
        for (int i = 0; i < 4; i++)
        {
            _ = Client.Ask("alias.abc.com");
        }

        // The target is ten minutes older than its alias.
        _network.Advance(TimeSpan.FromMinutes(45));
        long alias = Server("192.0.2.2").QueryCount;
        long target = Server("192.0.2.4").QueryCount;
        _ = Client.Ask("alias.abc.com");
        _network.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((alias, target + 1), (Server("192.0.2.2").QueryCount, Server("192.0.2.4").QueryCount));
    }

    [Fact]
    public void Exchanges_stay_within_the_share_of_the_queries_that_clients_asked()
    {
        _run = Run.Primed(_network, new ResolverOptions
        {
            Limits = new ResolverLimits { PrefetchAllowancePercent = 10 },
        });
        AskEvery(TimeSpan.FromMinutes(17), 3);
        _network.Advance(TimeSpan.FromMinutes(6));
        _ = Client.Ask("www.abc.com");
        _network.Advance(TimeSpan.FromSeconds(1));
        PrefetchAllowance allowance = Started.Resolver.Works.Prefetcher!.Allowance;
        Assert.Equal((0, 1), (allowance.Spent, allowance.Held));
    }

    [Fact]
    public void Walks_under_way_are_bounded()
    {
        using ResolverCaches caches = new(
            CacheOptions.Default, ResolverLimits.Default, new CryptographicRandomSource());
        ResolverLimits limits = new() { MaxPrefetchesInFlight = 2, PrefetchAllowancePercent = 100 };
        PrefetchAllowance allowance = new(caches.Answers, limits);
        for (int i = 0; i < 100; i++)
        {
            allowance.CountQuery();
        }

        Assert.True(allowance.TryTake());
        Assert.True(allowance.TryTake());
        Assert.False(allowance.TryTake());
        allowance.Return(1);
        Assert.True(allowance.TryTake());
    }

    [Fact]
    public void A_walk_ahead_of_time_has_a_budget_of_its_own()
    {
        _run = Run.Primed(_network, new ResolverOptions
        {
            Limits = new ResolverLimits { PrefetchMaxExchanges = 2 },
        });
        Earn();
        AskEvery(TimeSpan.FromMinutes(17), 3);
        _network.Advance(TimeSpan.FromMinutes(6));
        Server("192.0.2.2").Fault = ServerFault.Dead;
        _ = Client.Ask("www.abc.com");
        _network.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(2, Started.Resolver.Works.Prefetcher!.Allowance.Spent);
        Assert.Equal(Rcode.NoError, Client.Ask("www.abc.com").Rcode);
    }

    [Fact]
    public void Turned_off_nothing_is_fetched_ahead()
    {
        _run = Run.Primed(_network, new ResolverOptions { Prefetch = false });
        Earn();
        AskEvery(TimeSpan.FromMinutes(17), 3);
        _network.Advance(TimeSpan.FromMinutes(6));
        long before = _network.Internet.QueryCount;
        _ = Client.Ask("www.abc.com");
        _network.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(before, _network.Internet.QueryCount);
    }

    [Fact]
    public void Questions_of_the_embedding_program_count_too()
    {
        Earn();
        for (int i = 0; i < 4; i++)
        {
            _ = Started.Resolve("www.abc.com");
        }

        _network.Advance(TimeSpan.FromMinutes(55));
        long before = _network.Internet.QueryCount;
        _ = Started.Resolve("www.abc.com");
        _network.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(before + 1, _network.Internet.QueryCount);
    }

    // Queries that pay for what is fetched ahead: five for a hundred.
    private void Earn()
    {
        for (int i = 0; i < 100; i++)
        {
            _ = Client.Ask("localhost");
        }
    }

    private void AskEvery(TimeSpan span, int times)
    {
        for (int i = 0; i <= times; i++)
        {
            _network.Advance(i == 0 ? TimeSpan.Zero : span);
            _ = Client.Ask("www.abc.com");
        }
    }

    private SimulatedServer Server(string address) => _network.Internet.FindServer(IPAddress.Parse(address))!;
}
