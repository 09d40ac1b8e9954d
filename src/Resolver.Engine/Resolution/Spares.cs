// Things of one loop kept for reuse: what a resolution needs for a while and gives back. The pools of the
// framework keep a few dozen of a kind for the whole process; resolutions in flight are hundreds.
using System;
using System.Collections.Generic;

namespace Resolver.Engine;

/// <summary>Spare things of one kind. Used on one loop.</summary>
internal sealed class Spares<T>(Func<T> make)
    where T : class
{
    // What a burst leaves behind beyond that is the collector's.
    private const int MostKept = 1024;

    private readonly Stack<T> _spare = new();

    /// <summary>How many lie here.</summary>
    public int Count => _spare.Count;

    /// <summary>A spare one, or a new one.</summary>
    public T Take() => _spare.TryPop(out T? spare) ? spare : make();

    /// <summary>Takes one back that nobody uses any more.</summary>
    public void GiveBack(T spare)
    {
        if (_spare.Count < MostKept)
        {
            _spare.Push(spare);
        }
    }
}
