// The machine's own network: socket loops whose upstreams share one port space and one allowance of sockets.
using System.Linq;
using Resolver.Engine;
using Resolver.Transport;

namespace Resolver;

/// <summary>The network of <see cref="ResolverNetwork.System"/>.</summary>
internal sealed class SystemNetwork : ResolverNetwork
{
    /// <inheritdoc/>
    internal override NetworkRun Open(NetworkRequest request)
    {
        UpstreamOptions? shared = null;
        return new SocketNetworkRun(request, (group, loop) =>
        {
            shared ??= new UpstreamOptions(request.Options.Limits, group.Loops.Count, group.OpenFiles)
            {
                SourceAddresses = [.. request.Options.SourceAddresses.Select(InetAddress.From)],
            };
            return new SocketUpstream(loop, new CryptographicRandomSource(KernelRandom.Fill), shared);
        });
    }
}
