// The walk from the root hints to an answer, over scripted servers: what is asked of whom, and what it costs.
using System;
using System.Linq;
using System.Net;
using Resolver.Wire;
using Xunit;

namespace Resolver.Engine.Tests;

public sealed class WalkTests
{
    private const string ComAddress = "192.5.6.30";
    private const string AbcAddress = "192.0.2.53";

    [Fact]
    public void A_name_three_zones_down_costs_one_query_per_zone_and_nothing_when_warm()
    {
        using EngineRig rig = MakeComAbc();
        (ResolutionOutcome cold, TimeSpan took, int queries) = rig.Resolve("www.abc.com.", RRType.A);
        Assert.Equal(Rcode.NoError, cold.Rcode);
        Assert.Equal("www.abc.com.", Assert.Single(cold.Answer).Set.OwnerName.ToString());
        Assert.Equal(3, queries);
        Assert.Equal(TimeSpan.FromMilliseconds(30), took);

        (ResolutionOutcome warm, TimeSpan again, int none) = rig.Resolve("www.abc.com.", RRType.A);
        Assert.Equal(Rcode.NoError, warm.Rcode);
        Assert.Equal(0, none);
        Assert.Equal(TimeSpan.Zero, again);
    }

    [Fact]
    public void Servers_above_the_zone_see_one_label_more_than_they_serve()
    {
        using EngineRig rig = MakeComAbc();
        _ = rig.Resolve("www.abc.com.", RRType.MX);
        Assert.Equal(["com.", "abc.com.", "www.abc.com."], rig.Servers.Seen.Select(s => s.Name.ToCanonical().ToString()));
        Assert.Equal([RRType.A, RRType.A, RRType.MX], rig.Servers.Seen.Select(s => s.Type));
    }

    [Fact]
    public void A_part_of_a_name_that_is_known_to_exist_is_not_asked_for_again()
    {
        using EngineRig rig = MakeComAbc();
        Assert.Equal(4, rig.Resolve("a.mid.abc.com.", RRType.A).Queries);
        Assert.Equal(1, rig.Resolve("b.mid.abc.com.", RRType.A).Queries);
        Assert.Equal("b.mid.abc.com.", rig.Servers.Seen[^1].Name.ToCanonical().ToString());

        // Known with an address, or to have none; in time it is asked for again.
        Assert.Equal(1, rig.Resolve("www.abc.com.", RRType.A).Queries);
        Assert.Equal(1, rig.Resolve("below.www.abc.com.", RRType.A).Queries);
        rig.Loop.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(2, rig.Resolve("c.mid.abc.com.", RRType.A).Queries);
    }

    [Fact]
    public void A_name_that_does_not_exist_is_denied_and_the_denial_is_remembered()
    {
        using EngineRig rig = MakeComAbc();
        (ResolutionOutcome outcome, _, _) = rig.Resolve("nope.abc.com.", RRType.A);
        Assert.Equal(Rcode.NXDomain, outcome.Rcode);
        Assert.NotNull(outcome.Denial);
        (ResolutionOutcome again, _, int queries) = rig.Resolve("nope.abc.com.", RRType.Txt);
        Assert.Equal(Rcode.NXDomain, again.Rcode);
        Assert.Equal(0, queries);
    }

    [Fact]
    public void An_alias_into_another_zone_is_followed()
    {
        using EngineRig rig = MakeComAbc();
        (ResolutionOutcome outcome, _, _) = rig.Resolve("alias.abc.com.", RRType.A);
        Assert.Equal(Rcode.NoError, outcome.Rcode);
        Assert.Equal(["CNAME", "A"], outcome.Answer.Select(s => s.Set.Type.ToString()));
        Assert.Equal("www.other.com.", outcome.Answer[1].Set.OwnerName.ToString());
    }

