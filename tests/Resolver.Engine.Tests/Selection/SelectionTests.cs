// Which server is asked when, and what it costs the client: late and silent servers, broken families, lame
// servers, servers got to know in the background. Counts and virtual time.
using System;
using System.Linq;
using System.Net;
using Resolver.Wire;
using Xunit;

namespace Resolver.Engine.Tests;

public sealed class SelectionTests
{
    private const string First = "192.0.2.1";
    private const string Second = "192.0.2.2";
    private static readonly ResolverLimits Quiet = new() { ProbePercent = 0 };

    [Fact]
    public void Beside_a_silent_server_another_is_asked_as_soon_as_the_reply_is_late()
    {
        using EngineRig rig = Com(Quiet with { HedgeMilliseconds = 200 }, First, Second);
        rig.Servers.Serve(First, Address);
        rig.Servers.RoundTrips[InetAddress.Parse(First)] = TimeSpan.FromMilliseconds(95);
        while (!Known(rig, First).IsKnown)
        {
            _ = AsksAfter(rig, First, 1);
        }

        rig.Servers.Serve(First, _ => null);
        rig.Servers.Serve(Second, Address);
        (ResolutionOutcome outcome, TimeSpan took, int queries) = rig.Resolve("www.com.", RRType.A);
        Assert.Equal((Rcode.NoError, 2), (outcome.Rcode, queries));
        Assert.InRange(took.TotalMilliseconds, 210, 220);
    }

    [Fact]
    public void A_reply_that_comes_after_another_servers_teaches_the_round_trip_and_nothing_else()
    {
        using EngineRig rig = Com(Quiet, First, Second);
        rig.Servers.Serve(First, Address);
        rig.Servers.Serve(Second, Address);
        rig.Servers.RoundTrips[InetAddress.Parse(First)] = TimeSpan.FromMilliseconds(250);
        rig.Servers.RoundTrips[InetAddress.Parse(Second)] = TimeSpan.FromMilliseconds(250);
        (ResolutionOutcome outcome, TimeSpan took, int queries) = rig.Resolve("www.com.", RRType.A);
        Assert.Equal((Rcode.NoError, 3), (outcome.Rcode, queries));
        Assert.Equal(260, took.TotalMilliseconds);
        Assert.Equal(1, rig.Servers.UnderWay);
        rig.Loop.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(0, rig.Servers.UnderWay);
        Assert.True(Known(rig, First).IsKnown && Known(rig, Second).IsKnown);
        Assert.Equal(0, rig.Counts.InFlight);
    }

    [Fact]
    public void The_server_that_replies_sooner_is_asked_from_then_on()
    {
        using EngineRig rig = Com(Quiet, First, Second);
        rig.Servers.Serve(First, Address);
        rig.Servers.Serve(Second, Address);
        rig.Servers.RoundTrips[InetAddress.Parse(First)] = TimeSpan.FromMilliseconds(250);
        for (int i = 0; i < 20; i++)
        {
            _ = rig.Resolve($"n{i}.com.", RRType.A);
        }

        Assert.InRange(rig.Servers.Seen.Count(s => s.Address == First), 0, 1);
    }

    [Fact]
    public void A_better_server_is_found_in_the_background_at_nobodys_expense()
    {
        using EngineRig rig = Com(new ResolverLimits { ProbePercent = 50 }, First, Second);
        rig.Servers.Serve(First, Address);
        rig.Servers.Serve(Second, Address);
        rig.Servers.RoundTrips[InetAddress.Parse(First)] = TimeSpan.FromMilliseconds(40);
        rig.Servers.RoundTrips[InetAddress.Parse(Second)] = TimeSpan.FromMilliseconds(5);
        for (int i = 0; i < 40; i++)
        {
            TimeSpan took = rig.Resolve($"n{i}.com.", RRType.A).Took;
            Assert.InRange(took.TotalMilliseconds, 5, 50);
            rig.Loop.Pass(TimeSpan.FromMilliseconds(100));
        }

        Assert.True(Known(rig, First).IsKnown && Known(rig, Second).IsKnown);
        Assert.Equal(5, rig.Resolve("last.com.", RRType.A).Took.TotalMilliseconds);
    }

