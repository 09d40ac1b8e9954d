// The trace that goes along with every client query: bounded, its last steps kept, cheap while all goes well.
using System;
using System.Linq;
using Resolver.Wire;
using Xunit;

namespace Resolver.Engine.Tests;

public sealed class BriefTraceTests
{
    private const string ComAddress = "192.5.6.30";

    [Fact]
    public void A_brief_trace_keeps_its_last_steps_and_counts_the_others()
    {
        using EngineRig rig = MakeCom();
        int limit = rig.Options.Limits.MaxBriefTraceEvents;
        Trace trace = Trace.Brief(rig.Loop.Time, limit);
        for (int i = 0; i < limit + 3; i++)
        {
            trace.Add(TraceKind.Started).Reason = $"{i}";
        }

        Assert.Equal(limit, trace.Events.Count);
        Assert.Equal(3, trace.Dropped);
        Assert.Equal("3", trace.Events[0].Reason);
        Assert.Equal($"{limit + 2}", trace.Events[^1].Reason);
    }

    [Fact]
    public void What_is_told_after_the_end_is_not_kept()
    {
        using EngineRig rig = MakeCom();
        Trace trace = Trace.Brief(rig.Loop.Time, 16);
        _ = trace.Add(TraceKind.Started);
        trace.Seal();
        _ = trace.Add(TraceKind.Finished);
        Assert.Equal(TraceKind.Started, Assert.Single(trace.Events).Kind);
    }

    [Fact]
    public void A_brief_trace_tells_the_same_steps_as_a_whole_one_but_for_what_was_stored()
    {
        using EngineRig rig = MakeCom();
        Trace whole = new(rig.Loop.Time, 100);
        Trace brief = Trace.Brief(rig.Loop.Time, 100);
        _ = rig.Resolve("one.abc.com.", RRType.A, whole);
        using EngineRig again = MakeCom();
        _ = again.Resolve("one.abc.com.", RRType.A, brief);
        Assert.Equal(
            whole.Events.Where(e => e.Kind != TraceKind.Stored)
                .Select(e => (e.Kind, e.Name, e.Zone, e.Server, e.Verdict, e.Rcode)),
            brief.Events.Select(e => (e.Kind, e.Name, e.Zone, e.Server, e.Verdict, e.Rcode)));
    }

    [Fact]
    public void An_ordinary_miss_pays_no_more_than_the_traces_own_object()
    {
        using EngineRig rig = MakeCom();
        FailureRecords failures = new(rig.Options.Limits);
        long without = 0;
        long with = 0;

        // The first rounds warm up tables, pools and code.
        for (int round = 0; round < 50; round++)
        {
            without = Measure(rig, $"a{round:D3}.abc.com.", null);
            Trace trace = Trace.Brief(rig.Loop.Time, rig.Options.Limits.MaxBriefTraceEvents);
            with = Measure(rig, $"b{round:D3}.abc.com.", trace, () => failures.End(
                default, new ResolutionOutcome { Rcode = Rcode.NoError }, trace));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"a miss allocates {without} B, traced {with} B");
        Assert.InRange(with, 0, without + 400);
    }

    private static long Measure(EngineRig rig, string name, Trace? trace, Action? end = null)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        _ = rig.Resolve(name, RRType.A, trace);
        end?.Invoke();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static EngineRig MakeCom()
    {
        EngineRig rig = new();
        rig.Servers.Serve(EngineRig.RootAddress, _ => EngineRig.Referral("com.", "ns.com.", ComAddress));
        rig.Servers.Serve(ComAddress, q => q.Name == EngineRig.Name("abc.com.")
            ? EngineRig.Deny("com.", Rcode.NoError)
            : EngineRig.Answer(EngineRig.A(q.Name.ToString(), "192.0.2.1")));
        return rig;
    }
}
