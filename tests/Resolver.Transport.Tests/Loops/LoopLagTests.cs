// Since when what a loop handles may have lain unread.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Resolver.Transport.Tests;

public sealed class LoopLagTests
{
    private const long Millisecond = TimeSpan.TicksPerMillisecond;

    [Fact]
    public void A_poll_that_had_to_wait_finds_what_has_just_come_in()
    {
        LoopLag lag = default;
        lag.TakePoll(10 * Millisecond, false, 30 * Millisecond);
        Assert.Equal(30 * Millisecond, lag.CaughtUpAt);
    }

    [Fact]
    public void A_poll_that_did_not_wait_finds_what_came_since_the_one_before_it()
    {
        LoopLag lag = default;
        lag.TakePoll(10 * Millisecond, false, 30 * Millisecond);
        lag.TakePoll(1000 * Millisecond, false, 1000 * Millisecond);
        Assert.Equal(30 * Millisecond, lag.CaughtUpAt);
        lag.TakePoll(1001 * Millisecond, false, 1001 * Millisecond);
        Assert.Equal(1000 * Millisecond, lag.CaughtUpAt);
    }

    [Fact]
    public void While_polls_find_all_that_they_can_take_it_may_be_as_old_as_the_first_of_them()
    {
        LoopLag lag = default;
        lag.TakePoll(10 * Millisecond, false, 30 * Millisecond);
        for (int turn = 1; turn <= 5; turn++)
        {
            lag.TakePoll(turn * 100 * Millisecond, true, turn * 100 * Millisecond);
            Assert.Equal(30 * Millisecond, lag.CaughtUpAt);
        }

        lag.TakePoll(600 * Millisecond, false, 600 * Millisecond);
        Assert.Equal(30 * Millisecond, lag.CaughtUpAt);
        lag.TakePoll(700 * Millisecond, false, 700 * Millisecond);
        Assert.Equal(600 * Millisecond, lag.CaughtUpAt);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crowd_of_posts_is_worked_off_in_turns_in_its_order(bool portable)
    {
        await using var harness = new SocketLoopHarness(portable ? LoopKind.Portable : LoopKind.Automatic, 1);
        SocketLoop loop = harness.Group.Loops[0];
        var order = new List<int>();
        var turns = new HashSet<long>();
        await harness.RunAsync(loop, async () =>
        {
            var all = new TaskCompletionSource();
            for (int number = 0; number < 1000; number++)
            {
                loop.Post(n => Note((int)n!), number);
            }

            loop.Post(_ => all.SetResult(), null);
            await all.Task;
        });
        Assert.Equal(Enumerable.Range(0, 1000), order);
        Assert.InRange(turns.Count, 4, 1000);

        void Note(int number)
        {
            order.Add(number);
            _ = turns.Add(loop.CaughtUpAt);
        }
    }
}
