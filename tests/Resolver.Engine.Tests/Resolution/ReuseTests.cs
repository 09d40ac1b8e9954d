// What resolutions use for a while and give back serves the next one, and nothing of the last reaches it.
using System;
using System.Buffers;
using System.Collections.Generic;
using System.Threading.Tasks;
using Resolver.Wire;
using Xunit;

namespace Resolver.Engine.Tests;

public sealed class ReuseTests
{
    private const byte Refused = 5;
    private const byte NameError = 3;

    [Fact]
    public void A_late_reply_of_an_ended_walk_does_not_reach_the_walk_that_has_its_iteration_now()
    {
        using EngineRig rig = new();
        HeldUpstream upstream = new();
        rig.Loop.Upstream = upstream;
        Task<ResolutionOutcome> first = Begin(rig, "first.");
        ResolverLimits limits = rig.Options.Limits;
        rig.Loop.Clock.Advance(TimeSpan.FromMilliseconds(
            limits.QueryDeadlineMilliseconds + (2 * limits.WatchdogMilliseconds)));
        Assert.True(first.IsCompleted);
        Assert.Equal(1, rig.Engine.Spares.Iterations.Count);

        Task<ResolutionOutcome> second = Begin(rig, "second.");
        Assert.Equal(0, rig.Engine.Spares.Iterations.Count);
        int asked = upstream.Held.Count;
        upstream.Reply(0, Refused);
        Assert.False(second.IsCompleted);
        Assert.Equal(asked, upstream.Held.Count);

        upstream.Reply(asked - 1, NameError);
        Assert.True(second.IsCompletedSuccessfully);
        Assert.Equal(Rcode.NXDomain, OutcomeOf(second).Rcode);
        Assert.Equal(1, rig.Engine.Spares.Iterations.Count);
    }

    [Fact]
    public void One_resolution_after_the_other_uses_the_same_things()
    {
        using EngineRig rig = new();
        rig.Servers.Serve(EngineRig.RootAddress, q =>
            EngineRig.Answer(EngineRig.A(q.Name.ToString(), "192.0.2.1")));
        for (int i = 0; i < 20; i++)
        {
            Trace trace = Trace.Brief(rig.Loop.Time, 16, rig.Engine.Spares.TraceSteps);
            Assert.Equal(Rcode.NoError, rig.Resolve($"name{i}.", RRType.A, trace).Outcome.Rcode);
            trace.Close();
        }

        WalkSpares spares = rig.Engine.Spares;
        Assert.Equal((1, 1), (spares.Iterations.Count, spares.Exchanges.Count));
        Assert.Equal((1, 1), (spares.Waiters.Count, spares.TraceSteps.Count));
    }

    [Fact]
    public void Spares_left_by_a_burst_are_bounded()
    {
        Spares<object> spares = new(static () => new object());
        for (int i = 0; i < 10_000; i++)
        {
            spares.GiveBack(new object());
        }

        Assert.InRange(spares.Count, 1, 1024);
    }

    private static Task<ResolutionOutcome> Begin(EngineRig rig, string name) => rig.Engine.ResolveAsync(
        new Question(EngineRig.Name(name), RRType.A, default),
        new Asker(rig.Engine.MakeBudget(), null, 0, null)).AsTask();

    private static ResolutionOutcome OutcomeOf(Task<ResolutionOutcome> work) => work.GetAwaiter().GetResult();

    // Exchanges that end when the test says so.
    private sealed class HeldUpstream : IUpstream
    {
        public List<(byte[] Query, LoopCompletion<ExchangeOutcome> Completion)> Held { get; } = [];

        public ValueTask<ExchangeOutcome> ExchangeAsync(ExchangeRequest request)
        {
            LoopCompletion<ExchangeOutcome> completion = new();
            Held.Add((request.Query.ToArray(), completion));
            return completion.Task;
        }

        public void Reply(int index, byte rcode)
        {
            (byte[] query, LoopCompletion<ExchangeOutcome> completion) = Held[index];
            byte[] reply = ArrayPool<byte>.Shared.Rent(query.Length);
            query.CopyTo(reply, 0);
            reply[2] |= (byte)((int)(HeaderFlags.Response | HeaderFlags.Authoritative) >> 8);
            reply[3] = rcode;
            completion.Complete(new ExchangeOutcome(reply, query.Length, TimeSpan.FromMilliseconds(10), 0));
        }
    }
}
