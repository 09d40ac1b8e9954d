// Each bound of the walk is reached: at it nothing happens, beyond it the walk ends and says which it was.
using System;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Resolver.Wire;
using Xunit;

namespace Resolver.Engine.Tests;

public sealed class LimitTests
{
    private const string ComAddress = "192.5.6.30";

    [Fact]
    public void An_alias_chain_as_long_as_the_limit_is_followed_and_a_longer_one_is_not()
    {
        using EngineRig rig = Chain(new ResolverLimits { MaxAliases = 4 });
        Assert.Equal(Rcode.NoError, rig.Resolve("a4.com.", RRType.A).Outcome.Rcode);
        Refused(rig, "a6.com.", "max-aliases");
    }

    [Fact]
    public void Referrals_beyond_the_limit_are_not_followed()
    {
        using EngineRig rig = Deep(new ResolverLimits { MaxReferrals = 3 });
        Refused(rig, "d.c.b.a.com.", "max-referrals");
    }

    [Fact]
    public void Exchanges_for_one_question_end_at_the_limit()
    {
        using EngineRig rig = Deep(new ResolverLimits { MaxExchangesPerQuestion = 4 });
        Refused(rig, "e.d.c.b.a.com.", "max-exchanges-per-question");
        Assert.Equal(4, rig.Servers.Seen.Count);
    }

    [Fact]
    public void Octets_received_beyond_the_limit_end_the_query()
    {
        using EngineRig rig = new(o => o with { Limits = new ResolverLimits { MaxUpstreamOctets = 4096 } });
        rig.Servers.Serve(EngineRig.RootAddress, q => EngineRig.Referral(
            q.Name.ToCanonical().ToString(), "ns." + q.Name.ToCanonical(), EngineRig.RootAddress)
            .Add(MessageSection.Additional, EngineRig.Set("pad.", RRType.Txt, 1, new byte[1500])));
        Refused(rig, "g.f.e.d.c.b.a.com.", "max-upstream-octets");
    }

    [Fact]
    public void Name_servers_that_need_name_servers_end_at_the_depth()
    {
        using EngineRig rig = new(o => o with { Limits = new ResolverLimits { MaxRecursionDepth = 2 } });
        rig.Servers.Serve(EngineRig.RootAddress, q =>
        {
            string zone = q.Name.Suffix(1).ToCanonical().ToString();
            int next = int.Parse(zone[1..^1], CultureInfo.InvariantCulture) + 1;
            return EngineRig.Referral(zone, $"ns.z{next}.");
        });
        (ResolutionOutcome outcome, _, int queries) = rig.Resolve("www.z1.", RRType.A);
        Assert.Equal(Rcode.ServFail, outcome.Rcode);
        Assert.Equal(3, queries);
    }

    [Fact]
    public void Of_a_crowd_of_name_servers_no_more_than_the_limit_are_asked()
    {
        using EngineRig rig = Crowd(new ResolverLimits { MaxNameServers = 3 }, glue: true);
        _ = rig.Resolve("www.com.", RRType.A);
        Assert.Equal(3, rig.Servers.Seen.Skip(1).Select(s => s.Server.Address).Distinct().Count());
    }

    [Fact]
    public void Of_one_name_server_no_more_addresses_than_the_limit_are_asked()
    {
        ResolverLimits limits = new() { MaxAddressesPerNameServer = 1 };
        using EngineRig rig = new(o => o with { Limits = limits });
        ScriptedReply referral = EngineRig.Referral("com.", "ns.com.");
        for (int i = 1; i < 20; i++)
        {
            referral.Add(MessageSection.Additional, EngineRig.A("ns.com.", $"192.0.2.{i}"));
        }

        rig.Servers.Serve(EngineRig.RootAddress, _ => referral);
        _ = rig.Resolve("www.com.", RRType.A);
        int asked = rig.Servers.Seen.Skip(1).Select(s => s.Server.Address).Distinct().Count();
        Assert.InRange(asked, 1, 2 * rig.Options.Limits.MaxAddressesPerNameServer);
    }

