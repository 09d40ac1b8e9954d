// Real loops over the machine's sockets; upstream is what the network says: sockets, or a simulated internet.
using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Resolver.Engine;
using Resolver.Transport;

namespace Resolver;

/// <summary>Loops on threads.</summary>
internal sealed class SocketNetworkRun : NetworkRun
{
    private readonly LoopGroup _group;

    /// <summary>
    /// Makes the loops and gives each the upstream that <paramref name="makeUpstream"/> makes for it.
    /// </summary>
    public SocketNetworkRun(NetworkRequest request, Func<LoopGroup, SocketLoop, IUpstream> makeUpstream)
    {
        int count = request.Options.LoopCount == 0 ? Environment.ProcessorCount : request.Options.LoopCount;
        _group = new LoopGroup(new LoopGroupOptions
        {
            Count = count,
            Kind = request.Options.LoopKind switch
            {
                LoopKind.Automatic => Transport.LoopKind.Automatic,
                LoopKind.Epoll => Transport.LoopKind.Epoll,
                LoopKind.Portable => Transport.LoopKind.Portable,
                _ => throw new ArgumentOutOfRangeException(nameof(request)),
            },
            OnFault = request.OnFault,
            GatherMicroseconds = request.Options.Limits.GatherMicroseconds,
        });
        foreach (SocketLoop loop in _group.Loops)
        {
            loop.SetUpstream(makeUpstream(_group, loop));
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ILoop> Loops => _group.Loops;

    /// <inheritdoc/>
    public override LoopGroup Group => _group;

    /// <inheritdoc/>
    public override IRandomSource MakeRandom(int loop) => new CryptographicRandomSource(KernelRandom.Fill);

    /// <inheritdoc/>
    public override void Start() => _group.Start();

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _group.DisposeAsync();
}
