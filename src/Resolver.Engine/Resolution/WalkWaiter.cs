// One party that waits for a walk to end. The object is kept for reuse: it goes back when the party takes the
// outcome, which it does once.
namespace Resolver.Engine;

/// <summary>A waiter and its budget; completed with the outcome.</summary>
/// <param name="spares">Where it goes back to.</param>
internal sealed class WalkWaiter(WalkSpares spares) : LoopCompletion<LinkOutcome>
{
    private Asker? _asker;

    /// <summary>Who waits.</summary>
    public Asker Asker => _asker!;

    /// <summary>Somebody begins to wait.</summary>
    public void Begin(Asker asker) => _asker = asker;

    /// <inheritdoc/>
    private protected override void OnTaken()
    {
        Reset();
        _asker = null;
        spares.Waiters.GiveBack(this);
    }
}
