// What a question costs, in queries and in time, through the public face and in virtual time.
using System;
using System.Linq;
using System.Threading.Tasks;
using Resolver.Testing;
using Resolver.Wire;
using Xunit;

namespace Resolver.Tests;

public sealed class ExactWalkTests
{
    [Fact]
    public void A_name_four_zones_down_costs_four_queries_cold_and_none_warm()
    {
        VirtualNetwork network = new(Internets.MakeCom());
        using Run run = Run.Primed(network);
        Assert.Equal(Rcode.NoError, run.Resolve("www.abc.xyz.com").Rcode);
        Assert.Equal(4, network.Internet.QueryCount);
        Assert.Equal(Rcode.NoError, run.Resolve("www.abc.xyz.com").Rcode);
        Assert.Equal(4, network.Internet.QueryCount);
    }

    [Fact]
    public void With_10_ms_round_trips_a_name_three_zones_down_takes_30_ms_cold_and_0_warm()
    {
        VirtualNetwork network = new(Internets.MakeCom());
        using Run run = Run.Primed(network);
        Assert.Equal(TimeSpan.FromMilliseconds(30), run.Time(() => run.Resolve("www.abc.com")));
        Assert.Equal(TimeSpan.Zero, run.Time(() => run.Resolve("www.abc.com")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_thousand_clients_that_ask_the_same_cold_name_cost_one_walk(int loops)
    {
        VirtualNetwork network = new(Internets.MakeCom());
        using Run run = Run.Primed(network, new ResolverOptions { LoopCount = loops });
        Resolution[] answers = network.Run(() => Task.WhenAll(Enumerable.Range(0, 1000).Select(
            _ => run.Resolver.ResolveAsync(DomainName.Parse("www.abc.com"), RRType.A).AsTask())));
        Assert.All(answers, a => Assert.Equal(Rcode.NoError, a.Rcode));
        Assert.Equal(3, network.Internet.QueryCount);
        Assert.Equal(0, run.Resolver.Works.Counts.InFlight);
    }

    [Fact]
    public void An_alias_into_another_zone_ends_in_typed_records()
    {
        VirtualNetwork network = new(Internets.MakeCom());
        using Run run = Run.Primed(network);
        Resolution resolution = run.Resolve("alias.abc.com");
        Assert.Equal("www.abc.xyz.com.", Assert.IsType<CnameRecord>(resolution.Answer[0]).Target.ToString());
        Assert.Equal("192.0.2.101", Assert.IsType<ARecord>(resolution.Answer[1]).Address.ToString());
    }

    [Fact]
    public void An_answer_too_big_for_a_datagram_is_fetched_by_stream()
    {
        VirtualNetwork network = new(Internets.MakeCom());
        using Run run = Run.Primed(network);
        Assert.Equal(30, Assert.IsType<TxtRecord>(
            Assert.Single(run.Resolve("big.abc.com", RRType.Txt).Answer)).Strings.Count);
    }

    [Fact]
    public void A_flushed_name_is_asked_for_again()
    {
        VirtualNetwork network = new(Internets.MakeCom());
        using Run run = Run.Primed(network);
        _ = run.Resolve("www.abc.com");
        run.Resolver.Flush(DomainName.Parse("abc.com"));
        long before = network.Internet.QueryCount;
        _ = run.Resolve("www.abc.com");
        Assert.True(network.Internet.QueryCount > before);
    }

    [Fact]
    public void TTLs_count_down_and_expired_data_is_asked_for_again()
    {
        VirtualNetwork network = new(Internets.MakeCom());
        using Run run = Run.Primed(network);
        Assert.Equal(3600u, run.Resolve("www.abc.com").Answer[0].Ttl);
        network.Advance(TimeSpan.FromSeconds(600));
        Assert.Equal(3000u, run.Resolve("www.abc.com").Answer[0].Ttl);
        network.Advance(TimeSpan.FromSeconds(3001));
        long before = network.Internet.QueryCount;
        Assert.Equal(3600u, run.Resolve("www.abc.com").Answer[0].Ttl);
        Assert.True(network.Internet.QueryCount > before);
    }

    [Fact]
    public void The_trace_tells_each_server_asked()
    {
        VirtualNetwork network = new(Internets.MakeCom());
        using Run run = Run.Primed(network);
        Resolution resolution = network.Run(async () => await run.Resolver.ResolveAsync(
            DomainName.Parse("www.abc.com"), RRType.A, new QueryOptions { Trace = true }));
        Assert.Equal(
            [".", "com.", "abc.com."],
            resolution.Trace!.Events.Where(e => e.Kind == Engine.TraceKind.Asked).Select(e => e.Zone));
    }

    [Fact]
    public void Two_resolvers_live_in_one_process_and_share_nothing()
    {
        VirtualNetwork network = new(Internets.MakeCom());
        using Run first = Run.Primed(network);
        _ = first.Resolve("www.abc.com");
        using Run second = Run.Primed(network);
        Assert.False(second.Resolver.TryGetCached(DomainName.Parse("www.abc.com"), RRType.A, out _));
        Assert.True(first.Resolver.TryGetCached(DomainName.Parse("www.abc.com"), RRType.A, out _));
    }
}