    [Fact]
    public void Aliases_in_a_circle_end_in_failure()
    {
        using EngineRig rig = MakeComAbc();
        (ResolutionOutcome outcome, _, _) = rig.Resolve("loop1.abc.com.", RRType.A);
        Assert.Equal(Rcode.ServFail, outcome.Rcode);
        Assert.Contains("circle", outcome.Error!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_delegation_without_glue_is_followed_through_its_servers_address()
    {
        using EngineRig rig = MakeComAbc();
        (ResolutionOutcome outcome, _, _) = rig.Resolve("www.glueless.com.", RRType.A);
        Assert.Equal(Rcode.NoError, outcome.Rcode);
    }

    [Fact]
    public void A_servers_zone_leads_to_it_by_its_glue_while_its_address_is_looked_up()
    {
        using EngineRig rig = MakeComAbc();
        (ResolutionOutcome outcome, TimeSpan took, int queries) = rig.Resolve("www.far.com.", RRType.A);
        Assert.Equal(Rcode.NoError, outcome.Rcode);
        Assert.Equal(5, queries);
        Assert.Equal(TimeSpan.FromMilliseconds(40), took);

        // The address has expired, the delegation of its zone has not: there is nothing to look up.
        rig.Loop.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(2, rig.Resolve("www.far2.com.", RRType.A).Queries);
    }

    [Fact]
    public void A_servers_own_address_is_used_where_the_glue_of_its_zone_is_dead()
    {
        using EngineRig rig = MakeComAbc();
        (ResolutionOutcome outcome, TimeSpan took, _) = rig.Resolve("www.moved.com.", RRType.A);
        Assert.Equal(Rcode.NoError, outcome.Rcode);
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromMilliseconds(300));
    }

    [Fact]
    public void A_name_server_silent_on_its_IPv4_address_is_looked_up_and_asked_on_IPv6()
    {
        using EngineRig rig = MakeComAbc();
        rig.Servers.Serve("2001:db8::53", AbcSays);
        (ResolutionOutcome outcome, _, _) = rig.Resolve("www.half.com.", RRType.A);
        Assert.Equal(Rcode.NoError, outcome.Rcode);
        (outcome, _, _) = rig.Resolve("www2.half.com.", RRType.A);
        Assert.Equal(Rcode.NXDomain, outcome.Rcode);
    }

    [Fact]
    public void Delegations_that_need_each_other_end_in_failure_after_few_queries()
    {
        using EngineRig rig = MakeComAbc();
        (ResolutionOutcome outcome, _, int queries) = rig.Resolve("www.cycle1.com.", RRType.A);
        Assert.Equal(Rcode.ServFail, outcome.Rcode);
        Assert.InRange(queries, 1, 20);
    }

    [Fact]
    public void A_zone_whose_server_is_silent_fails_by_the_deadline_and_the_failure_is_remembered()
    {
        using EngineRig rig = MakeComAbc();
        (ResolutionOutcome outcome, TimeSpan took, _) = rig.Resolve("www.dead.com.", RRType.A);
        Assert.Equal(Rcode.ServFail, outcome.Rcode);
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(4.6));
        (ResolutionOutcome again, _, int queries) = rig.Resolve("www.dead.com.", RRType.A);
        Assert.Equal(ExtendedErrorCode.CachedError, again.Error!.Code);
        Assert.Equal(0, queries);
    }

