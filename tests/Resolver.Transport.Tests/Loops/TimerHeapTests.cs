// The heap of timers against a sorted list.
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using Xunit;

namespace Resolver.Transport.Tests;

public sealed class TimerHeapTests
{
    [Fact]
    public void Timers_come_out_by_time_then_by_order_of_scheduling()
    {
        var heap = new TimerHeap();
        var timers = Enumerable.Range(0, 6).Select(static number => new NumberedTimer(number)).ToArray();
        long[] times = [30, 10, 30, 20, 10, 0];
        foreach (NumberedTimer timer in timers)
        {
            heap.Schedule(timer, times[timer.Number]);
        }

        Assert.Equal(0, heap.Earliest);
        Assert.Equal([5, 1, 4, 3], TakeAll(heap, 29));
        Assert.Equal([0, 2], TakeAll(heap, 30));
        Assert.Equal(0, heap.Count);
    }

    [Fact]
    public void Any_mix_of_scheduling_and_cancelling_agrees_with_a_sorted_list()
    {
        // An operation: timer, time; a negative time cancels.
        Gen.Select(Gen.Int[0, 40], Gen.Int[-20, 60]).Array[0, 400].Sample(operations =>
        {
            var heap = new TimerHeap();
            var timers = Enumerable.Range(0, 41).Select(static number => new NumberedTimer(number)).ToArray();
            var model = new Dictionary<int, (long When, int Order)>();
            int order = 0;
            foreach ((int number, int when) in operations)
            {
                if (when < 0)
                {
                    heap.Cancel(timers[number]);
                    _ = model.Remove(number);
                }
                else
                {
                    heap.Schedule(timers[number], when);
                    model[number] = (when, order++);
                }

                Assert.Equal(model.ContainsKey(number), timers[number].IsScheduled);
                Assert.Equal(model.Count, heap.Count);
            }

            IEnumerable<int> expected =
                model.OrderBy(static entry => entry.Value).Select(static entry => entry.Key);
            Assert.Equal(expected, TakeAll(heap, 60));
        });
    }

    [Fact]
    public void Clearing_forgets_all_and_fires_none()
    {
        var heap = new TimerHeap();
        var timers = Enumerable.Range(0, 200).Select(static number => new NumberedTimer(number)).ToArray();
        foreach (NumberedTimer timer in timers)
        {
            heap.Schedule(timer, timer.Number % 7);
        }

        heap.Clear();
        Assert.Equal(0, heap.Count);
        Assert.All(timers, static timer => Assert.False(timer.IsScheduled));
        Assert.False(heap.TryTakeDue(long.MaxValue, out _));
    }

    private static List<int> TakeAll(TimerHeap heap, long now)
    {
        var taken = new List<int>();
        while (heap.TryTakeDue(now, out LoopTimer? timer))
        {
            taken.Add(((NumberedTimer)timer!).Number);
        }

        return taken;
    }

    private sealed class NumberedTimer(int number) : LoopTimer
    {
        public int Number { get; } = number;

        public override void OnTimer(long now) => Assert.Fail("The heap fires nothing.");
    }
}
