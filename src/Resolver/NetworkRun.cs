// A network put to use by one resolver: its loops, and the sockets to listen on where there are any.
using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Resolver.Engine;
using Resolver.Transport;

namespace Resolver;

/// <summary>What a network needs to know to make the loops of a resolver.</summary>
/// <param name="Options">The resolver's options.</param>
/// <param name="OnFault">Told of exceptions that reached the root of a loop's callback.</param>
internal sealed record NetworkRequest(ResolverOptions Options, Action<ILoop, Exception> OnFault);

/// <summary>The loops of one resolver, made but not started.</summary>
internal abstract class NetworkRun : IAsyncDisposable
{
    /// <summary>The loops by index, each with its upstream.</summary>
    public abstract IReadOnlyList<ILoop> Loops { get; }

    /// <summary>
    /// The group behind the loops, for listening; null where no real socket exists (virtual loops).
    /// </summary>
    public abstract LoopGroup? Group { get; }

    /// <summary>The source of randomness for a loop.</summary>
    public abstract IRandomSource MakeRandom(int loop);

    /// <summary>Starts the loops.</summary>
    public abstract void Start();

    /// <summary>Stops the loops; completes when nothing runs any more.</summary>
    public abstract ValueTask DisposeAsync();
}
