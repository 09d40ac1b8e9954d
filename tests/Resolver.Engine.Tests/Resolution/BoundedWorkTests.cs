// What hostile delegations may cost: packets counted at the servers, for the THREATS rows named at each test.
// Every failure says which limit it met, or what its servers did.
using System;
using System.Linq;
using System.Threading.Tasks;
using Resolver.Wire;
using Xunit;

namespace Resolver.Engine.Tests;

public sealed class BoundedWorkTests
{
    private const string Attacker = "192.0.2.66";

    // Row 12, NXNSAttack: a referral to a thousand names, each to be looked up elsewhere.
    [Fact]
    public void A_thousand_name_servers_without_address_cost_ten_look_ups_and_the_error_says_so()
    {
        using EngineRig rig = new();
        rig.Servers.Serve(EngineRig.RootAddress, q => Zone(q) switch
        {
            "evil." => EngineRig.Referral("evil.", "ns.evil.", Attacker),
            _ => EngineRig.Deny(".", Rcode.NXDomain),
        });
        rig.Servers.Serve(Attacker, q => Servers(
            Below(q, "evil."), 1000, i => $"ns{i}.victim{i}.", _ => null));
        (ResolutionOutcome outcome, TimeSpan took, int queries) = rig.Resolve("www.a.evil.", RRType.A);
        Assert.Equal(Rcode.ServFail, outcome.Rcode);
        Assert.Contains("max-address-fetches", outcome.Error!.Text, StringComparison.Ordinal);
        Assert.InRange(queries, 3, 2 + (2 * rig.Options.Limits.MaxAddressFetches));
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    // Row 13, NRDelegation: a referral to 1500 names with silent addresses, asked for twice.
    [Fact]
    public void Fifteen_hundred_silent_name_servers_are_bounded_twice_and_cost_less_the_second_time()
    {
        ResolverLimits limits = new() { MaxRecordsPerRRset = 2048, MaxRRsetsPerReply = 1024 };
        using EngineRig rig = new(o => o with { Limits = limits });
        rig.Servers.Serve(EngineRig.RootAddress, q => Servers(
            Zone(q), 1500, i => $"ns{i}.{Zone(q)}", i => $"198.51.{100 + (i / 250)}.{1 + (i % 250)}"));
        (ResolutionOutcome outcome, TimeSpan took, int first) = rig.Resolve("www.evil.", RRType.A);
        Assert.Equal(Rcode.ServFail, outcome.Rcode);
        Assert.InRange(first, 2, rig.Options.Limits.MaxExchangesPerQuestion);
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromMilliseconds(limits.QueryDeadlineMilliseconds));
        int second = rig.Resolve("other.evil.", RRType.A).Queries;
        Assert.InRange(second, 0, first);
        Assert.InRange(
            rig.Servers.Seen.Select(s => s.Address).Distinct().Count(), 2, 1 + limits.MaxNameServers);
    }

    // Row 14, TsuNAME: the servers of each of two zones lie in the other.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_cyclic_delegation_costs_a_thousand_queries_few_packets(bool sameName)
    {
        using EngineRig rig = new();
        rig.Servers.Serve(EngineRig.RootAddress, q => Zone(q) switch
        {
            "one." => EngineRig.Referral("one.", "ns.two."),
            "two." => EngineRig.Referral("two.", "ns.one."),
            _ => EngineRig.Deny(".", Rcode.NXDomain),
        });
        for (int i = 0; i < 1000; i++)
        {
            ResolutionOutcome outcome = rig.Resolve(sameName ? "www.one." : $"n{i}.one.", RRType.A).Outcome;
            Assert.Equal(Rcode.ServFail, outcome.Rcode);
            rig.Loop.Pass(TimeSpan.FromMilliseconds(20));
        }

        Assert.InRange(rig.Servers.Seen.Count, 2, 99);
    }

    // Row 15: thirteen names, one address, always REFUSED.
    [Fact]
    public void One_address_under_thirteen_names_is_asked_twice_at_most()
    {
        using EngineRig rig = new();
        rig.Servers.Serve(EngineRig.RootAddress, q => Servers(
            Zone(q), 13, i => $"ns{i}.{Zone(q)}", _ => Attacker));
        rig.Servers.Serve(
            Attacker, _ => new ScriptedReply { Rcode = Rcode.Refused, Flags = HeaderFlags.None });
        ResolutionOutcome outcome = rig.Resolve("www.evil.", RRType.A).Outcome;
        Assert.Contains("REFUSED", outcome.Error!.Text, StringComparison.Ordinal);
        Assert.InRange(rig.Servers.Seen.Count(s => s.Address == Attacker), 1, 2);
    }

