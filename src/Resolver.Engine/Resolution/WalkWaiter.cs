// One party that waits for a walk to end.
namespace Resolver.Engine;

/// <summary>A waiter: its budget, and how it is told.</summary>
/// <param name="asker">Who waits.</param>
internal sealed class WalkWaiter(Asker asker)
{
    /// <summary>Who waits.</summary>
    public Asker Asker { get; } = asker;

    /// <summary>Completed with the outcome.</summary>
    public LoopCompletion<LinkOutcome> Completion { get; } = new();
}
