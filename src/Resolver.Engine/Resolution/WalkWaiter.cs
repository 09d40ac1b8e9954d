// One party that waits for a walk to end.
namespace Resolver.Engine;

/// <summary>A waiter and its budget; completed with the outcome.</summary>
/// <param name="asker">Who waits.</param>
internal sealed class WalkWaiter(Asker asker) : LoopCompletion<LinkOutcome>
{
    /// <summary>Who waits.</summary>
    public Asker Asker { get; } = asker;
}
