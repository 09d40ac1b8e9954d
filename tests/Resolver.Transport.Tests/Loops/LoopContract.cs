// What every loop keeps to, whatever it is made of. Heirs name the kind; the file is linked where another
// assembly has a kind of its own.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Resolver.Engine;
using Xunit;

namespace Resolver.Transport.Tests;

public abstract class LoopContract
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(2);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Loops_know_their_index_and_a_clock_of_100_nanoseconds(int count)
    {
        await using LoopHarness harness = Create(count);
        Assert.Equal(Enumerable.Range(0, count), harness.Loops.Select(loop => loop.Index));
        Assert.All(
            harness.Loops, loop => Assert.Equal(TimeSpan.TicksPerSecond, loop.Time.TimestampFrequency));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Timestamps_of_all_loops_are_on_one_scale_that_does_not_go_back(int count)
    {
        await using LoopHarness harness = Create(count);
        long earlier = long.MinValue;
        for (int round = 0; round < 50; round++)
        {
            ILoop loop = harness.Loops[round % count];
            await harness.RunAsync(loop, () =>
            {
                long now = loop.Time.GetTimestamp();
                Assert.True(now >= earlier);
                earlier = now;
                return Task.CompletedTask;
            });
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_step_runs_on_its_loop_and_on_no_other(int count)
    {
        await using LoopHarness harness = Create(count);
        Assert.All(harness.Loops, loop => Assert.False(loop.IsCurrent));
        foreach (ILoop loop in harness.Loops)
        {
            await harness.RunAsync(loop, () =>
            {
                Assert.True(loop.IsCurrent);
                Assert.Same(loop, harness.Loops.Single(static each => each.IsCurrent));
                return Task.CompletedTask;
            });
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Posts_run_in_order_and_after_the_step_that_made_them(int count)
    {
        await using LoopHarness harness = Create(count);
        ILoop loop = harness.Loops[count - 1];
        var order = new List<int>();
        await harness.RunAsync(loop, async () =>
        {
            var done = new TaskCompletionSource();
            for (int number = 0; number < 100; number++)
            {
                loop.Post(state => order.Add((int)state!), number);
            }

            loop.Post(_ => done.SetResult(), null);
            Assert.Empty(order);
            await done.Task;
        });
        Assert.Equal(Enumerable.Range(0, 100), order);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_loop_posts_to_each_loop_and_back(int count)
    {
        await using LoopHarness harness = Create(count);
        ILoop home = harness.Loops[0];
        foreach (ILoop other in harness.Loops)
        {
            await harness.RunAsync(home, async () =>
            {
                var back = new TaskCompletionSource<(bool There, bool Back)>();
                other.Post(
                    _ =>
                    {
                        bool there = other.IsCurrent;
                        home.Post(_ => back.SetResult((there, home.IsCurrent)), null);
                    },
                    null);
                Assert.Equal((true, true), await back.Task);
                Assert.True(home.IsCurrent);
            });
        }
    }

    [Fact]
    public async Task Posts_of_other_threads_all_arrive_and_each_threads_in_order()
    {
        await using LoopHarness harness = Create(1);
        Assert.SkipUnless(harness.HasThreads, "one thread only");
        ILoop loop = harness.Loops[0];
        const int threads = 4;
        const int posts = 5_000;
        var seen = new List<int>[threads];
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int left = threads * posts;
        var posters = new Thread[threads];
        for (int number = 0; number < threads; number++)
        {
            List<int> mine = seen[number] = [];
            posters[number] = new Thread(() =>
            {
                for (int post = 0; post < posts; post++)
                {
                    int value = post;
                    loop.Post(
                        _ =>
                        {
                            mine.Add(value);
                            if (--left == 0)
                            {
                                all.SetResult();
                            }
                        },
                        null);
                }
            });
        }

        Array.ForEach(posters, static thread => thread.Start());
        await all.Task;
        Assert.All(seen, mine => Assert.Equal(Enumerable.Range(0, posts), mine));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Timers_fire_in_the_order_of_their_times_on_the_loop(int count)
    {
        await using LoopHarness harness = Create(count);
        ILoop loop = harness.Loops[count - 1];
        var fired = new List<(long Earliest, long Latest)>();
        await harness.RunAsync(loop, async () =>
        {
            var done = new TaskCompletionSource();
            int[] delays = [5, 1, 4, 2, 3, 0];
            var timers = new List<ITimer>();
            var times = new (long Earliest, long Latest)[delays.Length];
            for (int number = 0; number < delays.Length; number++)
            {
                TimeSpan delay = delays[number] * Short;
                long before = loop.Time.GetTimestamp();
                timers.Add(loop.Time.CreateTimer(Fire, number, delay, Timeout.InfiniteTimeSpan));
                times[number] = (before + delay.Ticks, loop.Time.GetTimestamp() + delay.Ticks);
            }

            await done.Task;
            timers.ForEach(static timer => timer.Dispose());

            void Fire(object? number)
            {
                Assert.True(loop.IsCurrent);
                fired.Add(times[(int)number!]);
                if (fired.Count == delays.Length)
                {
                    done.SetResult();
                }
            }
        });

        // The thread may be held up between two timers: a later one may be due earlier then, but never
        // clearly so.
        Assert.All(fired.Zip(fired.Skip(1)), pair => Assert.True(pair.First.Earliest <= pair.Second.Latest));
        Assert.Empty(harness.Faults);
    }

    [Fact]
    public async Task A_timer_is_never_early_and_a_disposed_one_does_not_fire()
    {
        await using LoopHarness harness = Create(1);
        ILoop loop = harness.Loops[0];
        await harness.RunAsync(loop, async () =>
        {
            bool fired = false;
            ITimer disposed = loop.Time.CreateTimer(_ => fired = true, null, Short, Timeout.InfiniteTimeSpan);
            disposed.Dispose();
            Assert.False(disposed.Change(Short, Timeout.InfiniteTimeSpan));
            long start = loop.Time.GetTimestamp();
            await Task.Delay(2 * Short, loop.Time);
            Assert.True(loop.Time.GetElapsedTime(start) >= 2 * Short);
            Assert.True(loop.IsCurrent);
            Assert.False(fired);
        });
    }

    [Fact]
    public async Task A_periodic_timer_goes_on_until_it_is_stopped()
    {
        await using LoopHarness harness = Create(1);
        ILoop loop = harness.Loops[0];
        await harness.RunAsync(loop, async () =>
        {
            int fired = 0;
            var third = new TaskCompletionSource();
            using ITimer timer = loop.Time.CreateTimer(
                _ =>
                {
                    if (++fired == 3)
                    {
                        third.SetResult();
                    }
                },
                null,
                TimeSpan.Zero,
                Short);
            await third.Task;
            Assert.True(timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
            await Task.Delay(4 * Short, loop.Time);
            Assert.Equal(3, fired);
        });
    }

    [Fact]
    public async Task Cancellation_by_time_is_seen_on_the_loop()
    {
        await using LoopHarness harness = Create(1);
        ILoop loop = harness.Loops[0];
        await harness.RunAsync(loop, async () =>
        {
            using var source = new CancellationTokenSource(Short, loop.Time);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => Task.Delay(Timeout.InfiniteTimeSpan, loop.Time, source.Token));
            Assert.True(loop.IsCurrent);
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Awaits_resume_on_the_loop(int count)
    {
        await using LoopHarness harness = Create(count);
        ILoop loop = harness.Loops[count - 1];
        await harness.RunAsync(loop, async () =>
        {
            await Task.Yield();
            Assert.True(loop.IsCurrent);

            var source = new TaskCompletionSource();
            loop.Post(_ => source.SetResult(), null);
            await source.Task;
            Assert.True(loop.IsCurrent);

            await NestedAsync(loop, depth: 3);
            Assert.True(loop.IsCurrent);
        });
    }

    [Fact]
    public async Task An_await_of_work_done_by_another_thread_resumes_on_the_loop()
    {
        await using LoopHarness harness = Create(1);
        Assert.SkipUnless(harness.HasThreads, "one thread only");
        ILoop loop = harness.Loops[0];
        await harness.RunAsync(loop, async () =>
        {
            await Task.Run(() => Assert.False(loop.IsCurrent), TestContext.Current.CancellationToken);
            Assert.True(loop.IsCurrent);

            // What a library awaits with ConfigureAwait(false) inside escapes, as everywhere; our own await
            // of the library's task brings us back.
            await LibraryAsync();
            Assert.True(loop.IsCurrent);
        });

        static async Task LibraryAsync() => await Task.Run(static () => { }).ConfigureAwait(false);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Offloaded_work_completes_on_the_loop(int count)
    {
        await using LoopHarness harness = Create(count);
        ILoop loop = harness.Loops[count - 1];
        await harness.RunAsync(loop, async () =>
        {
            bool ranInside = true;
            int result = await loop.OffloadAsync(
                number =>
                {
                    ranInside = false;
                    return number + 1;
                },
                41);
            Assert.Equal(42, result);
            Assert.False(ranInside);
            Assert.True(loop.IsCurrent);
        });
    }

    [Fact]
    public async Task What_offloaded_work_throws_reaches_its_awaiter_on_the_loop()
    {
        await using LoopHarness harness = Create(1);
        ILoop loop = harness.Loops[0];
        await harness.RunAsync(loop, async () =>
        {
            var thrown = await Assert.ThrowsAsync<FormatException>(
                async () => _ = await loop.OffloadAsync<int, int>(_ => throw new FormatException("bad"), 0));
            Assert.Equal("bad", thrown.Message);
            Assert.True(loop.IsCurrent);
        });
    }

    [Fact]
    public async Task A_fault_of_a_callback_is_reported_and_the_loop_goes_on()
    {
        await using LoopHarness harness = Create(1);
        ILoop loop = harness.Loops[0];
        await harness.RunAsync(loop, async () =>
        {
            loop.Post(static _ => throw new FormatException("post"), null);
            using ITimer timer = loop.Time.CreateTimer(
                static _ => throw new FormatException("timer"),
                null,
                TimeSpan.Zero,
                Timeout.InfiniteTimeSpan);
            AsyncVoid();
            await Task.Delay(Short, loop.Time);
            Assert.True(loop.IsCurrent);
        });
        Assert.Equal(["async", "post", "timer"], harness.Faults.Select(fault => fault.Message).Order());

#pragma warning disable VSTHRD100 // Exactly that: a flaw which has nobody to tell but the loop.
        static async void AsyncVoid()
        {
            await Task.Yield();
            throw new FormatException("async");
        }
#pragma warning restore VSTHRD100
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task After_stopping_posts_are_dropped_without_an_error(int count)
    {
        await using LoopHarness harness = Create(count);
        bool ran = false;
        await harness.RunAsync(harness.Loops[0], static () => Task.CompletedTask);
        await harness.StopAsync();
        foreach (ILoop loop in harness.Loops)
        {
            loop.Post(_ => ran = true, null);
        }

        await harness.StopAsync();
        Assert.False(ran);
    }

    /// <summary>Started loops of the kind under test.</summary>
    private protected abstract LoopHarness Create(int count);

    private static async Task NestedAsync(ILoop loop, int depth)
    {
        if (depth > 0)
        {
            await NestedAsync(loop, depth - 1);
            await Task.Yield();
            Assert.True(loop.IsCurrent);
        }
    }
}
