// A loop for tests of the engine: one thread, time that moves only when the test says so.
using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Resolver.Engine.Tests;

/// <summary>Runs posts and timers when told to.</summary>
internal sealed class TestLoop : ILoop
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _posts = [];
    private readonly PriorityQueue<Action, (long At, int Sequence)> _due = new();
    private int _sequence;

    public FakeTimeProvider Clock { get; } = new();

    public int Index => 0;

    public TimeProvider Time => Clock;

    public bool IsCurrent => true;

    public IUpstream Upstream { get; set; } = null!;

    public void Post(SendOrPostCallback callback, object? state) => _posts.Enqueue((callback, state));

    public ValueTask<TResult> OffloadAsync<TState, TResult>(Func<TState, TResult> work, TState state) => new(work(state));

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

            Assert.True(_due.TryDequeue(out Action? action, out (long At, int Sequence) key), "nothing left to happen");
            Clock.Advance(new TimeSpan(Math.Max(0, key.At - Clock.GetTimestamp())));
            action();
        }

        return new TimeSpan(Clock.GetTimestamp() - began);
    }
}