    [Fact]
    public void A_thousand_name_servers_without_glue_cost_no_more_look_ups_than_the_limit()
    {
        ResolverLimits limits = new()
        {
            MaxAddressFetches = 4,
            MaxConcurrentAddressFetches = 2,
            MaxNameServers = 64,
        };
        using EngineRig rig = Crowd(limits, glue: false);
        (ResolutionOutcome outcome, _, int queries) = rig.Resolve("www.com.", RRType.A);
        Assert.Equal(Rcode.ServFail, outcome.Rcode);
        Assert.InRange(queries, 2, 1 + (2 * limits.MaxAddressFetches));
    }

    [Fact]
    public void A_silent_server_is_tried_as_often_as_the_limits_say()
    {
        using EngineRig rig = new(o => o with
        {
            Limits = new ResolverLimits
            {
                MaxUdpTriesPerServer = 3,
                MaxTcpTriesPerServer = 1,
                QueryDeadlineMilliseconds = 60000,
            },
        });
        rig.Servers.Serve(EngineRig.RootAddress, _ => EngineRig.Referral("com.", "ns.com.", "192.0.2.99"));
        Assert.Equal(Rcode.ServFail, rig.Resolve("www.com.", RRType.A).Outcome.Rcode);
        Assert.Equal(3, rig.Servers.Seen.Skip(1).Count(s => s.Transport == ExchangeTransport.Udp));
        Assert.Equal(1, rig.Servers.Seen.Skip(1).Count(s => s.Transport == ExchangeTransport.Tcp));
    }

