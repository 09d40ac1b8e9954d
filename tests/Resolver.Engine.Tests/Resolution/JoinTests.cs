// Equal questions cost one walk, and nobody pays for another's spent budget.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Resolver.Wire;
using Xunit;

namespace Resolver.Engine.Tests;

public sealed class JoinTests
{
    private const string ComAddress = "192.5.6.30";

    [Fact]
    public void A_thousand_clients_that_ask_the_same_cold_name_cost_one_walk()
    {
        using EngineRig rig = MakeCom();
        List<Task<ResolutionOutcome>> clients =
            [.. Enumerable.Range(0, 1000).Select(_ => Begin(rig, "www.abc.com.", rig.Engine.MakeBudget()))];
        _ = rig.Loop.Run(() => clients.TrueForAll(c => c.IsCompleted));
        Assert.All(clients, c => Assert.Equal(Rcode.NoError, Result(c).Rcode));
        Assert.Equal(3, rig.Servers.Seen.Count);
        Assert.Equal(1, rig.Counts.Walks);
        Assert.Equal(0, rig.Counts.InFlight);
        Assert.Equal(0, rig.Engine.Table.Count);
    }

    [Fact]
    public void A_joiner_does_not_suffer_from_the_owners_spent_budget()
    {
        using EngineRig rig = MakeCom();
        WorkBudget poor = rig.Engine.MakeBudget();
        for (int i = 1; i < rig.Options.Limits.MaxExchanges; i++)
        {
            poor.SpendExchange();
        }

        Task<ResolutionOutcome> owner = Begin(rig, "www.abc.com.", poor);
        Task<ResolutionOutcome> joiner = Begin(rig, "www.abc.com.", rig.Engine.MakeBudget());
        _ = rig.Loop.Run(() => owner.IsCompleted && joiner.IsCompleted);
        Assert.Equal(Rcode.ServFail, Result(owner).Rcode);
        Assert.Contains("max-exchanges", Result(owner).Error!.Text, StringComparison.Ordinal);
        Assert.Equal(Rcode.NoError, Result(joiner).Rcode);
    }

    [Fact]
    public void A_joiner_with_less_time_is_told_when_it_is_over_though_the_walk_goes_on()
    {
        using EngineRig rig = new();
        Task<ResolutionOutcome> owner = Begin(rig, "www.abc.com.", rig.Engine.MakeBudget());
        TimeSpan own = TimeSpan.FromMilliseconds(500);
        Task<ResolutionOutcome> joiner = Begin(rig, "www.abc.com.", rig.Engine.MakeBudget(own));
        TimeSpan took = rig.Loop.Run(() => joiner.IsCompleted);
        Assert.Equal(Rcode.ServFail, Result(joiner).Rcode);
        TimeSpan grace = TimeSpan.FromMilliseconds(rig.Options.Limits.WatchdogMilliseconds);
        Assert.InRange(took, own, own + grace);
        Assert.False(owner.IsCompleted);
        _ = rig.Loop.Run(() => owner.IsCompleted);
    }

    [Fact]
    public void An_heir_is_told_when_its_time_is_over_though_the_walk_waits_for_what_began_on_another_s()
    {
        using EngineRig rig = new();
        rig.Loop.Upstream = new DeafToTheSecond(rig.Servers);
        rig.Servers.Serve(EngineRig.RootAddress, q => q.Name.IsSubdomainOf(EngineRig.Name("com."))
            ? EngineRig.Referral("com.", "ns1.")
                .Add(MessageSection.Authority, EngineRig.NS("com.", "ns2."))
                .Add(MessageSection.Authority, EngineRig.NS("com.", "ns3."))
            : EngineRig.Deny(".", Rcode.NXDomain));
        WorkBudget poor = rig.Engine.MakeBudget();
        for (int i = 3; i < rig.Options.Limits.MaxWalks; i++)
        {
            Assert.True(poor.TrySpendWalk());
        }

        Task<ResolutionOutcome> first = Begin(rig, "www.abc.com.", poor);
        TimeSpan own = TimeSpan.FromMilliseconds(500);
        Task<ResolutionOutcome> heir = Begin(rig, "www.abc.com.", rig.Engine.MakeBudget(own));
        TimeSpan spent = rig.Loop.Run(() => first.IsCompleted);
        Assert.Contains("max-walks", Result(first).Error!.Text, StringComparison.Ordinal);
        TimeSpan took = spent + rig.Loop.Run(() => heir.IsCompleted);
        Assert.Contains("query-deadline-ms", Result(heir).Error!.Text, StringComparison.Ordinal);
        TimeSpan grace = TimeSpan.FromMilliseconds(rig.Options.Limits.WatchdogMilliseconds);
        Assert.InRange(took, own, own + grace);
        Assert.Equal(0, rig.Counts.Overdue);
        Assert.Null(rig.Engine.Table.Find(new Question(EngineRig.Name("www.abc.com."), RRType.A, default)));
    }

