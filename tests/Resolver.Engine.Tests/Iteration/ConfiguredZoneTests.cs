// Forward and stub zones over scripted servers: who is asked, with which bits, and what of the replies counts.
using System;
using System.Linq;
using Resolver.Wire;
using Xunit;

namespace Resolver.Engine.Tests;

public sealed class ConfiguredZoneTests
{
    private const string Forwarder = "127.0.0.7";
    private const string SecondForwarder = "192.0.2.8";
    private const string StubServer = "10.0.0.9";
    private const string ComAddress = "192.5.6.30";
    private const HeaderFlags Recursive = HeaderFlags.RecursionAvailable | HeaderFlags.RecursionDesired;

    [Fact]
    public void A_forwarder_gets_the_whole_question_with_RD_and_its_answer_needs_no_AA()
    {
        using EngineRig rig = Rig(Zone("a.test.", true, Forwarder));
        rig.Servers.Serve(Forwarder, q => Cached("x.y.z.a.test."));
        (ResolutionOutcome outcome, _, int queries) = rig.Resolve("x.y.z.a.test.", RRType.A);
        Assert.Equal(Rcode.NoError, outcome.Rcode);
        Assert.Single(outcome.Answer);
        Assert.Equal(1, queries);
        SeenQuery seen = Assert.Single(rig.Servers.Seen);
        Assert.True(seen.RecursionDesired);
        Assert.Equal("x.y.z.a.test.", seen.Name.ToCanonical().ToString());
        Assert.Equal(5300, seen.Server.Port);
        Assert.Equal(0, rig.Resolve("x.y.z.a.test.", RRType.A).Queries);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Forwarders_alone_are_asked_with_CD_by_who_validates(bool validates)
    {
        using EngineRig rig = Rig(
            o => o with { Validates = validates },
            Zone("a.test.", true, Forwarder),
            Zone("b.test.", false, StubServer));
        rig.Servers.Serve(Forwarder, q => Cached("www.a.test."));
        rig.Servers.Serve(StubServer, q => EngineRig.Answer(EngineRig.A("www.b.test.", "192.0.2.1")));
        _ = rig.Resolve("www.a.test.", RRType.A);
        _ = rig.Resolve("www.b.test.", RRType.A);
        Assert.Equal(2, rig.Servers.Seen.Select(static s => s.Address).Distinct().Count());
        Assert.All(
            rig.Servers.Seen, s => Assert.Equal(validates && s.Address == Forwarder, s.CheckingDisabled));
    }

    [Fact]
    public void The_servers_of_a_stub_zone_are_asked_without_RD_and_the_walk_goes_on_through_their_referrals()
    {
        using EngineRig rig = Rig(Zone("corp.com.", false, StubServer));
        rig.Servers.Serve(
            StubServer, q => EngineRig.Referral("lab.corp.com.", "ns.lab.corp.com.", "10.0.0.10"));
        rig.Servers.Serve("10.0.0.10", q => q.Name == EngineRig.Name("www.lab.corp.com.")
            ? EngineRig.Answer(EngineRig.A("www.lab.corp.com.", "10.0.0.80"))
            : EngineRig.Deny("lab.corp.com.", Rcode.NXDomain));
        Assert.Equal(Rcode.NoError, rig.Resolve("www.lab.corp.com.", RRType.A).Outcome.Rcode);
        Assert.Equal(["10.0.0.9", "10.0.0.10"], rig.Servers.Seen.Select(s => s.Server.Address.ToString()));
        Assert.DoesNotContain(rig.Servers.Seen, s => s.RecursionDesired);
        Assert.Equal("lab.corp.com.", rig.Servers.Seen[0].Name.ToCanonical().ToString());

        // What the stub's servers delegated is known now.
        Assert.Equal(Rcode.NXDomain, rig.Resolve("other.lab.corp.com.", RRType.A).Outcome.Rcode);
        Assert.Equal("10.0.0.10", rig.Servers.Seen[^1].Server.Address.ToString());
    }

    [Fact]
    public void The_most_specific_zone_wins()
    {
        using EngineRig rig = Rig(
            Zone(".", true, Forwarder),
            Zone("corp.com.", false, StubServer),
            Zone("x.corp.com.", true, SecondForwarder));
        foreach (string server in (string[])[Forwarder, StubServer, SecondForwarder])
        {
            rig.Servers.Serve(
                server, q => FromCache(EngineRig.Deny(q.Name.ToString(), Rcode.NXDomain), true));
        }

        Assert.Equal(Forwarder, AskedFor(rig, "www.example.org."));
        Assert.Equal(Forwarder, AskedFor(rig, "notcorp.com."));
        Assert.Equal(StubServer, AskedFor(rig, "corp.com."));
        Assert.Equal(StubServer, AskedFor(rig, "y.corp.com."));
        Assert.Equal(SecondForwarder, AskedFor(rig, "a.b.x.corp.com."));
    }

    [Theory]
    [InlineData("home.arpa.", "nas.home.arpa.", true)]
    [InlineData("nas.home.arpa.", "nas.home.arpa.", true)]
    [InlineData("nas.home.arpa.", "tv.home.arpa.", false)]
    [InlineData("10.in-addr.arpa.", "1.0.0.10.in-addr.arpa.", true)]
    [InlineData("0.10.in-addr.arpa.", "1.0.1.10.in-addr.arpa.", false)]
    [InlineData("d.f.ip6.arpa.", "1.0.0.0.d.f.ip6.arpa.", true)]
    [InlineData("test.", "www.test.", true)]
    [InlineData(".", "www.test.", false)]
    [InlineData("arpa.", "nas.home.arpa.", false)]
    public void A_configured_zone_wins_over_a_built_in_name_that_is_not_more_specific(
        string zone, string name, bool isAsked)
    {
        using EngineRig rig = Rig(Zone(zone, false, StubServer));
        rig.Servers.Serve(StubServer, q => EngineRig.Answer(EngineRig.A(name, "10.1.2.3")));
        (ResolutionOutcome outcome, _, int queries) = rig.Resolve(name, RRType.A);
        Assert.Equal(isAsked, queries > 0);
        Assert.Equal(isAsked ? Rcode.NoError : Rcode.NXDomain, outcome.Rcode);
    }

    [Fact]
    public void A_forwarder_that_speaks_of_other_zones_has_no_effect_outside_its_own()
    {
        using EngineRig rig = Rig(Zone("a.test.", true, Forwarder));
        ServeCom(rig);
        rig.Servers.Serve(Forwarder, q => FromCache(EngineRig.Answer(
                EngineRig.Cname("www.a.test.", "www.abc.com."),
                EngineRig.A("www.abc.com.", "198.51.100.66"))
            .Add(MessageSection.Authority, EngineRig.NS("com.", "ns.evil.com."))
            .Add(MessageSection.Authority, EngineRig.NS(".", "ns.evil.com."))
            .Add(MessageSection.Additional, EngineRig.A("ns.evil.com.", "198.51.100.66"))
            .Add(MessageSection.Additional, EngineRig.A("www.abc.com.", "198.51.100.66"))));
        (ResolutionOutcome outcome, _, _) = rig.Resolve("www.a.test.", RRType.A);
        Assert.Equal(["CNAME", "A"], outcome.Answer.Select(s => s.Set.Type.ToString()));
        Assert.Equal([192, 0, 2, 100], outcome.Answer[1].Set.First.ToArray());
        Assert.Equal([192, 0, 2, 100], AddressOf(rig, "www.abc.com."));
        Assert.DoesNotContain(rig.Servers.Seen, s => s.Server.Address.ToString() == "198.51.100.66");
    }

    [Fact]
    public void A_zone_around_a_configured_one_has_no_say_inside_it()
    {
        using EngineRig rig = Rig(Zone("corp.com.", false, StubServer));
        ServeCom(rig, q => EngineRig.Answer(
            EngineRig.Cname("leak.com.", "db.corp.com."), EngineRig.A("db.corp.com.", "198.51.100.66")));
        rig.Servers.Serve(StubServer, q => EngineRig.Answer(EngineRig.A("db.corp.com.", "10.0.0.5")));
        (ResolutionOutcome outcome, _, _) = rig.Resolve("leak.com.", RRType.A);
        Assert.Equal([10, 0, 0, 5], outcome.Answer[1].Set.First.ToArray());
        Assert.Equal([10, 0, 0, 5], AddressOf(rig, "db.corp.com."));
    }

    [Fact]
    public void What_the_parent_denies_does_not_hide_a_configured_zone()
    {
        using EngineRig rig = Rig(Zone("corp.com.", false, StubServer));
        ServeCom(rig, q => EngineRig.Deny("com.", Rcode.NXDomain));
        rig.Servers.Serve(StubServer, q => EngineRig.Answer(EngineRig.A("corp.com.", "10.0.0.5")));

        // The DS of the apex is the parent's to tell, and it says that the name does not exist.
        (ResolutionOutcome ds, _, _) = rig.Resolve("corp.com.", RRType.DS);
        Assert.Equal(Rcode.NoError, ds.Rcode);
        Assert.Empty(ds.Answer);
        Assert.Equal(ComAddress, rig.Servers.Seen[^1].Server.Address.ToString());
        Assert.Equal([10, 0, 0, 5], AddressOf(rig, "corp.com."));
    }

    [Fact]
    public void A_DNAME_above_a_configured_zone_does_not_reach_into_it()
    {
        using EngineRig rig = Rig(Zone("corp.abc.com.", false, StubServer));
        ServeCom(rig, q => EngineRig.Answer(EngineRig.Set(
            "abc.com.", RRType.Dname, 300, EngineRig.Name("other.com.").Wire.ToArray())));
        rig.Servers.Serve(StubServer, q => EngineRig.Answer(EngineRig.A("www.corp.abc.com.", "10.0.0.5")));
        _ = rig.Resolve("abc.com.", RRType.Dname);
        Assert.Equal("A", Assert.Single(
            rig.Resolve("www.corp.abc.com.", RRType.A).Outcome.Answer).Set.Type.ToString());
    }

    [Fact]
    public void A_silent_or_refusing_forwarder_gives_way_to_the_next_one()
    {
        using EngineRig rig = Rig(Zone(".", true, Forwarder, SecondForwarder, "192.0.2.77"));
        rig.Servers.Serve(
            SecondForwarder, q => new ScriptedReply { Rcode = Rcode.Refused, Flags = Recursive });
        rig.Servers.Serve(Forwarder, q => Cached("www.example.org."));
        Assert.Equal(Rcode.NoError, rig.Resolve("www.example.org.", RRType.A).Outcome.Rcode);
        Assert.Equal(Rcode.NoError, rig.Resolve("www.example.org.", RRType.Txt).Outcome.Rcode);
    }

    [Fact]
    public void A_forwarder_that_only_refers_is_of_no_use()
    {
        using EngineRig rig = Rig(Zone(".", true, Forwarder));
        rig.Servers.Serve(Forwarder, q => EngineRig.Referral("org.", "ns.org.", "192.0.2.1"));
        (ResolutionOutcome outcome, _, _) = rig.Resolve("www.example.org.", RRType.A);
        Assert.Equal(Rcode.ServFail, outcome.Rcode);
        Assert.Contains("does not recurse", outcome.Error!.Text, StringComparison.Ordinal);
        Assert.All(rig.Servers.Seen, s => Assert.Equal(Forwarder, s.Server.Address.ToString()));
    }

    [Fact]
    public void The_SOA_above_a_forward_zone_tells_how_long_a_denial_lives()
    {
        using EngineRig rig = Rig(Zone("a.b.test.", true, Forwarder));
        rig.Servers.Serve(Forwarder, q => FromCache(EngineRig.Deny("b.test.", Rcode.NXDomain)));
        (ResolutionOutcome outcome, _, _) = rig.Resolve("no.a.b.test.", RRType.A);
        Assert.Equal(Rcode.NXDomain, outcome.Rcode);
        Assert.Equal(60u, outcome.Denial!.Ttl);
    }

    [Fact]
    public void With_everything_forwarded_the_roots_servers_are_not_asked_for_themselves()
    {
        using EngineRig rig = Rig(o => o with { Primes = true }, Zone(".", true, Forwarder));
        rig.Servers.Serve(Forwarder, q => Cached("www.example.org."));
        Assert.True(rig.Engine.PrimeAsync().IsCompleted);
        Assert.Equal(1, rig.Resolve("www.example.org.", RRType.A).Queries);
    }

    [Fact]
    public void A_walk_under_way_when_the_rules_change_begins_anew_and_stores_nothing_by_the_old_ones()
    {
        using EngineRig rig = Rig(Zone("corp.com.", true, Forwarder));
        rig.Servers.Serve(StubServer, q => EngineRig.Answer(EngineRig.A("db.corp.com.", "10.0.0.5")));
        rig.Servers.Serve(Forwarder, q =>
        {
            rig.Engine.Parts.Local.Rules = new LocalRules(
                new ConfiguredZones([Zone("corp.com.", false, StubServer)]), null);
            return FromCache(EngineRig.Answer(EngineRig.A("db.corp.com.", "198.51.100.66")));
        });
        (ResolutionOutcome outcome, _, int queries) = rig.Resolve("db.corp.com.", RRType.A);
        Assert.Equal([10, 0, 0, 5], outcome.Answer[0].Set.First.ToArray());
        Assert.Equal(2, queries);
    }

    private static ScriptedReply Cached(string name) =>
        FromCache(EngineRig.Answer(EngineRig.A(name, "192.0.2.1")));

    private static byte[] AddressOf(EngineRig rig, string name) =>
        rig.Resolve(name, RRType.A).Outcome.Answer[0].Set.First.ToArray();

    private static ScriptedReply FromCache(ScriptedReply reply, bool isAuthoritative = false)
    {
        reply.Flags = Recursive | (isAuthoritative ? HeaderFlags.Authoritative : HeaderFlags.None);
        return reply;
    }

    private static string AskedFor(EngineRig rig, string name)
    {
        _ = rig.Resolve(name, RRType.A);
        return rig.Servers.Seen[^1].Server.Address.ToString();
    }

    private static ConfiguredZone Zone(string apex, bool isForward, params string[] servers) => new(
        EngineRig.Name(apex),
        isForward,
        [.. servers.Select(static s => new InetEndpoint(InetAddress.Parse(s), 5300))]);

    private static EngineRig Rig(params ConfiguredZone[] zones) => Rig(static o => o, zones);

    // Loopback is not to be asked, as by default: that must not hold for configured servers.
    private static EngineRig Rig(Func<EngineOptions, EngineOptions> change, params ConfiguredZone[] zones) =>
        new(o => change(o) with
        {
            Rules = new LocalRules(new ConfiguredZones(zones), null),
            MayAsk = static a => a.IsIPv6 || (uint)a.Bits >> 24 != 127,
        });

    private static void ServeCom(EngineRig rig, Func<SeenQuery, ScriptedReply>? com = null)
    {
        rig.Servers.Serve(EngineRig.RootAddress, q => EngineRig.Referral("com.", "ns.com.", ComAddress));
        rig.Servers.Serve(
            ComAddress, com ?? (q => EngineRig.Answer(EngineRig.A(q.Name.ToString(), "192.0.2.100"))));
    }
}
