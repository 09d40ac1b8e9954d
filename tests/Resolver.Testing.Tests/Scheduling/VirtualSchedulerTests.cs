// What virtual time promises beyond the contract of loops.
using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace Resolver.Testing.Tests;

public sealed class VirtualSchedulerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly VirtualScheduler _scheduler = new();

    [Fact]
    public void Time_stands_still_until_it_is_moved()
    {
        VirtualLoop loop = new(_scheduler, 0);
        long before = loop.Time.GetTimestamp();
        _scheduler.Advance(Second);
        Assert.Equal(Second, loop.Time.GetElapsedTime(before));
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 1, TimeSpan.Zero), loop.Time.GetUtcNow());
    }

    [Fact]
    public void A_timer_fires_at_its_tick_and_not_one_before()
    {
        VirtualLoop loop = new(_scheduler, 0);
        int fired = 0;
        using ITimer timer = loop.Time.CreateTimer(_ => fired++, null, Second, Timeout.InfiniteTimeSpan);
        _scheduler.Advance(Second - TimeSpan.FromTicks(1));
        Assert.Equal(0, fired);
        _scheduler.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(1, fired);
        _scheduler.Advance(10 * Second);
        Assert.Equal(1, fired);
    }

    [Fact]
    public void Events_of_one_moment_run_in_the_order_in_which_they_were_made_over_all_loops()
    {
        VirtualLoop[] loops = [new(_scheduler, 0), new(_scheduler, 1)];
        List<int> order = [];
        for (int number = 0; number < 10; number++)
        {
            loops[number % 2].Post(state => order.Add((int)state!), number);
        }

        _scheduler.Advance(TimeSpan.Zero);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], order);
    }

    [Fact]
    public void Cancelled_timers_move_no_clock()
    {
        VirtualLoop loop = new(_scheduler, 0);
        loop.Time.CreateTimer(_ => { }, null, 100 * Second, Timeout.InfiniteTimeSpan).Dispose();
        Assert.False(_scheduler.RunNext());
        Assert.Equal(VirtualScheduler.Beginning, _scheduler.Now);
    }

    [Fact]
    public void A_run_ends_with_its_condition_or_at_its_limit()
    {
        VirtualLoop loop = new(_scheduler, 0);
        int fired = 0;
        using ITimer timer = loop.Time.CreateTimer(_ => fired++, null, Second, Second);
        Assert.True(_scheduler.RunUntil(() => fired == 3, 10 * Second));
        Assert.Equal(3 * Second, loop.Time.GetElapsedTime(VirtualScheduler.Beginning));
        Assert.False(_scheduler.RunUntil(() => fired == 100, 5 * Second));
        Assert.Equal(8, fired);
    }

    [Fact]
    public void The_wall_clock_can_jump_while_time_goes_on()
    {
        VirtualLoop loop = new(_scheduler, 0);
        _scheduler.WallClockAtBeginning = DateTimeOffset.UnixEpoch;
        Assert.Equal(DateTimeOffset.UnixEpoch, loop.Time.GetUtcNow());
        Assert.Equal(VirtualScheduler.Beginning, loop.Time.GetTimestamp());
    }

    [Fact]
    public async Task What_is_registered_for_the_stop_runs_last_first_and_may_still_post()
    {
        VirtualLoop loop = new(_scheduler, 0);
        List<string> order = [];
        loop.AtStop(_ => order.Add("first"), null);
        loop.AtStop(_ => loop.Post(_ => order.Add("posted"), null), null);
        await loop.StopAsync();
        loop.Post(_ => order.Add("late"), null);
        _scheduler.Advance(Second);
        Assert.Equal(["first", "posted"], order);
    }

    [Fact]
    public async Task An_exception_of_a_step_is_reported_and_time_goes_on()
    {
        VirtualLoop loop = new(_scheduler, 0);
        List<Exception> faults = [];
        _scheduler.OnFault = (_, fault) => faults.Add(fault);
        Task? later = null;
        loop.Post(_ => throw new FormatException("bad"), null);
        loop.Post(_ => later = Task.Delay(Second, loop.Time), null);
        Assert.True(_scheduler.RunUntil(() => later is { IsCompleted: true }, 2 * Second));
        await later!;
        Assert.Equal("bad", Assert.Single(faults).Message);
        Assert.Equal(1, loop.Faults);
    }
}
