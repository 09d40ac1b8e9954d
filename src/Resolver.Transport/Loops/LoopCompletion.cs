// What an exchange awaits: a reusable source of a ValueTask whose awaiter continues inline, on the loop that
// completes it. ManualResetValueTaskSourceCore would post to the loop's SynchronizationContext even when it
// is the current one, so the wish for it is taken out of the flags: completion itself takes care of the
// thread.
using System;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;
using Resolver.Engine;

namespace Resolver.Transport;

/// <summary>
/// One result at a time, on one loop. <see cref="Task"/> is awaited exactly once; reading its result readies
/// the source for the next use and gives it back to its pool, if any.
/// </summary>
internal sealed class LoopCompletion<TResult> : IValueTaskSource<TResult>
{
    private readonly ILoop _loop;
    private readonly LoopCompletionPool<TResult>? _pool;
    private ManualResetValueTaskSourceCore<TResult> _core;
    private TResult? _posted;

    /// <summary>A source on <paramref name="loop"/>, reused by its owner.</summary>
    public LoopCompletion(ILoop loop)
        : this(loop, null)
    {
    }

    internal LoopCompletion(ILoop loop, LoopCompletionPool<TResult>? pool)
    {
        _loop = loop;
        _pool = pool;
    }

    /// <summary>What the caller awaits.</summary>
    public ValueTask<TResult> Task => new(this, _core.Version);

    /// <summary>
    /// Completes: the awaiter runs inside this call, so it should be the caller's last step. Off the loop the
    /// awaiter runs on the loop, later.
    /// </summary>
    public void SetResult(TResult result)
    {
        if (_loop.IsCurrent)
        {
            _core.SetResult(result);
            return;
        }

        _posted = result;
        _loop.Post(static state => ((LoopCompletion<TResult>)state!).SetPosted(), this);
    }

    /// <inheritdoc/>
    TResult IValueTaskSource<TResult>.GetResult(short token)
    {
        TResult result = _core.GetResult(token);
        _core.Reset();
        _pool?.Return(this);
        return result;
    }

    /// <inheritdoc/>
    ValueTaskSourceStatus IValueTaskSource<TResult>.GetStatus(short token) => _core.GetStatus(token);

    /// <inheritdoc/>
    void IValueTaskSource<TResult>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        flags &= ~ValueTaskSourceOnCompletedFlags.UseSchedulingContext;
        _core.OnCompleted(continuation, state, token, flags);
    }

    private void SetPosted()
    {
        TResult result = _posted!;
        _posted = default;
        _core.SetResult(result);
    }
}
