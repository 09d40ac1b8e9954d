// Who wants to know: what every look-up caused by one client query carries along.
namespace Resolver.Engine;

/// <summary>The asker's side of a look-up.</summary>
/// <param name="Budget">The one budget of the client query.</param>
/// <param name="Trace">Where steps are told; null when nobody listens.</param>
/// <param name="Depth">0 for the client's question, 1 for what it causes, and so on.</param>
/// <param name="Parent">The walk that needs the answer; null for a client.</param>
internal sealed record Asker(WorkBudget Budget, Trace? Trace, int Depth, Walk? Parent);
