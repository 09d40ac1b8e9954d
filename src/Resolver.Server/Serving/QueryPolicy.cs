// Step 3: Admit. Who may ask, by the address that asked: never an open resolver unless configured to be one.
// The rules are one immutable value, swapped whole on reload, so that no query ever sees half of a change.
using System.Threading;
using Resolver.Engine;

namespace Resolver.Server;

/// <summary>The configured policy.</summary>
internal sealed class QueryPolicy : IQueryPolicy
{
    private AddressPrefixSet _allowed;

    /// <summary>A policy by a configuration.</summary>
    public QueryPolicy(ServerConfiguration configuration) =>
        _allowed = new AddressPrefixSet(configuration.Allow);

    /// <summary>Goes over to another configuration.</summary>
    public void Replace(ServerConfiguration configuration) =>
        Volatile.Write(ref _allowed, new AddressPrefixSet(configuration.Allow));

    /// <inheritdoc/>
    public PolicyDecision Decide(in ClientContext client)
    {
        bool mayAsk = client.Transport == ClientTransport.InProcess
            || Volatile.Read(ref _allowed).Contains(client.Remote.Address);
        return new PolicyDecision(mayAsk ? PolicyVerdict.Continue : PolicyVerdict.Refuse, default);
    }
}
