// What lies outside a resolver: the system's sockets, or a simulated internet (Resolver.Testing).
namespace Resolver;

/// <summary>The network in which a resolver lives.</summary>
public abstract class ResolverNetwork
{
    // Internal, not private protected: the simulated internet, in another project, is a network too.
    internal ResolverNetwork()
    {
    }

    /// <summary>The sockets of this machine.</summary>
    public static ResolverNetwork System { get; } = new SystemNetwork();

    /// <summary>
    /// The options of a resolver as this network has them: one of its own kind brings its own trust anchors.
    /// </summary>
    internal virtual ResolverOptions Adapt(ResolverOptions options) => options;

    /// <summary>Makes the loops of one resolver.</summary>
    internal abstract NetworkRun Open(NetworkRequest request);
}
