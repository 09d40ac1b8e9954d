// The policy of a resolver inside a program: the program itself decides who may ask.
using Resolver.Engine;

namespace Resolver;

/// <summary>Everybody may ask, in the default view.</summary>
internal sealed class OpenPolicy : IQueryPolicy
{
    /// <inheritdoc/>
    public PolicyDecision Decide(in ClientContext client) => new(PolicyVerdict.Continue, default);
}
