// What aliases that lead nowhere cost: circles of CNAMEs and DNAMEs, names that grow, rings of service
// bindings (CVE-2026-81736). The queries are counted, and the reason says what ended it.
using System.Linq;
using Resolver.Wire;
using Xunit;

namespace Resolver.Engine.Tests;

public sealed class AliasWorkTests
{
    private const string Server = "192.0.2.53";

    [Fact]
    public void An_alias_to_itself_costs_one_query()
    {
        using EngineRig rig = Make(static q => EngineRig.Answer(EngineRig.Cname("self.test.", "self.test.")));
        Assert.Equal(1, Fails(rig, "self.test.", "the aliases go round in a circle"));
    }

    [Fact]
    public void A_circle_of_two_aliases_costs_one_query_for_each()
    {
        using EngineRig rig = Make(static q => q.Name == EngineRig.Name("a.test.")
            ? EngineRig.Answer(EngineRig.Cname("a.test.", "b.test."))
            : EngineRig.Answer(EngineRig.Cname("b.test.", "a.test.")));
        Assert.Equal(2, Fails(rig, "a.test.", "the aliases go round in a circle"));
    }

    [Theory]
    [InlineData("self.test.")]
    [InlineData("b.test.")]
    public void A_circle_is_no_denial_though_its_reply_carries_an_SOA(string target)
    {
        using EngineRig rig = Make(q => EngineRig.Answer(
            EngineRig.Cname("self.test.", target), EngineRig.Cname("b.test.", "self.test."))
            .Add(MessageSection.Authority, EngineRig.Soa("test.")));
        Assert.Equal(1, Fails(rig, "self.test.", "the aliases go round in a circle"));
    }

    [Fact]
    public void A_chain_without_end_costs_no_more_queries_than_the_limit_of_aliases()
    {
        using EngineRig rig = Make(static q => EngineRig.Answer(
            EngineRig.Cname(q.Name.ToString(), $"x{q.Name}")));
        Assert.InRange(
            Fails(rig, "a.test.", "limit max-aliases (10) met"), 1, ResolverLimits.Default.MaxAliases + 1);
    }

    [Fact]
    public void A_DNAME_into_its_own_subtree_costs_one_query()
    {
        using EngineRig rig = Make(static q => EngineRig.Answer(EngineRig.Set(
            "g.test.", RRType.Dname, 300, EngineRig.Name("x.g.test.").Wire.ToArray())));
        Assert.Equal(1, Fails(rig, "a.g.test.", "limit max-aliases (10) met"));
        Assert.Equal(0, Fails(rig, "b.g.test.", "limit max-aliases (10) met"));
    }

    [Fact]
    public void A_DNAME_that_makes_names_too_long_costs_one_query_and_is_YXDOMAIN()
    {
        string label = new('l', 60);
        using EngineRig rig = Make(q => EngineRig.Answer(EngineRig.Set(
            "d.test.", RRType.Dname, 300, EngineRig.Name($"{label}.{label}.{label}.test.").Wire.ToArray())));
        _ = rig.Resolve("warm.d.test.", RRType.A);
        (ResolutionOutcome outcome, _, int queries) = rig.Resolve($"{label}.{label}.d.test.", RRType.A);
        Assert.Equal(Rcode.YXDomain, outcome.Rcode);
        Assert.Equal(["DNAME"], outcome.Answer.Select(static s => s.Set.Type.ToString()));
        Assert.Equal(0, queries);
    }

    [Fact]
    public void A_ring_of_service_bindings_costs_one_query()
    {
        using EngineRig rig = Make(static q => EngineRig.Answer(EngineRig.Set(
            q.Name.ToString(), RRType.Https, 300, [0, 0, .. EngineRig.Name("b.test.").Wire])));
        (ResolutionOutcome outcome, _, int queries) = rig.Resolve("b.test.", RRType.Https);
        Assert.Equal(Rcode.NoError, outcome.Rcode);
        Assert.Equal(1, queries);
    }

    // The zone is known beforehand, so that the queries counted are those of the aliases.
    private static EngineRig Make(System.Func<SeenQuery, ScriptedReply> answer)
    {
        EngineRig rig = new(static o => o with
        {
            Minimisation = Minimisation.Off,
            AnswersSpecialUseNames = false,
        });
        rig.Servers.Serve(EngineRig.RootAddress, static _ => EngineRig.Referral("test.", "ns.test.", Server));
        rig.Servers.Serve(Server, q => q.Name == EngineRig.Name("warm.test.")
            ? EngineRig.Deny("test.", Rcode.NXDomain)
            : answer(q));
        _ = rig.Resolve("warm.test.", RRType.A);
        return rig;
    }

    private static int Fails(EngineRig rig, string name, string reason)
    {
        (ResolutionOutcome outcome, _, int queries) = rig.Resolve(name, RRType.A);
        Assert.Equal(Rcode.ServFail, outcome.Rcode);
        Assert.Equal(reason, outcome.Error?.Text);
        return queries;
    }
}
