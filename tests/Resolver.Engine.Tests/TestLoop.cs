// A loop for tests of the engine: one thread, time that moves only when the test says so.
using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Resolver.Engine.Tests;

/// <summary>Runs posts and timers when told to.</summary>
internal sealed class TestLoop : ILoop
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _posts = [];
    private readonly PriorityQueue<Action, (long At, int Sequence)> _due = new();
    private int _sequence;

    public TestClock Clock { get; } = new();

    public int Index => 0;

    public TimeProvider Time => Clock;

    public long CaughtUpAt => Clock.GetTimestamp();

    public bool IsCurrent => true;

    public IUpstream Upstream { get; set; } = null!;

    public void Post(SendOrPostCallback callback, object? state) => _posts.Enqueue((callback, state));

    /// <summary>How often work left the loop.</summary>
    public int Offloads { get; private set; }

    public ValueTask<TResult> OffloadAsync<TState, TResult>(Func<TState, TResult> work, TState state)
    {
        Offloads++;
        return new ValueTask<TResult>(work(state));
    }

    public void After(TimeSpan delay, Action action) =>
        _due.Enqueue(action, (Clock.GetTimestamp() + delay.Ticks, _sequence++));

    /// <summary>Runs until the task is done; returns how much time went by.</summary>
    public TimeSpan Run(Func<bool> isDone)
    {
        long began = Clock.GetTimestamp();
        while (!isDone())
        {
            if (_posts.TryDequeue(out (SendOrPostCallback Callback, object? State) post))
            {
                post.Callback(post.State);
                continue;
            }

            Step();
        }

        return new TimeSpan(Clock.GetTimestamp() - began);
    }

    /// <summary>Lets time go by, with all that happens in it.</summary>
    public void Pass(TimeSpan span)
    {
        long end = Clock.GetTimestamp() + span.Ticks;
        while (Next() is { } at && at <= end)
        {
            Step();
        }

        Clock.Advance(new TimeSpan(end - Clock.GetTimestamp()));
    }

    private long? Next()
    {
        long? timer = Clock.NextTimer;
        return _due.TryPeek(out _, out (long At, int Sequence) key) && !(timer <= key.At) ? key.At : timer;
    }

    // To the next thing that happens; timers come before replies of the same moment.
    private void Step()
    {
        long at = Next() ?? throw new InvalidOperationException("nothing left to happen");
        Clock.Advance(new TimeSpan(Math.Max(0, at - Clock.GetTimestamp())));
        while (_posts.TryDequeue(out (SendOrPostCallback Callback, object? State) post))
        {
            post.Callback(post.State);
        }

        if (_due.TryPeek(out _, out (long At, int Sequence) key) && key.At <= Clock.GetTimestamp())
        {
            _due.Dequeue()();
        }
    }
}
