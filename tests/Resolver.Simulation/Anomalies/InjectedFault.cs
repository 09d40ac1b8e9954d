// What an anomaly throws: as little to be foreseen by the code it hits as running out of memory.
using System;

namespace Resolver.Simulation;

/// <summary>An exception that no code of the product expects.</summary>
internal sealed class InjectedFault : Exception
{
    public InjectedFault()
    {
    }

    public InjectedFault(string message)
        : base(message)
    {
    }

    public InjectedFault(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
