// Something on its way in a simulated network.
using System;
using System.Threading;

namespace Resolver.Testing;

/// <summary>What happens at a moment of the network's time, unless the exchange ends before.</summary>
internal sealed class PacketTimer(long due, Action action)
{
    /// <summary>The moment.</summary>
    public long Due { get; } = due;

    /// <summary>What happens.</summary>
    public Action Action { get; } = action;

    /// <summary>The timer that brings it about.</summary>
    public ITimer? Timer { get; set; }

    /// <summary>True once it has happened.</summary>
    public bool HasFired { get; set; }
}