    [Fact]
    public void A_silent_server_does_not_use_up_the_time_of_one_whose_address_must_be_looked_up()
    {
        using EngineRig rig = MakeComAbc();
        rig.Servers.Serve(ComAddress, q => q.Name.IsSubdomainOf(EngineRig.Name("half.com."))
            ? EngineRig.Referral("half.com.", "ns.half.com.", "192.0.2.250")
                .Add(MessageSection.Authority, EngineRig.NS("half.com.", "ns.abc.com."))
            : EngineRig.Referral("abc.com.", "ns.abc.com.", AbcAddress));
        rig.Servers.Serve(AbcAddress, q => q.Name == EngineRig.Name("ns.abc.com.")
            ? EngineRig.Answer(EngineRig.A("ns.abc.com.", AbcAddress))
            : EngineRig.Answer(EngineRig.A("www.half.com.", "192.0.2.9")));
        (ResolutionOutcome outcome, TimeSpan took, _) = rig.Resolve("www.half.com.", RRType.A);
        Assert.Equal(Rcode.NoError, outcome.Rcode);
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void The_delegation_signer_is_asked_of_the_parent()
    {
        using EngineRig rig = MakeComAbc();
        _ = rig.Resolve("www.abc.com.", RRType.A);
        (ResolutionOutcome outcome, _, int queries) = rig.Resolve("abc.com.", RRType.DS);
        Assert.Equal(Rcode.NoError, outcome.Rcode);
        Assert.Equal(1, queries);
        Assert.Equal(InetAddress.Parse(ComAddress), rig.Servers.Seen[^1].Server.Address);
    }

    [Fact]
    public void Records_of_other_zones_in_an_answer_are_not_believed()
    {
        using EngineRig rig = MakeComAbc();
        rig.Servers.Serve(AbcAddress, _ => EngineRig.Answer(
            EngineRig.Cname("www.abc.com.", "www.victim.com."), EngineRig.A(
                "www.victim.com.", "192.0.2.66")));
        (ResolutionOutcome outcome, _, _) = rig.Resolve("www.abc.com.", RRType.A);
        Assert.DoesNotContain(outcome.Answer, s => s.Set.Type == RRType.A && s.Set.First.SequenceEqual(new byte[] { 192, 0, 2, 66 }));
    }

    private static EngineRig MakeComAbc()
    {
        EngineRig rig = new();
        rig.Servers.Serve(EngineRig.RootAddress, q => EngineRig.Referral("com.", "a.gtld.com.", ComAddress));
        rig.Servers.Serve(ComAddress, ComSays);
        rig.Servers.Serve(AbcAddress, AbcSays);
        return rig;
    }

    private static ScriptedReply ComSays(SeenQuery query)
    {
        string zone = query.Name.Suffix(2).ToCanonical().ToString();
        return query.Type == RRType.DS ? EngineRig.Deny("com.", Rcode.NoError) : zone switch
        {
            "abc.com." or "other.com." => EngineRig.Referral(zone, "ns1." + zone, AbcAddress),
            "glueless.com." => EngineRig.Referral(zone, "ns.other.com."),
            "far.com." or "far2.com." => EngineRig.Referral(zone, "ns.host.com."),
            "host.com." => EngineRig.Referral(zone, "ns.host.com.", AbcAddress),
            "moved.com." => EngineRig.Referral(zone, "ns.mover.com."),
            "mover.com." => EngineRig.Referral(zone, "ns.mover.com.", "192.0.2.99")
                .Add(MessageSection.Authority, EngineRig.NS(zone, "ns1.mover.com."))
                .Add(MessageSection.Additional, EngineRig.A("ns1.mover.com.", AbcAddress)),
            "half.com." => EngineRig.Referral(zone, "nshalf.other.com."),
            "cycle1.com." => EngineRig.Referral(zone, "ns.cycle2.com."),
            "cycle2.com." => EngineRig.Referral(zone, "ns.cycle1.com."),
            "dead.com." => EngineRig.Referral(zone, "ns." + zone, "192.0.2.99"),
            _ => EngineRig.Deny("com.", Rcode.NXDomain),
        };
    }

    private static ScriptedReply AbcSays(SeenQuery query)
    {
        string name = query.Name.ToCanonical().ToString();
        string zone = query.Name.Suffix(2).ToCanonical().ToString();
        return (name.Split('.')[0], query.Type.ToString()) switch
        {
            ("www" or "ns" or "ns1", "A") =>
                EngineRig.Answer(EngineRig.A(name, name[0] == 'n' ? AbcAddress : "192.0.2.1")),
            ("nshalf", "A") => EngineRig.Answer(EngineRig.A(name, "192.0.2.98")),
            ("nshalf", "AAAA") => EngineRig.Answer(EngineRig.Set(
                name, RRType.Aaaa, 300, IPAddress.Parse("2001:db8::53").GetAddressBytes())),
            ("www" or "mid", _) => EngineRig.Deny(zone, Rcode.NoError),
            ("a" or "b" or "c" or "below", "A") => EngineRig.Answer(EngineRig.A(name, "192.0.2.2")),
            ("alias", _) => EngineRig.Answer(EngineRig.Cname(name, "www.other.com.")),
            ("loop1", _) => EngineRig.Answer(EngineRig.Cname(name, "loop2.other.com.")),
            ("loop2", _) => EngineRig.Answer(EngineRig.Cname(name, "loop1.abc.com.")),
            _ => EngineRig.Deny(zone, Rcode.NXDomain),
        };
    }
}
