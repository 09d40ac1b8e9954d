// When queries are let gather, and when not.
using System;
using Resolver.Engine;
using Xunit;

namespace Resolver.Transport.Tests;

public sealed class ReceivePaceTests
{
    private const long Millisecond = TimeSpan.TicksPerMillisecond;

    [Theory]
    [InlineData(39, false)]
    [InlineData(41, true)]
    public void Queries_are_let_gather_above_the_pace_and_not_below(int perMillisecond, bool high)
    {
        var pace = new ReceivePace(ResolverLimits.Default.GatherMicroseconds);
        for (int time = 1; time <= 5; time++)
        {
            pace.Took(perMillisecond, full: false, time * Millisecond);
        }

        Assert.Equal(high, pace.IsHigh);
    }

    [Fact]
    public void The_first_query_after_a_rush_ends_it()
    {
        var pace = new ReceivePace(50);
        pace.Took(64, full: false, Millisecond);
        pace.Took(64, full: false, 2 * Millisecond);
        Assert.True(pace.IsHigh);
        pace.Took(1, full: false, 1000 * Millisecond);
        Assert.False(pace.IsHigh);
    }

    [Fact]
    public void A_rush_that_ended_without_another_query_is_over_after_a_few_waits()
    {
        var pace = new ReceivePace(1);
        pace.Took(64, full: false, Millisecond);
        pace.Took(64, full: false, 2 * Millisecond);
        int waits = 0;
        for (; pace.IsHigh; waits++)
        {
            pace.LetGather();
        }

        Assert.Equal(8, waits);
    }

    [Fact]
    public void Who_has_a_full_batch_waiting_does_not_wait()
    {
        var pace = new ReceivePace(50);
        pace.Took(64, full: true, Millisecond);
        pace.Took(64, full: true, 2 * Millisecond);
        Assert.False(pace.IsHigh);
        pace.Took(10, full: false, 2 * Millisecond);
        Assert.True(pace.IsHigh);
    }

    [Fact]
    public void Zero_microseconds_are_never()
    {
        var pace = new ReceivePace(0);
        pace.Took(6400, full: false, Millisecond);
        pace.Took(6400, full: false, 2 * Millisecond);
        Assert.False(pace.IsHigh);
    }
}
