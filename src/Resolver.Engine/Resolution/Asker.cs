// Who wants to know: what every look-up caused by one client query carries along.
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
    /// Look-ups of the chain of trust above this one: they go up the tree, so they end by themselves.
    /// </summary>
    public int ChainDepth { get; init; }
}
