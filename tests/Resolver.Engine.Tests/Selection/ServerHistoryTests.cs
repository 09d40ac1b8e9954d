// Timeouts made from what was measured: RFC 6298 with the bounds of the limits.
using System;
using System.Net;
using Resolver.Wire;
using Xunit;

namespace Resolver.Engine.Tests;

public sealed class ServerHistoryTests
{
    private static readonly ResolverLimits Limits = ResolverLimits.Default;

    [Fact]
    public void A_zone_made_to_have_the_same_hash_as_another_does_not_make_its_servers_lame()
    {
        DomainName zone = DomainName.Parse("averylongvictim.com");
        DomainName made = DomainName.Parse("noavqzaq7g06xog.com");
        Assert.Equal(NameOctets.Hash(zone.Wire, 0), NameOctets.Hash(made.Wire, 0));
        ServerHistoryStore store = new(Limits, new CryptographicRandomSource());
        InetEndpoint server = new(InetAddress.Parse("192.0.2.1"), 53);
        store.MarkLame(server, made, 1);
        Assert.NotNull(store.LameSince(server, made, 2));
        Assert.Null(store.LameSince(server, zone, 2));
    }

    [Theory]
    [InlineData(64)]
    [InlineData(1000)]
    public void Lameness_is_remembered_of_no_more_servers_and_zones_than_the_limit(int most)
    {
        ServerHistoryStore store = new(
            new ResolverLimits { MaxLameMarks = most }, new CryptographicRandomSource());
        InetEndpoint server = new(InetAddress.Parse("192.0.2.1"), 53);
        DomainName[] zones = new DomainName[20_000];
        for (int i = 0; i < zones.Length; i++)
        {
            zones[i] = DomainName.Parse($"z{i}.example");
            store.MarkLame(server, zones[i], 1);
        }

        int kept = System.Linq.Enumerable.Count(zones, z => store.LameSince(server, z, 2) is not null);
        Assert.InRange(kept, most * 9 / 10, most);
    }

    [Fact]
    public void A_server_never_heard_from_is_given_the_first_timeout() =>
        Assert.Equal(
            Milliseconds(Limits.FirstTimeoutMilliseconds), default(ServerHistory).NextTimeout(Limits));

    [Fact]
    public void A_steady_server_is_given_its_round_trip_and_the_least_margin()
    {
        ServerHistory history = default;
        for (int i = 0; i < 100; i++)
        {
            history.AddRoundTrip(TimeSpan.FromMilliseconds(20), 0);
        }

        double margin = history.NextTimeout(Limits).TotalMilliseconds - 20;
        Assert.InRange(margin, Limits.MinTimeoutMilliseconds - 1, Limits.MinTimeoutMilliseconds + 1);
    }

    [Fact]
    public void Timeouts_one_after_another_double_the_wait_up_to_the_ceiling()
    {
        ServerHistory history = default;
        history.AddTimeout(0, 10, Limits);
        Assert.Equal(TimeSpan.FromMilliseconds(800), history.NextTimeout(Limits));
        history.AddTimeout(10, 20, Limits);
        Assert.Equal(TimeSpan.FromMilliseconds(1600), history.NextTimeout(Limits));
        history.AddTimeout(20, 30, Limits);
        history.AddTimeout(30, 40, Limits);
        Assert.Equal(Milliseconds(Limits.MaxTimeoutMilliseconds), history.NextTimeout(Limits));
    }

    [Fact]
    public void A_burst_that_is_lost_at_once_counts_as_one_timeout()
    {
        ServerHistory history = default;
        for (int i = 0; i < 20; i++)
        {
            history.AddTimeout(i, 1000 + i, Limits);
        }

        Assert.Equal(1, history.Timeouts);
    }

    [Fact]
    public void A_reply_ends_the_doubling()
    {
        ServerHistory history = default;
        history.AddTimeout(0, 10, Limits);
        history.AddRoundTrip(TimeSpan.FromMilliseconds(20), 0);
        Assert.Equal(0, history.Timeouts);
    }

    [Fact]
    public void A_stream_is_given_time_for_a_lost_SYN()
    {
        ServerList servers = new();
        InetEndpoint loopback = InetEndpoint.From(new IPEndPoint(IPAddress.Loopback, 53));
        _ = servers.Add(ServerName.Of(EngineRig.Name("ns.test.")), loopback, isOut: false);
        servers.Candidates[0].NeedsTcp = true;
        CryptographicRandomSource random = new();
        NameServerSelector selector = new(new ServerHistoryStore(Limits, random), random, Limits);
        ServerChoice choice = selector.Pick(servers.Candidates, isHeard: false, 0);
        Assert.Equal(ExchangeTransport.Tcp, choice.Transport);
        Assert.Equal(Milliseconds(Limits.MinTcpTimeoutMilliseconds), choice.Timeout);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_silent_forwarder_is_asked_all_the_same_unless_another_has_replied(bool isHeard)
    {
        ServerList servers = new();
        InetEndpoint endpoint = InetEndpoint.From(new IPEndPoint(IPAddress.Loopback, 53));
        _ = servers.Add(ServerName.Of(EngineRig.Name(".")), endpoint, isOut: false);
        servers.Candidates[0].IsRecursive = true;
        CryptographicRandomSource random = new();
        ServerHistoryStore histories = new(Limits, random);
        for (int i = 0; i < Limits.MaxSilence; i++)
        {
            histories.Change(
                endpoint, i, static (ref ServerHistory h, long at) => h.AddTimeout(at, at, Limits), (long)i);
        }

        NameServerSelector selector = new(histories, random, Limits);
        Assert.Equal(isHeard ? -1 : 0, selector.Pick(servers.Candidates, isHeard, Limits.MaxSilence).Index);
    }

    private static TimeSpan Milliseconds(int count) => TimeSpan.FromMilliseconds(count);
}