    [Fact]
    public void A_server_measured_a_moment_ago_is_not_asked_in_the_background()
    {
        using EngineRig rig = Com(new ResolverLimits { ProbePercent = 50 }, First, Second);
        rig.Servers.Serve(First, Address);
        rig.Servers.Serve(Second, Address);
        rig.Servers.RoundTrips[InetAddress.Parse(First)] = TimeSpan.FromMilliseconds(40);
        rig.Servers.RoundTrips[InetAddress.Parse(Second)] = TimeSpan.FromMilliseconds(5);
        for (int i = 0; i < 100; i++)
        {
            _ = rig.Resolve($"n{i}.com.", RRType.A);
        }

        // Until the first reply is there, 40 ms later, others may ask too.
        Assert.True(Known(rig, First).IsKnown && Known(rig, Second).IsKnown);
        int asked = rig.Servers.Seen.Count(s => s.Address == First);
        Assert.InRange(asked, 1, 10);
        rig.Loop.Pass(TimeSpan.FromSeconds(20));
        for (int i = 100; i < 200; i++)
        {
            _ = rig.Resolve($"n{i}.com.", RRType.A);
        }

        Assert.InRange(rig.Servers.Seen.Count(s => s.Address == First) - asked, 1, 10);
    }

    [Fact]
    public void Beside_a_query_by_tcp_nobody_is_asked_in_the_background()
    {
        using EngineRig rig = Com(new ResolverLimits { ProbePercent = 50 }, First, Second);
        rig.Servers.Serve(First, q => q.Transport == ExchangeTransport.Tcp
            ? Address(q)
            : new ScriptedReply { Flags = HeaderFlags.Truncated });
        rig.Servers.Serve(Second, _ => null);
        for (int i = 0; i < 40; i++)
        {
            _ = rig.Resolve($"n{i}.com.", RRType.A);
            rig.Loop.Pass(TimeSpan.FromMinutes(1));
        }

        (SeenQuery Before, SeenQuery After)[] pairs =
            [.. rig.Servers.Seen.Zip(rig.Servers.Seen.Skip(1))];
        Assert.Contains(pairs, static p => p.Before.Address == First && p.After.Address == Second);
        Assert.DoesNotContain(pairs, static p => p.Before.Transport == ExchangeTransport.Tcp
            && p.Before.Address == First && p.After.Address == Second);
    }

    [Fact]
    public void A_host_without_IPv6_loses_nothing_after_the_first_timeouts_and_finds_out_when_it_works_again()
    {
        ResolverLimits limits = Quiet with { MaxFamilySilence = 3 };
        using EngineRig rig = new(o => o with { Limits = limits });
        bool works = false;
        rig.Servers.Serve(EngineRig.RootAddress, q => Zone(q.Name.Suffix(1).ToCanonical().ToString()));
        for (int i = 0; i < 60; i++)
        {
            rig.Servers.Serve($"198.51.100.{i}", Address);
            rig.Servers.Serve($"2001:db8::{i:x}", q => works ? Address(q) : null);
        }

        int slow = Enumerable.Range(0, 40).Count(i => IsSlow(rig, i));
        Assert.InRange(slow, 1, 3 * limits.MaxFamilySilence);
        Assert.Equal(0, Enumerable.Range(42, 18).Count(i => IsSlow(rig, i)));
        Assert.True(rig.Histories.Families.IsDown(true));

        works = true;
        rig.Loop.Pass(TimeSpan.FromSeconds(2));
        Assert.False(IsSlow(rig, 41));
        rig.Loop.Pass(TimeSpan.FromSeconds(2));
        Assert.False(rig.Histories.Families.IsDown(true));
    }

    [Fact]
    public void A_server_silent_too_often_is_left_alone_for_a_while_and_costs_a_query_now_and_then()
    {
        ResolverLimits limits = new()
        {
            MaxSilence = 3,
            SilencePauseMilliseconds = 8000,
            FailureTtlMilliseconds = 1000,
        };
        using EngineRig rig = Com(limits, First);
        rig.Servers.Serve(First, _ => null);
        Assert.Equal(3, AsksAfter(rig, First, 0));
        Assert.Equal(0, AsksAfter(rig, First, 0));
        string text = rig.Resolve("why.com.", RRType.A).Outcome.Error!.Text;
        Assert.Contains("max-silence", text, StringComparison.Ordinal);
        int later = Enumerable.Range(0, 100).Sum(_ => AsksAfter(rig, First, 0.5));
        Assert.InRange(later, 5, 20);

        rig.Servers.Serve(First, Address);
        rig.Loop.Pass(TimeSpan.FromSeconds(9));
        Assert.Equal(Rcode.NoError, rig.Resolve("back.com.", RRType.A).Outcome.Rcode);
    }

