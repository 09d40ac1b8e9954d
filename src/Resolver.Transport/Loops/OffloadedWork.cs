// Long work leaves the loop here and nowhere else: it runs on the thread pool and completes on the loop.
// Exceptions of the work reach whoever awaits it.
using System;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;

namespace Resolver.Transport;

/// <summary>One piece of work on its way out and back.</summary>
internal sealed class OffloadedWork<TState, TResult> : IThreadPoolWorkItem
{
    private readonly SocketLoop _loop;
    private readonly Func<TState, TResult> _work;
    private readonly TState _state;
    private readonly LoopCompletion<bool> _done;
    private TResult? _result;
    private Exception? _failure;

    private OffloadedWork(SocketLoop loop, Func<TState, TResult> work, TState state)
    {
        _loop = loop;
        _work = work;
        _state = state;
        _done = new LoopCompletion<bool>(loop);
    }

    /// <summary>Runs <paramref name="work"/> off the loop; completes on it.</summary>
    public static async ValueTask<TResult> RunAsync(SocketLoop loop, Func<TState, TResult> work, TState state)
    {
        var item = new OffloadedWork<TState, TResult>(loop, work, state);
        ValueTask<bool> done = item._done.Task;

        // The one door out of the loop: ILoop.OffloadAsync is what the ban's message recommends.
#pragma warning disable RS0030
        _ = ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false);
#pragma warning restore RS0030
        if (!await done)
        {
            ExceptionDispatchInfo.Throw(item._failure!);
        }

        return item._result!;
    }

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute()
    {
        // The root of the offloaded work: what it throws belongs to the awaiter, not to the pool.
        try
        {
            _result = _work(_state);
        }
        catch (Exception failure)
        {
            _failure = failure;
        }

        // Posted also when it ran on the loop's own thread by chance: the awaiter never continues inside the
        // work.
        _loop.Post(static state => ((OffloadedWork<TState, TResult>)state!).Complete(), this);
    }

    private void Complete() => _done.SetResult(_failure is null);
}
