// Late replies: another server is asked beside the first, whatever became of other walks.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Resolver.Wire;
using Xunit;

namespace Resolver.Engine.Tests;

public sealed class LateWatchTests
{
    [Fact]
    public void A_walk_that_cannot_be_told_fails_and_others_are_told_all_the_same()
    {
        using EngineRig rig = new(static o => o with { RootHints = [Hint("a"), Hint("b")] });
        SilentUpstream upstream = new();
        rig.Loop.Upstream = upstream;
        Task<ResolutionOutcome> broken = Begin(rig, "broken.");
        Walk walk = rig.Engine.Table.Walks.Single();
        for (int round = 0; round < 4; round++)
        {
            rig.Engine.Late.Add(walk, new LateAsk(round, 999, 1), TimeSpan.FromMilliseconds(10));
        }

        Pass(rig, 20);
        Assert.True(broken.IsCompleted);
        Assert.Equal(Rcode.ServFail, OutcomeOf(broken).Rcode);

        int before = upstream.Asked.Count;
        _ = Begin(rig, "sound.");
        Assert.Equal(1, upstream.Asked.Count - before);
        Pass(rig, rig.Options.Limits.FirstTimeoutMilliseconds - 20);
        Assert.Equal(2, upstream.Asked.Skip(before).Distinct().Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Beside_late_replies_no_more_servers_are_asked_at_once_than_the_limit(int most)
    {
        using EngineRig rig = new(o => o with
        {
            RootHints = [Hint("a"), Hint("b"), Hint("c"), Hint("d")],
            Limits = new ResolverLimits { MaxServersAtOnce = most, ProbePercent = 0 },
        });
        SilentUpstream upstream = new();
        rig.Loop.Upstream = upstream;
        _ = Begin(rig, "late.");
        Pass(rig, 4000);
        Assert.Equal(most, upstream.Asked.Distinct().Count());
    }

    private static RootHint Hint(string name) => new(
        EngineRig.Name(name + ".root-servers.net."), [InetAddress.Parse($"192.0.2.{(int)name[0]}")]);

    private static void Pass(EngineRig rig, int milliseconds) =>
        rig.Loop.Pass(TimeSpan.FromMilliseconds(milliseconds));

    private static Task<ResolutionOutcome> Begin(EngineRig rig, string name) => rig.Engine.ResolveAsync(
        new Question(EngineRig.Name(name), RRType.A, default),
        new Asker(rig.Engine.MakeBudget(), null, 0, null)).AsTask();

    private static ResolutionOutcome OutcomeOf(Task<ResolutionOutcome> work) => work.GetAwaiter().GetResult();

    // Notes who is asked, and never replies.
    private sealed class SilentUpstream : IUpstream
    {
        public List<InetEndpoint> Asked { get; } = [];

        public ValueTask<ExchangeOutcome> ExchangeAsync(ExchangeRequest request)
        {
            Asked.Add(request.Server);
            return new LoopCompletion<ExchangeOutcome>().Task;
        }
    }
}
