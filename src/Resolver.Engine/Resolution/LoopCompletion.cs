// A completion that continues inline: whoever awaits it on a loop goes on inside the call that completes it,
// without a trip through the queue, because both are on the same loop. Not for public doors.
using System;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

namespace Resolver.Engine;

/// <summary>A value awaited once at a time by one party; reusable after <see cref="Reset"/>.</summary>
internal class LoopCompletion<T> : IValueTaskSource<T>
{
    private ManualResetValueTaskSourceCore<T> _core;

    /// <summary>True once completed.</summary>
    public bool IsCompleted { get; private set; }

    /// <summary>The value, to be awaited once.</summary>
    public ValueTask<T> Task => new(this, _core.Version);

    /// <summary>Completes; the awaiting party runs before this returns.</summary>
    public void Complete(T value)
    {
        IsCompleted = true;
        _core.SetResult(value);
    }

    /// <summary>Makes it ready for the next use.</summary>
    public void Reset()
    {
        IsCompleted = false;
        _core.Reset();
    }

    /// <inheritdoc/>
    public T GetResult(short token)
    {
        T result = _core.GetResult(token);
        OnTaken();
        return result;
    }

    /// <summary>The value was taken: nobody waits any more.</summary>
    private protected virtual void OnTaken()
    {
    }

    /// <inheritdoc/>
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    /// <inheritdoc/>
    public void OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, ValueTaskSourceOnCompletedFlags.None);
}
