// RFC 4035 §3.1.4.1: a zone that denies its own name says nothing about the DS that its parent holds.
using Resolver.Wire;
using Xunit;

namespace Resolver.Engine.Tests;

public sealed class ChildsDenialTests
{
    [Theory]
    [InlineData("child.example.", false)]
    [InlineData("example.", true)]
    public void A_name_error_answers_for_ds_only_when_it_comes_from_above(string zone, bool answers)
    {
        using EngineRig rig = new();
        long now = rig.Loop.Time.GetTimestamp();
        byte[] soa = [.. new byte[2], .. new byte[18], 1, 0];
        _ = rig.Caches.Denials.Store(
            new DenialSubject(EngineRig.Name("child.example.").Wire, RRType.A, DenialKind.NameError),
            new DenialEvidence(EngineRig.Set(zone, RRType.Soa, 300, soa), [], SecurityStatus.Insecure),
            now);
        Question question = new(EngineRig.Name("child.example."), RRType.DS, default);
        Assert.Equal(answers, rig.Engine.Parts.Local.TryFind(question, now, out _));
    }

    [Theory]
    [InlineData(SecurityStatus.Insecure, false)]
    [InlineData(SecurityStatus.Unchecked, false)]
    [InlineData(SecurityStatus.Secure, true)]
    public void An_alias_at_a_name_answers_for_ds_only_when_it_is_proven(SecurityStatus status, bool answers)
    {
        using EngineRig rig = new();
        long now = rig.Loop.Time.GetTimestamp();
        RRset alias = EngineRig.Cname("child.example.", "lies.test.");
        _ = rig.Caches.RRsets.Store(alias, DataRank.AnswerAuth, status, now);
        Question question = new(EngineRig.Name("child.example."), RRType.DS, default);
        Assert.Equal(answers, rig.Engine.Parts.Local.TryFind(question, now, out _));
        Assert.True(rig.Engine.Parts.Local.TryFind(question with { Type = RRType.A }, now, out _));
    }
}
