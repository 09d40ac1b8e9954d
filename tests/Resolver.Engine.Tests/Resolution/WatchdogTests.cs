// However a resolution ends, nothing of it stays in flight; one that does not end by itself is ended.
using System;
using System.Threading.Tasks;
using Resolver.Wire;
using Xunit;

namespace Resolver.Engine.Tests;

public sealed class WatchdogTests
{
    private const string Name = "www.abc.com.";

    [Fact]
    public void A_walk_whose_exchange_never_ends_is_ended_after_its_deadline_and_not_before()
    {
        using EngineRig rig = new();
        rig.Loop.Upstream = new DeafUpstream();
        ResolverLimits limits = rig.Options.Limits;
        Trace trace = Trace.Brief(rig.Loop.Time, limits.MaxBriefTraceEvents);
        Task<ResolutionOutcome> work = Begin(rig, rig.Engine.MakeBudget(), trace);
        TimeSpan step = TimeSpan.FromMilliseconds(limits.WatchdogMilliseconds);
        TimeSpan end = TimeSpan.FromMilliseconds(limits.QueryDeadlineMilliseconds) + step;
        TimeSpan passed = TimeSpan.Zero;
        for (; passed + step <= end; passed += step)
        {
            rig.Loop.Clock.Advance(step);
            Assert.False(work.IsCompleted);
        }

        rig.Loop.Clock.Advance(step);
        Assert.True(work.IsCompleted);
        ResolutionOutcome outcome = OutcomeOf(work);
        Assert.Equal(Rcode.ServFail, outcome.Rcode);
        Assert.Contains("watchdog-ms", outcome.Error!.Text, StringComparison.Ordinal);
        Assert.Equal((1, 0), (rig.Counts.Overdue, rig.Counts.InFlight));
        Assert.Equal(0, rig.Engine.Table.Count);
    }

    [Fact]
    public void The_watchdog_is_quiet_about_walks_that_end_and_rests_when_there_are_none()
    {
        using EngineRig rig = new();
        Task<ResolutionOutcome> work = Begin(rig, rig.Engine.MakeBudget());
        _ = rig.Loop.Run(() => work.IsCompleted);
        rig.Loop.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((0, 0), (rig.Counts.Overdue, rig.Counts.InFlight));
    }

    [Theory]
    [InlineData("answer")]
    [InlineData("denial")]
    [InlineData("refused")]
    [InlineData("silence")]
    [InlineData("budget")]
    [InlineData("cancelled")]
    [InlineData("fault")]
    [InlineData("store")]
    public void Nothing_stays_in_flight_after_a_resolution_that_ends_by(string ending)
    {
        using EngineRig rig = new();
        WorkBudget budget = rig.Engine.MakeBudget();
        rig.Servers.Serve(EngineRig.RootAddress, _ =>
        {
            switch (ending)
            {
                case "answer":
                    return EngineRig.Answer(EngineRig.A(Name, "192.0.2.1"));
                case "denial":
                    return EngineRig.Deny("com.", Rcode.NXDomain);
                case "refused":
                    return new ScriptedReply { Rcode = Rcode.Refused };
                case "cancelled":
                    budget.Cancel();
                    return null;
                case "store":
                    rig.Caches.OnPublish = static () => throw new InvalidOperationException("no memory");
                    return EngineRig.Answer(EngineRig.A(Name, "192.0.2.1"));
                case "fault":
                    throw new InvalidOperationException("a fault of the test");
                default:
                    return null;
            }
        });
        for (int i = 1; ending == "budget" && i < rig.Options.Limits.MaxExchanges; i++)
        {
            budget.SpendExchange();
        }

        Task<ResolutionOutcome> work = Begin(rig, budget);
        _ = rig.Loop.Run(() => work.IsCompleted);
        Assert.Equal(ending is not ("answer" or "denial"), OutcomeOf(work).Rcode == Rcode.ServFail);
        Assert.Equal(0, rig.Counts.InFlight);
        Assert.Equal(0, rig.Engine.Table.Count);
    }

    [Fact]
    public void Ends_of_exchanges_are_counted_by_family_transport_and_outcome()
    {
        using EngineRig rig = new();
        rig.Servers.Serve(
            EngineRig.RootAddress,
            q => q.Transport == ExchangeTransport.Tcp ? EngineRig.Deny("com.", Rcode.NXDomain) : null);
        _ = rig.Resolve(Name, RRType.A);
        ExchangeCounts ends = rig.Counts.Ends;
        Assert.Equal(1, ends.Read(false, ExchangeTransport.Tcp, ExchangeStatus.Reply));
        Assert.Equal(
            rig.Servers.Seen.Count - 1, ends.Read(false, ExchangeTransport.Udp, ExchangeStatus.TimedOut));
        Assert.Equal(0, ends.ReadAll(true));
    }

    [Fact]
    public void Limits_met_are_counted_by_the_name_that_the_client_is_told()
    {
        using EngineRig rig = new();
        WorkBudget budget = rig.Engine.MakeBudget();
        rig.Counts.EndQuestion(budget, new ExtendedError(
            ExtendedErrorCode.Other, budget.Describe(BudgetLimit.Exchanges)));
        rig.Counts.EndQuestion(budget, new ExtendedError(
            ExtendedErrorCode.Other, budget.Describe(BudgetLimit.Deadline)));
        rig.Counts.EndQuestion(budget, new ExtendedError(ExtendedErrorCode.Other, "limit unheard-of met"));
        rig.Counts.EndQuestion(budget, null);
        Assert.Equal(
            [new("max-exchanges", 1), new("query-deadline-ms", 1)], rig.Counts.Limits.Met);
    }

    private static ResolutionOutcome OutcomeOf(Task<ResolutionOutcome> work) => work.GetAwaiter().GetResult();

    private static Task<ResolutionOutcome> Begin(EngineRig rig, WorkBudget budget, Trace? trace = null) =>
        rig.Engine.ResolveAsync(
            new Question(EngineRig.Name(Name), RRType.A, default), new Asker(budget, trace, 0, null)).AsTask();

    // Breaks the promise of IUpstream, as a fault in a transport would.
    private sealed class DeafUpstream : IUpstream
    {
        public ValueTask<ExchangeOutcome> ExchangeAsync(ExchangeRequest request) =>
            new LoopCompletion<ExchangeOutcome>().Task;
    }
}
