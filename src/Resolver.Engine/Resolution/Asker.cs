// Who wants to know: what every look-up caused by one client query carries along.
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>The asker's side of a look-up.</summary>
/// <param name="Budget">The one budget of the client query.</param>
/// <param name="Trace">Where steps are told; null when nobody listens.</param>
/// <param name="Depth">0 for the client's question, 1 for what it causes, and so on.</param>
/// <param name="Parent">The walk that needs the answer; null for a client.</param>
internal sealed record Asker(WorkBudget Budget, Trace? Trace, int Depth, Walk? Parent)
{
    /// <summary>
    /// True for those who take data as it came: clients that set CD (RFC 4035 §3.2.2), and look-ups of name
    /// servers' addresses, which steer the walk alone.
    /// </summary>
    public bool TakesUnchecked { get; init; }

    /// <summary>
    /// True when it takes data as it came because the clock is wrong and the name is a time server's.
    /// </summary>
    public bool IsSpared { get; init; }

    /// <summary>
    /// Look-ups of the chain of trust above this one: they go up the tree, so they end by themselves.
    /// </summary>
    public int ChainDepth { get; init; }

    /// <summary>
    /// The same client for a name: while the clock is wrong a time server's is spared (TrustState).
    /// </summary>
    public Asker For(DomainName name, LoopParts parts) =>
        TakesUnchecked || !parts.Trust.Spares(name, parts.Loop.Time)
            ? this
            : this with { TakesUnchecked = true, IsSpared = true };
}
