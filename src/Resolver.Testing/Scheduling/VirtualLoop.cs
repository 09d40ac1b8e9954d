// A loop without a thread: its turns are events of a VirtualScheduler. It keeps the same contract as the
// loops of Resolver.Transport (the same tests run over it), so what the simulation proves of the engine holds
// on sockets too.
using System;
using System.Collections.Generic;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using Resolver.Engine;

namespace Resolver.Testing;

/// <summary>
/// An <see cref="ILoop"/> in virtual time, whose turns a <see cref="VirtualScheduler"/> runs.
/// </summary>
internal sealed class VirtualLoop : ILoop
{
    private readonly Stack<(SendOrPostCallback Callback, object? State)> _atStop = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IUpstream? _upstream;

    /// <summary>A loop of a simulation.</summary>
    public VirtualLoop(VirtualScheduler scheduler, int index)
    {
        Scheduler = scheduler;
        Index = index;
        Time = new VirtualClock(this);
        Work = new VirtualWork(scheduler);
        Context = new VirtualSynchronizationContext(scheduler, this);
    }

    /// <inheritdoc/>
    public int Index { get; }

    /// <inheritdoc/>
    public TimeProvider Time { get; }

    /// <inheritdoc/>
    public long CaughtUpAt => Work.PerEvent > TimeSpan.Zero && IsCurrent ? Work.LastDue : Scheduler.Now;

    /// <summary>What its work costs it.</summary>
    public VirtualWork Work { get; }

    /// <inheritdoc/>
    public bool IsCurrent => Scheduler.IsRunningHere && Scheduler.Running == this;

    /// <inheritdoc/>
    public IUpstream Upstream =>
        _upstream ?? throw new InvalidOperationException("The loop has no upstream yet.");

    /// <summary>The scheduler that runs its turns.</summary>
    public VirtualScheduler Scheduler { get; }

    /// <summary>True once stopped: what is queued and what comes later is dropped.</summary>
    public bool IsStopped => _stopped.Task.IsCompleted;

    /// <summary>How many exceptions reached the root of a callback.</summary>
    public int Faults { get; internal set; }

    internal SynchronizationContext Context { get; }

    /// <summary>Composition sets the way to name servers, once.</summary>
    public void SetUpstream(IUpstream upstream)
    {
        if (_upstream is not null)
        {
            throw new InvalidOperationException("The upstream of a loop is set once.");
        }

        _upstream = upstream;
    }

    /// <inheritdoc/>
    public void Post(SendOrPostCallback callback, object? state)
    {
        ArgumentNullException.ThrowIfNull(callback);
        _ = ScheduleAt(Scheduler.Now, callback, state);
    }

    /// <inheritdoc/>
    public async ValueTask<TResult> OffloadAsync<TState, TResult>(Func<TState, TResult> work, TState state)
    {
        ArgumentNullException.ThrowIfNull(work);
        Transport.LoopCompletion<TResult> done = new(this);
        ValueTask<TResult> result = done.Task;
        ExceptionDispatchInfo? failure = null;
        _ = Scheduler.Schedule(null, Scheduler.Now, _ => Work(), null);
        TResult value = await result;
        failure?.Throw();
        return value;

        void Work()
        {
            TResult made = default!;
            try
            {
                made = work(state);
            }
            catch (Exception thrown)
            {
                failure = ExceptionDispatchInfo.Capture(thrown);
            }

            Post(_ => done.SetResult(made), null);
        }
    }

    /// <summary>Has a callback run on the loop when it stops; the last registered runs first.</summary>
    public void AtStop(SendOrPostCallback callback, object? state) => _atStop.Push((callback, state));

    /// <summary>
    /// Stops: what the callbacks of <see cref="AtStop"/> post still runs, all else is dropped. Inside an
    /// event it completes later; outside, it runs what is due and has completed on return.
    /// </summary>
    public Task StopAsync()
    {
        _ = Scheduler.Schedule(this, Scheduler.Now, _ => RunStopCallbacks(), null);
        if (!Scheduler.IsRunningHere)
        {
            _ = Scheduler.RunUntil(() => IsStopped, TimeSpan.Zero);
        }

        return _stopped.Task;
    }

    /// <summary>Queues a callback on this loop at a timestamp.</summary>
    internal VirtualEvent ScheduleAt(long when, SendOrPostCallback callback, object? state) =>
        Scheduler.Schedule(
        this,
        when,
        argument =>
        {
            if (!IsStopped)
            {
                callback(argument);
            }
        },
        state);

    private void RunStopCallbacks()
    {
        while (_atStop.TryPop(out (SendOrPostCallback Callback, object? State) callback))
        {
            callback.Callback(callback.State);
        }

        _ = Scheduler.Schedule(this, Scheduler.Now, _ => _stopped.TrySetResult(), null);
    }
}
