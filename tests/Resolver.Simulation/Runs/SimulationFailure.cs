// A promise that a run has seen broken.
using System;

namespace Resolver.Simulation;

/// <summary>What was promised and is not so.</summary>
internal sealed class SimulationFailure : Exception
{
    public SimulationFailure()
    {
    }

    public SimulationFailure(string message)
        : base(message)
    {
    }

    public SimulationFailure(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Throws unless a promise is kept.</summary>
    public static void Require(bool condition, string failure)
    {
        if (!condition)
        {
            throw new SimulationFailure(failure);
        }
    }
}
