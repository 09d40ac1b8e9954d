// What the real loops add to the contract: few wakes, the end of a turn, an orderly stop, timers without
// allocation.
using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using NSubstitute;
using Resolver.Engine;
using Xunit;

namespace Resolver.Transport.Tests;

public sealed class SocketLoopTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_batch_of_posts_to_another_loop_costs_at_most_one_wake(bool portable)
    {
        await using var harness = new SocketLoopHarness(portable ? LoopKind.Portable : LoopKind.Automatic, 2);
        SocketLoop other = harness.Group.Loops[1];
        await harness.RunAsync(harness.Loops[0], async () =>
        {
            long before = other.Wakes;
            var all = new TaskCompletionSource();
            int left = 1_000;
            for (int count = 0; count < 1_000; count++)
            {
                other.Post(_ => left--, null);
            }

            other.Post(_ => all.SetResult(), null);
            await all.Task;
            Assert.Equal(0, left);
            Assert.InRange(other.Wakes - before, 0, 1);
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_loop_that_is_awake_is_not_woken(bool portable)
    {
        await using var harness = new SocketLoopHarness(portable ? LoopKind.Portable : LoopKind.Automatic, 1);
        SocketLoop loop = harness.Group.Loops[0];
        using var posted = new ManualResetEventSlim();
        long wakes = 0;
        int ran = 0;
        var poster = new Thread(() =>
        {
            for (int count = 0; count < 100; count++)
            {
                loop.Post(_ => ran++, null);
            }

            posted.Set();
        });
        await harness.RunAsync(loop, async () =>
        {
            long before = loop.Wakes;
            poster.Start();
            posted.Wait(TestContext.Current.CancellationToken);
            wakes = loop.Wakes - before;
            var all = new TaskCompletionSource();

            // Posts of other threads are taken over as a batch when the turn comes to them: two turns at
            // most.
            loop.Post(_ => loop.Post(_ => all.SetResult(), null), null);
            await all.Task;
        });
        Assert.Equal(0, wakes);
        Assert.Equal(100, ran);
    }

    [Fact]
    public async Task The_end_of_a_turn_comes_after_its_posts_and_once()
    {
        await using var harness = new SocketLoopHarness(LoopKind.Automatic, 1);
        SocketLoop loop = harness.Group.Loops[0];
        var order = new List<string>();
        await harness.RunAsync(loop, async () =>
        {
            var done = new TaskCompletionSource();
            var hook = Substitute.For<IEndOfTurn>();
            hook.When(static each => each.OnEndOfTurn()).Do(_ =>
            {
                order.Add("end");
                loop.Post(
                    _ =>
                    {
                        order.Add("next turn");
                        done.SetResult();
                    },
                    null);
            });
            loop.Post(_ => order.Add("post 1"), null);
            loop.Post(_ => loop.AtEndOfTurn(hook), null);
            loop.Post(_ => order.Add("post 2"), null);
            await done.Task;
        });
        Assert.Equal(["post 1", "post 2", "end", "next turn"], order);
    }

    [Fact]
    public async Task Stop_callbacks_run_last_registered_first_and_their_posts_still_run()
    {
        await using var harness = new SocketLoopHarness(LoopKind.Automatic, 1);
        SocketLoop loop = harness.Group.Loops[0];
        var order = new List<int>();
        await harness.RunAsync(loop, () =>
        {
            loop.AtStop(_ => order.Add(3), null);
            loop.AtStop(_ => throw new FormatException("stop"), null);
            loop.AtStop(
                _ =>
                {
                    order.Add(1);
                    loop.Post(_ => order.Add(4), null);
                },
                null);
            return Task.CompletedTask;
        });
        await harness.StopAsync();
        Assert.Equal([1, 3, 4], order);
        Assert.Equal("stop", Assert.Single(harness.Faults).Message);
        Assert.False(loop.IsCurrent);
    }

    [Fact]
    public async Task A_loop_that_never_started_stops_too()
    {
        await using var group = new LoopGroup(new LoopGroupOptions { Count = 2 });
        bool stopped = false;
        group.Loops[0].AtStop(_ => stopped = true, null);
        await group.StopAsync();
        Assert.True(stopped);
        Assert.Throws<InvalidOperationException>(group.Start);
    }

    [Fact]
    public async Task The_upstream_is_set_once_and_before_the_start()
    {
        await using var group = new LoopGroup(new LoopGroupOptions { Count = 2 });
        SocketLoop loop = group.Loops[0];
        Assert.Throws<InvalidOperationException>(() => loop.Upstream);
        IUpstream upstream = Substitute.For<IUpstream>();
        loop.SetUpstream(upstream);
        Assert.Same(upstream, loop.Upstream);
        Assert.Throws<InvalidOperationException>(() => loop.SetUpstream(upstream));
        group.Start();
        Assert.Throws<InvalidOperationException>(() => group.Loops[1].SetUpstream(upstream));
        Assert.Throws<InvalidOperationException>(loop.Start);
    }

    [Fact]
    public async Task A_loop_timer_is_scheduled_again_and_again_without_allocation()
    {
        await using var harness = new SocketLoopHarness(LoopKind.Automatic, 1);
        SocketLoop loop = harness.Group.Loops[0];
        await harness.RunAsync(loop, async () =>
        {
            var timer = new CountingTimer(loop);
            await timer.RunAsync(10);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int round = 0; round < 1_000; round++)
            {
                loop.Schedule(timer, SocketLoop.Now + TimeSpan.TicksPerHour);
                Assert.True(timer.IsScheduled);
                loop.Cancel(timer);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.False(timer.IsScheduled);
        });
        Assert.Throws<InvalidOperationException>(() => loop.Schedule(new CountingTimer(loop), 0));
    }

    [Fact]
    public async Task A_clock_timer_of_another_thread_fires_on_the_loop()
    {
        await using var harness = new SocketLoopHarness(LoopKind.Automatic, 1);
        SocketLoop loop = harness.Group.Loops[0];
        var fired = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using ITimer timer = loop.Time.CreateTimer(
            _ => fired.TrySetResult(loop.IsCurrent), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        Assert.True(await fired.Task);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => timer.Change(TimeSpan.FromSeconds(-5), Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public async Task Waiting_for_a_loop_is_refused_and_a_send_on_it_runs_at_once()
    {
        await using var harness = new SocketLoopHarness(LoopKind.Automatic, 1);
        SynchronizationContext? context = null;
        await harness.RunAsync(harness.Loops[0], () =>
        {
            context = SynchronizationContext.Current;
            bool ran = false;
            context!.Send(_ => ran = true, null);
            Assert.True(ran);
            Assert.Same(context, context.CreateCopy());
            return Task.CompletedTask;
        });
        Assert.Throws<NotSupportedException>(() => context!.Send(static _ => { }, null));
    }

    [Fact]
    public async Task A_completion_continues_inline_on_its_loop_and_is_reused()
    {
        await using var harness = new SocketLoopHarness(LoopKind.Automatic, 1);
        ILoop loop = harness.Loops[0];
        var order = new List<string>();
        await harness.RunAsync(loop, async () =>
        {
            var pool = new LoopCompletionPool<int>(loop);
            LoopCompletion<int> first = pool.Rent();
            ValueTask all = AwaitAsync(first.Task);
            order.Add("before");
            first.SetResult(7);
            order.Add("after");
            await all;
            LoopCompletion<int> second = pool.Rent();
            Assert.Same(first, second);
            Assert.NotSame(second, pool.Rent());
            second.SetResult(8);
            Assert.Equal(8, await second.Task);
        });
        Assert.Equal(["before", "7", "after"], order);

        async ValueTask AwaitAsync(ValueTask<int> task) =>
            order.Add((await task).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_completion_of_another_thread_continues_on_the_loop()
    {
        await using var harness = new SocketLoopHarness(LoopKind.Automatic, 1);
        ILoop loop = harness.Loops[0];
        await harness.RunAsync(loop, async () =>
        {
            var completion = new LoopCompletion<int>(loop);
            new Thread(() => completion.SetResult(9)).Start();
            Assert.Equal(9, await completion.Task);
            Assert.True(loop.IsCurrent);
        });
    }

    [Fact]
    public async Task An_exchange_of_completions_allocates_nothing_once_warm()
    {
        await using var harness = new SocketLoopHarness(LoopKind.Automatic, 1);
        ILoop loop = harness.Loops[0];
        await harness.RunAsync(loop, async () =>
        {
            var pool = new LoopCompletionPool<int>(loop);
            long before = 0;
            for (int round = 0; round < 2_000; round++)
            {
                if (round == 1_000)
                {
                    before = GC.GetAllocatedBytesForCurrentThread();
                }

                LoopCompletion<int> completion = pool.Rent();
                completion.SetResult(round);
                Assert.True(await completion.Task == round);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        });
    }

    [Fact]
    public async Task The_limit_of_open_files_is_raised()
    {
        await using var group = new LoopGroup(new LoopGroupOptions());
        Assert.InRange(group.OpenFiles, 256, int.MaxValue);
        Assert.Equal(group.OpenFiles, OpenFileLimit.Raise());
    }

    /// <summary>Schedules itself in the past until it has fired often enough.</summary>
    private sealed class CountingTimer(SocketLoop loop) : LoopTimer
    {
        private readonly TaskCompletionSource _done = new();
        private int _left;

        public Task RunAsync(int times)
        {
            _left = times;
            loop.Schedule(this, 0);
            return _done.Task;
        }

        public override void OnTimer(long now)
        {
            Assert.False(IsScheduled);
            if (--_left == 0)
            {
                _done.SetResult();
            }
            else
            {
                loop.Schedule(this, now - 1);
            }
        }
    }
}