    [Fact]
    public void A_failure_on_a_spent_budget_is_not_remembered()
    {
        using EngineRig rig = MakeCom();
        WorkBudget poor = rig.Engine.MakeBudget();
        for (int i = 1; i < rig.Options.Limits.MaxExchanges; i++)
        {
            poor.SpendExchange();
        }

        Task<ResolutionOutcome> owner = Begin(rig, "www.abc.com.", poor);
        _ = rig.Loop.Run(() => owner.IsCompleted);
        Assert.Equal(Rcode.ServFail, Result(owner).Rcode);
        Assert.Equal(Rcode.NoError, rig.Resolve("www.abc.com.", RRType.A).Outcome.Rcode);
    }

    [Fact]
    public void Work_whose_last_waiter_is_gone_asks_nobody_any_more()
    {
        using EngineRig rig = MakeCom();
        WorkBudget budget = rig.Engine.MakeBudget();
        Task<ResolutionOutcome> client = Begin(rig, "www.abc.com.", budget);
        budget.Cancel();
        _ = rig.Loop.Run(() => client.IsCompleted);
        Assert.Single(rig.Servers.Seen);
        Assert.Equal(0, rig.Counts.InFlight);
    }

    [Fact]
    public void A_server_outage_costs_no_failure_while_another_server_lives()
    {
        using EngineRig rig = new();
        rig.Servers.Serve(EngineRig.RootAddress, _ => EngineRig.Referral("com.", "a.com.", "192.0.2.99")
            .Add(MessageSection.Authority, EngineRig.NS("com.", "b.com."))
            .Add(MessageSection.Additional, EngineRig.A("b.com.", ComAddress)));
        rig.Servers.Serve(ComAddress, q => EngineRig.Answer(EngineRig.A(q.Name.ToCanonical().ToString(), "192.0.2.1")));
        for (int i = 0; i < 50; i++)
        {
            Assert.Equal(Rcode.NoError, rig.Resolve($"n{i}.com.", RRType.A).Outcome.Rcode);
        }
    }

    [Fact]
    public void A_name_in_a_zone_four_levels_down_costs_exactly_four_queries()
    {
        using EngineRig rig = new();
        rig.Servers.Serve(EngineRig.RootAddress, _ => EngineRig.Referral("com.", "ns.com.", ComAddress));
        rig.Servers.Serve(ComAddress, _ => EngineRig.Referral("xyz.com.", "ns.xyz.com.", "192.0.2.2"));
        rig.Servers.Serve("192.0.2.2", _ => EngineRig.Referral("abc.xyz.com.", "ns.abc.xyz.com.", "192.0.2.3"));
        rig.Servers.Serve("192.0.2.3", _ => EngineRig.Answer(EngineRig.A("www.abc.xyz.com.", "192.0.2.1")));
        Assert.Equal(4, rig.Resolve("www.abc.xyz.com.", RRType.A).Queries);
        Assert.Equal(0, rig.Resolve("www.abc.xyz.com.", RRType.A).Queries);
    }

    private static ResolutionOutcome Result(Task<ResolutionOutcome> done) => done.GetAwaiter().GetResult();

    private static Task<ResolutionOutcome> Begin(EngineRig rig, string name, WorkBudget budget) => rig.Engine.ResolveAsync(
        new Question(EngineRig.Name(name), RRType.A, default), new Asker(budget, null, 0, null)).AsTask();

    private static EngineRig MakeCom()
    {
        EngineRig rig = new();
        rig.Servers.Serve(EngineRig.RootAddress, _ => EngineRig.Referral("com.", "ns.com.", ComAddress));
        rig.Servers.Serve(ComAddress, q => q.Name.LabelCount < 3
            ? EngineRig.Deny("com.", Rcode.NoError)
            : EngineRig.Answer(EngineRig.A(q.Name.ToCanonical().ToString(), "192.0.2.1")));
        return rig;
    }

    // The first name of one label is denied, an exchange about the second lasts for ever, the others are
    // denied.
    private sealed class DeafToTheSecond(IUpstream others) : IUpstream
    {
        private readonly List<DomainName> _seen = [];

        public ValueTask<ExchangeOutcome> ExchangeAsync(ExchangeRequest request)
        {
            Span<byte> octets = stackalloc byte[255];
            Assert.True(MessageReader.TryCreate(request.Query.Span, out MessageReader reader));
            Assert.True(reader.TryReadQuestion(octets, out QuestionView question, out _));
            DomainName name = DomainName.FromValidWire(octets[..question.NameLength]).ToCanonical();
            if (name.LabelCount == 1 && name != EngineRig.Name("com.") && !_seen.Contains(name))
            {
                _seen.Add(name);
            }

            return _seen is [_, var second, ..] && name == second
                ? new LoopCompletion<ExchangeOutcome>().Task
                : others.ExchangeAsync(request);
        }
    }
}
