// What the contract tests need of a kind of loop; a new kind (the virtual one of the simulation) plugs in
// here.
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading.Tasks;
using Resolver.Engine;

namespace Resolver.Transport.Tests;

/// <summary>Some started loops of one kind.</summary>
internal abstract class LoopHarness : IAsyncDisposable
{
    /// <summary>The loops, by index.</summary>
    public abstract IReadOnlyList<ILoop> Loops { get; }

    /// <summary>Exceptions reported at the root of a callback.</summary>
    public ConcurrentQueue<Exception> Faults { get; } = new();

    /// <summary>
    /// False where everything runs on one thread, in turns: then tests with other threads are left out.
    /// </summary>
    public virtual bool HasThreads => true;

    /// <summary>How often a loop was woken by others; null where that has no meaning.</summary>
    public virtual long? Wakes(ILoop loop) => null;

    /// <summary>
    /// Runs a step on a loop, and whatever else is needed until its task ends; hands on what it threw.
    /// </summary>
    public abstract Task RunAsync(ILoop loop, Func<Task> step);

    /// <summary>Stops the loops.</summary>
    public abstract Task StopAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync();
}