    // Row 15: glue that points at this very host.
    [Fact]
    public void Glue_that_must_not_be_asked_is_passed_over()
    {
        using EngineRig rig = new(o => o with
        {
            MayAsk = a => !a.ToString().StartsWith("0.", StringComparison.Ordinal)
                && !a.ToString().StartsWith("127.", StringComparison.Ordinal),
        });
        rig.Servers.Serve(EngineRig.RootAddress, q => EngineRig.Referral("evil.", "a.evil.", "0.0.0.0")
            .Add(MessageSection.Authority, EngineRig.NS("evil.", "b.evil."))
            .Add(MessageSection.Additional, EngineRig.A("b.evil.", "127.0.0.1")));
        Assert.Equal(Rcode.ServFail, rig.Resolve("www.evil.", RRType.A).Outcome.Rcode);
        Assert.Single(rig.Servers.Seen);
    }

    // Row 16, CAMP: each link of an alias chain is in a zone of ten name servers, which need chains of their
    // own.
    [Fact]
    public void Alias_chains_through_name_servers_that_need_chains_stay_within_the_budget()
    {
        using EngineRig rig = new();
        rig.Servers.Serve(EngineRig.RootAddress, q => EngineRig.Referral(Zone(q), "ns." + Zone(q), Attacker));
        rig.Servers.Serve(Attacker, Camp);
        for (int round = 0; round < 3; round++)
        {
            (ResolutionOutcome outcome, _, int queries) = rig.Resolve("www.c0.evil.", RRType.A);
            Assert.Equal(Rcode.ServFail, outcome.Rcode);
            Assert.NotEmpty(outcome.Error!.Text);
            Assert.InRange(queries, 0, rig.Options.Limits.MaxExchanges);
            Assert.InRange(rig.Counts.Walks, 1, (round + 1) * rig.Options.Limits.MaxWalks);
        }

        Task<ResolutionOutcome> last = rig.Engine.ResolveAsync(
            new Question(EngineRig.Name("www.c1.evil."), RRType.A, default),
            new Asker(rig.Engine.MakeBudget(), null, 0, null)).AsTask();
        _ = rig.Loop.Run(() => last.IsCompleted);
        rig.Loop.Pass(TimeSpan.FromSeconds(10));
        Assert.Equal((0L, 0), (rig.Counts.InFlight, rig.Engine.Table.Count));
    }

    // Row 16: with the delegations in the cache the look-ups cost no packet, and are counted all the same.
    [Fact]
    public void Name_servers_that_need_each_other_without_a_packet_end_at_the_walks()
    {
        using EngineRig rig = new(o => o with { Limits = new ResolverLimits { MaxWalks = 8 } });
        rig.Servers.Serve(EngineRig.RootAddress, q => EngineRig.Referral(Zone(q), "ns." + Zone(q), Attacker));
        rig.Servers.Serve(Attacker, Camp);
        ResolutionOutcome outcome = rig.Resolve("www.c0.evil.", RRType.A).Outcome;
        Assert.Contains("limit max-walks met", outcome.Error!.Text, StringComparison.Ordinal);
        Assert.Equal(8, rig.Counts.Walks);
    }

    // Row 17: servers that answer nothing useful, by every transport.
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(8)]
    public void A_server_that_only_knows_errors_is_asked_three_times_at_most(ushort rcode)
    {
        using EngineRig rig = new();
        rig.Servers.Serve(EngineRig.RootAddress, q => EngineRig.Referral("evil.", "ns.evil.", Attacker));
        rig.Servers.Serve(Attacker, _ => new ScriptedReply { Rcode = new Rcode(rcode) });
        ResolutionOutcome outcome = rig.Resolve("a.b.evil.", RRType.A).Outcome;
        Assert.Contains(Attacker, outcome.Error!.Text, StringComparison.Ordinal);
        Assert.InRange(rig.Servers.Seen.Count(s => s.Address == Attacker), 1, 3);
    }

    // The name servers of cN.evil are in chains dN-M.evil; each alias leads to the next zone.
    private static ScriptedReply Camp(SeenQuery query)
    {
        string name = query.Name.ToCanonical().ToString();
        string zone = Below(query, "evil.");
        int number = int.Parse(zone[1..zone.IndexOf('.', StringComparison.Ordinal)].Split('-')[0], null);
        return (name[0], zone[0]) switch
        {
            ('w', 'c') => EngineRig.Answer(EngineRig.Cname(name, $"www.c{number + 1}.evil.")),
            (_, 'c') => Servers(zone, 10, i => $"ns{i}.d{number + 1}-{i}.evil.", _ => null),
            _ => Servers(zone, 10, i => $"ns{i}.d{number + 1}-{i}.evil.", _ => null),
        };
    }

    private static ScriptedReply Servers(
        string zone, int count, Func<int, string> name, Func<int, string?> address)
    {
        ScriptedReply reply = new() { Flags = HeaderFlags.None };
        for (int i = 0; i < count; i++)
        {
            reply.Add(MessageSection.Authority, EngineRig.NS(zone, name(i)));
        }

        for (int i = 0; i < count && address(i) is { } glue; i++)
        {
            reply.Add(MessageSection.Additional, EngineRig.A(name(i), glue));
        }

        return reply;
    }

    private static string Zone(SeenQuery query) => query.Name.Suffix(1).ToCanonical().ToString();

    private static string Below(SeenQuery query, string zone) =>
        query.Name.Suffix(EngineRig.Name(zone).LabelCount + 1).ToCanonical().ToString();
}
