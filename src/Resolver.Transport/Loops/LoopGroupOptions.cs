// What the composition decides about the loops of one resolver.
using System;
using Resolver.Engine;

namespace Resolver.Transport;

/// <summary>Which kind of loop.</summary>
internal enum LoopKind : byte
{
    /// <summary>Epoll where the system has it, else portable.</summary>
    Automatic,

    /// <summary>Epoll over raw descriptors (Linux).</summary>
    Epoll,

    /// <summary>Sockets of the framework (any system).</summary>
    Portable,
}

/// <summary>How many loops, and which.</summary>
internal sealed record LoopGroupOptions
{
    /// <summary>
    /// Count of loops. Where a port cannot be shared (not Linux) there is one, whatever is said here.
    /// </summary>
    public int Count { get; init; } = 1;

    /// <summary>The kind.</summary>
    public LoopKind Kind { get; init; }

    /// <summary>Names of the threads, followed by their index.</summary>
    public string ThreadName { get; init; } = "resolver-";

    /// <summary>µs for which a loop lets queries gather while very many come; 0: never.</summary>
    public int GatherMicroseconds { get; init; } = ResolverLimits.Default.GatherMicroseconds;

    /// <summary>
    /// Told of an exception that reached the root of a callback, or of a step that was not on its loop: a
    /// flaw of ours, to be logged. Called on the thread where it happened; must be thread-safe.
    /// </summary>
    public Action<ILoop, Exception> OnFault { get; init; } = static (_, _) => { };
}