    [Fact]
    public void A_lame_server_is_left_alone_while_another_serves_the_zone()
    {
        ResolverLimits limits = Quiet with { LameMilliseconds = 60000 };
        using EngineRig rig = Com(limits, First, Second);
        rig.Servers.Serve(First, _ => new ScriptedReply { Rcode = Rcode.Refused, Flags = HeaderFlags.None });
        rig.Servers.Serve(Second, Address);
        rig.Servers.RoundTrips[InetAddress.Parse(Second)] = TimeSpan.FromMilliseconds(390);
        _ = AsksAfter(rig, First, 0);
        _ = AsksAfter(rig, First, 0);
        Assert.Equal(1, rig.Servers.Seen.Count(s => s.Address == First));
        Assert.Equal(0, AsksAfter(rig, First, 58));
        Assert.Equal(1, AsksAfter(rig, First, 3));
    }

    [Fact]
    public void A_zone_whose_servers_were_all_lame_has_them_asked_again_after_a_moment()
    {
        ResolverLimits limits = new() { LameRetryMilliseconds = 3000 };
        using EngineRig rig = Com(limits, First);
        rig.Servers.Serve(First, _ => new ScriptedReply { Rcode = Rcode.Refused, Flags = HeaderFlags.None });
        Assert.Equal(1, AsksAfter(rig, First, 0));
        Assert.Equal(0, AsksAfter(rig, First, 2));
        rig.Servers.Serve(First, Address);
        Assert.Equal(1, AsksAfter(rig, First, 1));
    }

    [Fact]
    public void What_a_server_cannot_do_is_tried_again_after_its_time()
    {
        using EngineRig rig = Com(new ResolverLimits { ServerMemoryMilliseconds = 60000 }, First);
        rig.Servers.Serve(First, q => q.HasEdns
            ? new ScriptedReply { Rcode = Rcode.FormErr, Flags = HeaderFlags.None } : Address(q));
        Assert.Equal(2, AsksAfter(rig, First, 0));
        Assert.Equal(1, AsksAfter(rig, First, 58));
        Assert.Equal(2, AsksAfter(rig, First, 3));
    }

    private static ServerHistory Known(EngineRig rig, string address) => rig.Histories.Get(
        new InetEndpoint(InetAddress.Parse(address), 53), rig.Loop.Clock.GetTimestamp());

    private static int AsksAfter(EngineRig rig, string address, double seconds)
    {
        rig.Loop.Pass(TimeSpan.FromSeconds(seconds));
        int before = rig.Servers.Seen.Count(s => s.Address == address);
        _ = rig.Resolve($"n{rig.Servers.Seen.Count}x{rig.Loop.Clock.GetTimestamp()}.com.", RRType.A);
        return rig.Servers.Seen.Count(s => s.Address == address) - before;
    }

    private static bool IsSlow(EngineRig rig, int number) =>
        rig.Resolve($"www.z{number}.", RRType.A).Took > TimeSpan.FromMilliseconds(50);

    private static ScriptedReply Address(SeenQuery query) =>
        EngineRig.Answer(EngineRig.A(query.Name.ToCanonical().ToString(), "192.0.2.99"));

    // Each zone has a server with an IPv6 address of its own, and one with an IPv4 address.
    private static ScriptedReply Zone(string zone)
    {
        string number = int.Parse(zone[1..^1], null).ToString("x", null);
        return EngineRig.Referral(zone, $"six.{zone}")
            .Add(MessageSection.Authority, EngineRig.NS(zone, $"four.{zone}"))
            .Add(MessageSection.Additional, EngineRig.Set(
                $"six.{zone}", RRType.Aaaa, 300, IPAddress.Parse($"2001:db8::{number}").GetAddressBytes()))
            .Add(MessageSection.Additional, EngineRig.A($"four.{zone}", $"198.51.100.{zone[1..^1]}"));
    }

    // com. with servers at the addresses.
    private static EngineRig Com(ResolverLimits limits, params string[] addresses)
    {
        EngineRig rig = new(o => o with { Limits = limits });
        ScriptedReply referral = new() { Flags = HeaderFlags.None };
        foreach (string address in addresses)
        {
            string server = $"ns{address[^1]}.com.";
            referral.Add(MessageSection.Authority, EngineRig.NS("com.", server, 86400));
            referral.Add(MessageSection.Additional, EngineRig.A(server, address, 86400));
        }

        rig.Servers.Serve(EngineRig.RootAddress, _ => referral);
        return rig;
    }
}
