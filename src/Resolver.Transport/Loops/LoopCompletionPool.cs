// Completion sources kept for reuse, so that an exchange allocates none.
using System.Collections.Generic;
using Resolver.Engine;

namespace Resolver.Transport;

/// <summary>Sources of one loop, kept for reuse. Used on its loop only.</summary>
internal sealed class LoopCompletionPool<TResult>
{
    // What a burst leaves behind beyond that is the collector's.
    private const int MostKept = 4096;

    private readonly ILoop _loop;
    private readonly Stack<LoopCompletion<TResult>> _free = new();

    /// <summary>A pool of <paramref name="loop"/>.</summary>
    public LoopCompletionPool(ILoop loop) => _loop = loop;

    /// <summary>A source that comes back by itself when its result is read.</summary>
    public LoopCompletion<TResult> Rent() =>
        _free.TryPop(out LoopCompletion<TResult>? completion) ? completion : new(_loop, this);

    internal void Return(LoopCompletion<TResult> completion)
    {
        if (_free.Count < MostKept)
        {
            _free.Push(completion);
        }
    }
}
