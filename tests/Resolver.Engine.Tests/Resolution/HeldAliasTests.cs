// What a reply says of an alias may be less to be believed than what is held by the time it comes. Then the
// held alias is given, and it is the held alias that is followed: a forged one must not decide where a
// validated one leads.
using Resolver.Wire;
using Xunit;

namespace Resolver.Engine.Tests;

public sealed class HeldAliasTests
{
    [Theory]
    [InlineData("forged.test.")]
    [InlineData("")]
    public void A_better_alias_that_is_held_is_given_and_followed(string forged)
    {
        using EngineRig rig = new();
        long now = rig.Loop.Time.GetTimestamp();
        Question question = new(EngineRig.Name("www.example."), RRType.A, default);
        RRset held = EngineRig.Cname("www.example.", "right.test.");
        _ = rig.Caches.RRsets.Store(held, DataRank.AnswerAuth, SecurityStatus.Secure, now);

        ClassifiedReply reply = new() { Kind = ReplyKind.Alias, IsAuthoritative = true };
        string target = forged.Length > 0 ? forged : "forged.example.";
        reply.Answer.Add(EngineRig.Cname("www.example.", target));
        reply.LastName = EngineRig.Name(target);
        if (forged.Length == 0)
        {
            // Inside the zone the same reply may deny the target, or answer for it.
            reply.Rcode = Rcode.NXDomain;
            reply.Soa = EngineRig.Soa("example.");
            reply.DenialBehindAliases = ReplyKind.NameError;
        }

        AskedQuestion asked = new(question.Name, RRType.A, EngineRig.Name("example."), ExchangeTransport.Udp);
        LinkOutcome outcome = Assert.IsType<LinkOutcome>(rig.Engine.Store.Keep(question, asked, reply, now));

        Assert.Equal(LinkEnd.Alias, outcome.End);
        Assert.Equal("right.test.", outcome.LastName.ToString());
        Assert.Null(outcome.Denial);
        Assert.Equal(SecurityStatus.Secure, Assert.Single(outcome.Sets).Security);
    }

    [Fact]
    public void Behind_a_better_alias_that_is_held_the_rest_of_the_reply_is_left()
    {
        using EngineRig rig = new();
        long now = rig.Loop.Time.GetTimestamp();
        Question question = new(EngineRig.Name("a.moved.example."), RRType.A, default);
        byte[] right = EngineRig.Name("right.test.").Wire.ToArray();
        RRset held = EngineRig.Set("moved.example.", RRType.Dname, 300, right);
        _ = rig.Caches.RRsets.Store(held, DataRank.AnswerAuth, SecurityStatus.Secure, now);

        ClassifiedReply reply = new() { Kind = ReplyKind.Answer, IsAuthoritative = true };
        byte[] forged = EngineRig.Name("forged.example.").Wire.ToArray();
        reply.Answer.Add(EngineRig.Set("moved.example.", RRType.Dname, 300, forged));
        reply.Answer.Add(EngineRig.A("a.forged.example.", "203.0.113.1"));
        reply.LastName = EngineRig.Name("a.forged.example.");

        AskedQuestion asked = new(question.Name, RRType.A, EngineRig.Name("example."), ExchangeTransport.Udp);
        LinkOutcome outcome = Assert.IsType<LinkOutcome>(rig.Engine.Store.Keep(question, asked, reply, now));

        Assert.Equal(LinkEnd.Alias, outcome.End);
        Assert.Equal("a.right.test.", outcome.LastName.ToString());
        Assert.Equal(RRType.Dname, Assert.Single(outcome.Sets).Set.Type);
    }
}
