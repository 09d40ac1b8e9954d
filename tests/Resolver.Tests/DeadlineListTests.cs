// The list of waiting queries: each is told once when its time is over, and taking one out twice harms none.
using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Resolver.Engine;
using Resolver.Testing;
using Resolver.Wire;
using Xunit;

namespace Resolver.Tests;

public sealed class DeadlineListTests
{
    [Fact]
    public void A_query_taken_out_twice_leaves_the_others_their_deadlines()
    {
        VirtualNetwork network = new(Internets.MakeCom());
        using Run run = Run.Primed(network);
        ILoop loop = run.Resolver.Works.Engines[0].Parts.Loop;
        List<ClientQuery> told = [];
        using DeadlineList list = new(loop, told.Add);
        ClientQuery first = Add(list, loop);
        ClientQuery second = Add(list, loop);
        ClientQuery third = Add(list, loop);

        list.Remove(second);
        list.Remove(second);
        Assert.Equal(2, list.Count);
        network.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal([first, third], told);
        list.Remove(first);
        Assert.Equal(0, list.Count);
    }

    [Fact]
    public void A_timer_that_cannot_be_had_costs_no_query_its_deadline()
    {
        VirtualNetwork network = new(Internets.MakeCom());
        using Run run = Run.Primed(network);
        ShortOfTimers loop = new(run.Resolver.Works.Engines[0].Parts.Loop);
        List<ClientQuery> told = [];
        using DeadlineList list = new(loop, told.Add);

        _ = Assert.Throws<InvalidOperationException>(() => Add(list, loop));
        network.Advance(TimeSpan.FromSeconds(2));

        _ = Assert.Single(told);
        Assert.Equal(1, loop.Refused);
    }

    private static ClientQuery Add(DeadlineList list, ILoop loop)
    {
        ReplyTarget target = new()
        {
            Id = 1,
            Flags = HeaderFlags.None,
            HasEdns = false,
            DnssecOk = false,
            MaxLength = 512,
        };
        Question question = new(DomainName.Root, RRType.NS, default);
        QueryShares shares = new(1);
        ClientKey client = new(1, IsProven: true);
        Assert.Equal(ShareVerdict.Admitted, shares.TryTake(client));
        ClientQuery query = new(new InProcessTicket(), question, target, new QueryPlace(shares, client))
        {
            Budget = new WorkBudget(
                ResolverLimits.Default, loop.Time.GetTimestamp() + TimeSpan.TicksPerSecond),
        };
        list.Add(query);
        return query;
    }

    // Refuses the first timer, as a system without memory would.
    private sealed class ShortOfTimers(ILoop loop) : TimeProvider, ILoop
    {
        public int Refused { get; private set; }

        public int Index => loop.Index;

        public TimeProvider Time => this;

        public long CaughtUpAt => loop.CaughtUpAt;

        public bool IsCurrent => loop.IsCurrent;

        public IUpstream Upstream => loop.Upstream;

        public override long TimestampFrequency => loop.Time.TimestampFrequency;

        public void Post(SendOrPostCallback callback, object? state) => loop.Post(callback, state);

        public ValueTask<TResult> OffloadAsync<TState, TResult>(Func<TState, TResult> work, TState state) =>
            loop.OffloadAsync(work, state);

        public override long GetTimestamp() => loop.Time.GetTimestamp();

        public override ITimer CreateTimer(
            TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (Refused == 0)
            {
                Refused++;
                throw new InvalidOperationException("no memory");
            }

            return loop.Time.CreateTimer(callback, state, dueTime, period);
        }
    }
}
