// What walks borrow for a while and give back.
namespace Resolver.Engine;

/// <summary>Spare things for the walks of one loop.</summary>
internal sealed class WalkSpares
{
    public WalkSpares(LoopEngine engine)
    {
        Iterations = new Spares<Iteration>(() => new Iteration(engine.Room));
        Exchanges = new Spares<WalkExchange>(() => new WalkExchange(engine));
        Waiters = new Spares<WalkWaiter>(() => new WalkWaiter(this));
    }

    /// <summary>Decisions of walks.</summary>
    public Spares<Iteration> Iterations { get; }

    /// <summary>Exchanges with servers.</summary>
    public Spares<WalkExchange> Exchanges { get; }

    /// <summary>Those who wait.</summary>
    public Spares<WalkWaiter> Waiters { get; }

    /// <summary>Arrays for the steps of brief traces.</summary>
    public Spares<TraceStep[]> TraceSteps { get; } = new(static () => new TraceStep[Trace.FirstLength]);
}