    [Fact]
    public void The_deadline_ends_a_query_whatever_it_waits_for()
    {
        ResolverLimits limits = new() { QueryDeadlineMilliseconds = 1000 };
        using EngineRig rig = new(o => o with { Limits = limits });
        (ResolutionOutcome outcome, TimeSpan took, _) = rig.Resolve("www.com.", RRType.A);
        Assert.Equal(Rcode.ServFail, outcome.Rcode);
        Assert.Equal(TimeSpan.FromMilliseconds(1000), took);
        Assert.Contains("query-deadline-ms", outcome.Error!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void More_waiters_than_the_limit_are_turned_away()
    {
        using EngineRig rig = Chain(new ResolverLimits { MaxWaitersPerResolution = 2 });
        Task<ResolutionOutcome>[] clients = [.. Enumerable.Range(0, 3).Select(_ => Begin(rig, "a0.com."))];
        Assert.True(clients[2].IsCompleted);
        _ = rig.Loop.Run(() => clients.All(c => c.IsCompleted));
        Assert.Equal(Rcode.NoError, Result(clients[1]).Rcode);
        Assert.Contains("max-waiters-per-resolution", Result(clients[2]).Error!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void More_resolutions_than_the_limit_are_turned_away()
    {
        using EngineRig rig = Chain(new ResolverLimits { MaxResolutionsInFlight = 16 });
        Task<ResolutionOutcome>[] clients = [.. Enumerable.Range(0, 17).Select(i => Begin(rig, $"b{i}.com."))];
        Assert.True(clients[16].IsCompleted);
        Assert.Contains("max-resolutions-in-flight", Result(clients[16]).Error!.Text, StringComparison.Ordinal);
        _ = rig.Loop.Run(() => clients.All(c => c.IsCompleted));
        Assert.Equal(0, rig.Counts.InFlight);
    }

    [Fact]
    public void A_trace_keeps_no_more_events_than_the_limit_and_counts_the_rest()
    {
        using EngineRig rig = Chain(new ResolverLimits { MaxTraceEvents = 100 });
        Trace trace = new(rig.Loop.Time, 3);
        _ = rig.Resolve("a3.com.", RRType.A, trace);
        Assert.Equal(3, trace.Events.Count);
        Assert.True(trace.Dropped > 0);
    }

    [Fact]
    public void A_name_of_many_labels_discloses_them_in_few_steps()
    {
        ResolverLimits limits = new() { MaxMinimisationSteps = 10, MinimisationSingleLabelSteps = 4 };
        NameMinimiser minimiser = new(
            new Question(EngineRig.Name(string.Join('.', Enumerable.Repeat("x", 60)) + "."), RRType.A, default),
            Minimisation.Relaxed,
            limits);
        minimiser.EnterZone(DomainName.Root);
        int steps = 1;
        for (; !minimiser.IsWhole; steps++)
        {
            Assert.True(steps > limits.MinimisationSingleLabelSteps || minimiser.Name.LabelCount == steps);
            minimiser.Advance();
        }

        Assert.InRange(steps, limits.MinimisationSingleLabelSteps, limits.MaxMinimisationSteps + 1);
    }

    [Fact]
    public void Priming_that_failed_pauses_before_it_is_tried_again()
    {
        ResolverLimits limits = new() { PrimingPauseMilliseconds = 20000 };
        using EngineRig rig = new(o => o with { Limits = limits });
        Prime(rig);
        int first = rig.Servers.Seen.Count;
        Prime(rig);
        Assert.Equal(first, rig.Servers.Seen.Count);
        rig.Loop.Clock.Advance(TimeSpan.FromSeconds(21));
        Prime(rig);
        Assert.True(rig.Servers.Seen.Count > first);
    }

    private static void Prime(EngineRig rig)
    {
        Task priming = rig.Engine.PrimeAsync();
        _ = rig.Loop.Run(() => priming.IsCompleted);
    }

    private static void Refused(EngineRig rig, string name, string limit)
    {
        ResolutionOutcome outcome = rig.Resolve(name, RRType.A).Outcome;
        Assert.Equal(Rcode.ServFail, outcome.Rcode);
        Assert.Contains(limit, outcome.Error!.Text, StringComparison.Ordinal);
    }

    private static Task<ResolutionOutcome> Begin(EngineRig rig, string name) => rig.Engine.ResolveAsync(
        new Question(EngineRig.Name(name), RRType.A, default),
        new Asker(rig.Engine.MakeBudget(), null, 0, null)).AsTask();

    private static ResolutionOutcome Result(Task<ResolutionOutcome> done) => done.GetAwaiter().GetResult();

    // aN.com. is an alias of a(N-1).com., each in a reply of its own; a0.com. and others have an address.
    private static EngineRig Chain(ResolverLimits limits)
    {
        EngineRig rig = new(o => o with { Limits = limits });
        rig.Servers.Serve(EngineRig.RootAddress, _ => EngineRig.Referral("com.", "ns.com.", ComAddress));
        rig.Servers.Serve(ComAddress, q =>
        {
            string name = q.Name.ToCanonical().ToString();
            return name[0] == 'a' && name[1] != '0'
                ? EngineRig.Answer(EngineRig.Cname(name, $"a{name[1] - '1'}.com."))
                : EngineRig.Answer(EngineRig.A(name, "192.0.2.1"));
        });
        return rig;
    }

    // Every name below com is a zone cut, all on one server.
    private static EngineRig Deep(ResolverLimits limits)
    {
        EngineRig rig = new(o => o with { Limits = limits });
        rig.Servers.Serve(EngineRig.RootAddress, q => EngineRig.Referral(
            q.Name.ToCanonical().ToString(), "ns." + q.Name.ToCanonical(), EngineRig.RootAddress));
        return rig;
    }

    private static EngineRig Crowd(ResolverLimits limits, bool glue)
    {
        EngineRig rig = new(o => o with { Limits = limits });
        ScriptedReply referral = new() { Flags = HeaderFlags.None };
        for (int i = 1; i < 30; i++)
        {
            string server = glue ? $"ns{i}.com." : $"ns{i}.other.";
            referral.Add(MessageSection.Authority, EngineRig.NS("com.", server));
            if (glue)
            {
                referral.Add(MessageSection.Additional, EngineRig.A(server, $"192.0.2.{i}"));
            }
        }

        rig.Servers.Serve(EngineRig.RootAddress, q => q.Name.IsSubdomainOf(EngineRig.Name("com."))
            ? referral
            : EngineRig.Deny(".", Rcode.NXDomain));
        return rig;
    }
}
