// limits.client-queries-per-second: what a client that asks more often gets, and that nobody else notices.
using System;
using System.Linq;
using Resolver.Wire;
using Xunit;

namespace Resolver.Tests;

public sealed class RateLimitTests
{
    private const string Greedy = "192.0.2.150";
    private const string Other = "192.0.2.151";

    private static ResolverOptions Ten => new() { ClientQueriesPerSecond = 10 };

    [Fact]
    public void A_client_gets_a_seconds_worth_at_once_and_its_rate_afterwards()
    {
        using Crowd crowd = new(Ten);
        CrowdQuery[] first = Ask(crowd, Greedy, 30);
        Assert.Equal(10, first.Count(static q => q.IsGood));
        crowd.Pass(500);
        Assert.InRange(Ask(crowd, Greedy, 30).Count(static q => q.IsGood), 4, 6);
        crowd.Pass(60_000);
        Assert.Equal(10, Ask(crowd, Greedy, 30).Count(static q => q.IsGood));
    }

    [Fact]
    public void A_flood_under_the_name_of_a_client_leaves_it_the_way_by_stream()
    {
        using Crowd crowd = new(Ten);
        CrowdQuery[] flood = Flood(crowd, 100);
        Assert.Contains(flood, static q => q.IsTruncated);
        CrowdQuery stream = crowd.Ask(Greedy, "www.abc.com", CrowdTransport.Stream);
        crowd.Pass(100);
        Assert.True(stream.IsGood);
    }

    [Fact]
    public void Of_unproven_queries_too_many_half_get_TC_and_half_nothing()
    {
        using Crowd crowd = new(Ten);
        CrowdQuery[] more = Flood(crowd, 110)[10..];
        Assert.Equal(50, more.Count(static q => q.IsTruncated));
        Assert.Equal(50, more.Count(static q => q.Ends == 1 && q.Octets.Length == 0));
        Assert.Equal([new("client-queries-per-second", 100)], crowd.Works.Counts.Limits.Met);
    }

    [Fact]
    public void By_stream_too_many_queries_are_refused_with_the_reason()
    {
        using Crowd crowd = new(Ten);
        CrowdQuery[] queries = [.. Enumerable.Range(0, 11).Select(
            _ => crowd.Ask(Greedy, "www.abc.com", CrowdTransport.Stream))];
        crowd.Pass(100);
        Assert.Equal(10, queries.Count(static q => q.IsGood));
        Assert.Equal(Rcode.Refused, queries[^1].Rcode);
        Assert.Contains("limit client-queries-per-second met", queries[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Others_do_not_notice()
    {
        using Crowd crowd = new(Ten);
        _ = Flood(crowd, 1000);
        Assert.All(Ask(crowd, Other, 10), static q => Assert.True(q.IsGood));
    }

    [Fact]
    public void A_crowd_larger_than_the_table_is_served()
    {
        ClientRateLimit limit = new(10, 0x1234_5678_9ABC_DEF1);
        int admitted = 0;
        for (ulong client = 0; client < 200_000; client++)
        {
            admitted += limit.Admits(new ClientKey(client, true), TimeSpan.TicksPerDay) ? 1 : 0;
        }

        Assert.Equal(200_000, admitted);
    }

    // With one ID after the other, in a millisecond.
    private static CrowdQuery[] Flood(Crowd crowd, int count)
    {
        CrowdQuery[] queries = [.. Enumerable.Range(0, count).Select(id =>
        {
            byte[] query = Crowd.MakeQuery("www.abc.com", RRType.A);
            query[1] = (byte)id;
            return crowd.Send(Greedy, query);
        })];
        crowd.Pass(1);
        return queries;
    }

    private static CrowdQuery[] Ask(Crowd crowd, string client, int count)
    {
        CrowdQuery[] queries = [.. Enumerable.Range(0, count).Select(_ => crowd.Ask(client, "www.abc.com"))];
        crowd.Pass(100);
        return queries;
    }
}
