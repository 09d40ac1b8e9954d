// What is done when no server of a zone gives a usable reply, in which order and at which cost.
using System.Linq;
using Resolver.Wire;
using Xunit;

namespace Resolver.Engine.Tests;

public sealed class LastResortTests
{
    private static readonly string[] Servers = ["192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4"];

    [Fact]
    public void Servers_that_fail_are_asked_for_a_part_of_the_name_two_for_NS_and_for_the_whole_name()
    {
        using EngineRig rig = Make(static _ => new ScriptedReply { Rcode = Rcode.ServFail });
        (ResolutionOutcome outcome, _, int queries) = rig.Resolve("www.sub.example.", RRType.A);
        Assert.Equal(Rcode.ServFail, outcome.Rcode);
        string[] asked = [.. rig.Servers.Seen.Skip(1)
            .Select(static s => $"{s.Name.ToCanonical()} {s.Type}")
            .GroupBy(static q => q).Select(static g => $"{g.Key} {g.Count()}")];
        Assert.Equal(["sub.example. A 4", "sub.example. NS 2", "www.sub.example. A 4"], asked);
        Assert.Equal(11, queries);
    }

    [Fact]
    public void Servers_that_refuse_are_not_asked_for_another_type()
    {
        using EngineRig rig = Make(static _ => new ScriptedReply { Rcode = Rcode.Refused });
        _ = rig.Resolve("www.sub.example.", RRType.A);
        Assert.DoesNotContain(rig.Servers.Seen, static s => s.Type == RRType.NS);
        Assert.All(
            rig.Servers.Seen.GroupBy(static s => s.Server), static g => Assert.InRange(g.Count(), 1, 2));
    }

    [Fact]
    public void A_cache_in_place_of_a_server_is_asked_again_when_nobody_else_is_left_and_believed_then()
    {
        using EngineRig rig = Make(static q => q.Server == At(Servers[0])
            ? new ScriptedReply { Flags = HeaderFlags.RecursionAvailable }
                .Add(MessageSection.Answer, EngineRig.A("www.example.", "192.0.2.80"))
            : new ScriptedReply { Rcode = Rcode.Refused });
        (ResolutionOutcome outcome, _, _) = rig.Resolve("www.example.", RRType.A);
        Assert.Equal(Rcode.NoError, outcome.Rcode);
        Assert.Equal(2, rig.Servers.Seen.Count(static s => s.Server == At(Servers[0])));
        Assert.Equal(DataRank.AnswerNonAuth, outcome.Answer[0].Entry!.Rank);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(4)]
    public void What_servers_think_of_one_strange_type_costs_no_other_question_of_the_zone(int rcode)
    {
        using EngineRig rig = Make(q => q.Type == RRType.Any
            ? new ScriptedReply { Rcode = new Rcode((ushort)rcode) }
            : new ScriptedReply().Add(MessageSection.Answer, EngineRig.A("www.example.", "192.0.2.80")));
        (ResolutionOutcome strange, _, _) = rig.Resolve("www.example.", RRType.Any);
        Assert.Equal(Rcode.ServFail, strange.Rcode);
        (ResolutionOutcome ordinary, _, int queries) = rig.Resolve("www.example.", RRType.A);
        Assert.Equal(Rcode.NoError, ordinary.Rcode);
        Assert.Equal(1, queries);
        Assert.True(rig.Servers.Seen[^1].HasEdns);
    }

    private static InetEndpoint At(string address) => new(InetAddress.Parse(address), 53);

    private static EngineRig Make(System.Func<SeenQuery, ScriptedReply> answer)
    {
        // Without probes in the background: what is counted is what the walk itself asks.
        EngineRig rig = new(static o => o with { Limits = o.Limits with { ProbePercent = 0 } });
        rig.Servers.Serve(EngineRig.RootAddress, static _ => Refer());
        foreach (string server in Servers)
        {
            rig.Servers.Serve(server, answer);
        }

        return rig;
    }

    private static ScriptedReply Refer()
    {
        ScriptedReply reply = new() { Flags = HeaderFlags.None };
        byte[][] names =
            [.. Servers.Select(static (_, i) => EngineRig.Name($"ns{i}.example.").Wire.ToArray())];
        reply.Add(MessageSection.Authority, EngineRig.Set("example.", RRType.NS, 3600, names));
        for (int i = 0; i < Servers.Length; i++)
        {
            reply.Add(MessageSection.Additional, EngineRig.A($"ns{i}.example.", Servers[i]));
        }

        return reply;
    }
}
