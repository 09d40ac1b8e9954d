// Serve-stale traps (CVE-2025-40777, CVE-2026-46582, CVE-2026-55717): expired data stands in for silence,
// never for an answer that was heard and not believed.
using System;
using Resolver.Wire;
using Xunit;

namespace Resolver.Engine.Tests;

public sealed class StandInTests
{
    [Theory]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(12)]
    public void Expired_data_does_not_stand_in_for_a_bogus_answer(ushort code)
    {
        using EngineRig rig = MakeExpired(new ExtendedErrorCode(code));
        ResolutionOutcome outcome = rig.Resolve("www.example.", RRType.A).Outcome;
        Assert.Equal(Rcode.ServFail, outcome.Rcode);
        Assert.Empty(outcome.Answer);
        Assert.Equal(ExtendedErrorCode.CachedError, outcome.Error!.Code);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(22)]
    [InlineData(23)]
    public void Expired_data_stands_in_for_servers_that_could_not_be_heard(ushort code)
    {
        using EngineRig rig = MakeExpired(new ExtendedErrorCode(code));
        ResolutionOutcome outcome = rig.Resolve("www.example.", RRType.A).Outcome;
        Assert.Equal(Rcode.NoError, outcome.Rcode);
        Assert.Equal(ExtendedErrorCode.StaleAnswer, outcome.Error!.Code);
        Assert.False(outcome.IsCacheable);
    }

    [Fact]
    public void Data_that_is_fresh_lives_no_longer_by_standing_in()
    {
        using EngineRig rig = new();
        long now = rig.Loop.Time.GetTimestamp();
        _ = rig.Caches.RRsets.Store(
            EngineRig.Set("www.example.", RRType.A, 5, [192, 0, 2, 1]),
            DataRank.AnswerAuth,
            SecurityStatus.Secure,
            now);
        Question question = new(EngineRig.Name("www.example."), RRType.A, default);
        LinkOutcome? found = rig.Engine.Parts.Local.FindStale(question, now, "a link failed", false);
        Assert.Equal(5u, found!.Sets[0].RemainingTtl(now));
    }

    private static EngineRig MakeExpired(ExtendedErrorCode cause)
    {
        EngineRig rig = new();
        long now = rig.Loop.Time.GetTimestamp();
        _ = rig.Caches.RRsets.Store(
            EngineRig.A("www.example.", "192.0.2.1"), DataRank.AnswerAuth, SecurityStatus.Secure, now);
        rig.Loop.Clock.Advance(TimeSpan.FromSeconds(301));
        _ = rig.Caches.Failures.Store(
            EngineRig.Name("www.example.").Wire,
            RRType.A,
            new ExtendedError(cause, "ns.example. said so"),
            rig.Loop.Time.GetTimestamp());
        return rig;
    }
}
