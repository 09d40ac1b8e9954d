// The last failed queries are kept with their walks, never more than the limits say.
using System;
using System.Linq;
using Microsoft.Extensions.Time.Testing;
using Resolver.Wire;
using Xunit;

namespace Resolver.Engine.Tests;

public sealed class FailureRecordsTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Failures_are_kept_newest_first_and_answers_are_not()
    {
        FailureRecords records = new(ResolverLimits.Default);
        Fail(records, "a.");
        records.End(QuestionOf("b."), new ResolutionOutcome { Rcode = Rcode.NXDomain }, MakeWalk(true));
        Fail(records, "c.");
        Assert.Equal(["c.", "a."], records.Newest(10).Select(f => f.Question.Name.ToString()));
        Assert.False(records.TryFind(QuestionOf("b."), out _));
        Assert.True(records.TryFind(QuestionOf("A."), out FailedQuery? failed));
        Assert.Equal("it is broken", failed.Error!.Text);
        Assert.Equal(TraceKind.Asked, failed.Walk.Events[^1].Kind);
    }

    [Fact]
    public void No_more_than_MaxKeptFailures_are_kept()
    {
        FailureRecords records = new(ResolverLimits.Default with { MaxKeptFailures = 2 });
        Fail(records, "a.");
        Fail(records, "b.");
        Fail(records, "c.");
        Assert.Equal(["c.", "b."], records.Newest(10).Select(f => f.Question.Name.ToString()));
        Assert.False(records.TryFind(QuestionOf("a."), out _));

        FailureRecords none = new(ResolverLimits.Default with { MaxKeptFailures = 0 });
        Fail(none, "a.");
        Assert.Empty(none.Newest(10));
    }

    [Fact]
    public void No_more_than_MaxKeptFailureOctets_are_kept()
    {
        ResolverLimits limits = ResolverLimits.Default with { MaxKeptFailureOctets = 16384 };
        FailureRecords records = new(limits);
        for (int i = 0; i < 100; i++)
        {
            Fail(records, $"name{i}.");
            Assert.InRange(records.Octets, 1, limits.MaxKeptFailureOctets);
        }

        Assert.InRange(records.Newest(100).Count, 5, 50);
        Assert.True(records.TryFind(QuestionOf("name99."), out _));
    }

    [Fact]
    public void A_failure_told_from_memory_does_not_push_out_the_walk_that_explains_it()
    {
        FailureRecords records = new(ResolverLimits.Default);
        Fail(records, "a.");
        _time.Advance(TimeSpan.FromSeconds(3));
        Fail(records, "a.", hasAsked: false);
        FailedQuery failed = Assert.Single(records.Newest(10));
        Assert.True(failed.Walk.HasAsked);
        Assert.Equal(2, failed.Times);
        Assert.Equal(TimeSpan.FromSeconds(3).Ticks, failed.LastAt - failed.At);
        Fail(records, "a.");
        failed = Assert.Single(records.Newest(10));
        Assert.Equal((3, failed.LastAt), (failed.Times, failed.At));
    }

    private static Question QuestionOf(string name) => new(DomainName.Parse(name), RRType.A, default);

    private void Fail(FailureRecords records, string name, bool hasAsked = true) => records.End(
        QuestionOf(name),
        new ResolutionOutcome
        {
            Rcode = Rcode.ServFail,
            Error = new ExtendedError(ExtendedErrorCode.Other, "it is broken"),
        },
        MakeWalk(hasAsked));

    private Trace MakeWalk(bool hasAsked)
    {
        Trace walk = Trace.Brief(_time, ResolverLimits.Default.MaxBriefTraceEvents);
        _ = walk.Add(TraceKind.Started);
        if (hasAsked)
        {
            _ = walk.Add(TraceKind.Asked);
        }

        return walk;
    }
}
