// The virtual loops of one resolver.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Resolver.Engine;
using Resolver.Transport;

namespace Resolver.Testing;

/// <summary>Loops of one resolver in a <see cref="VirtualNetwork"/>.</summary>
internal sealed class VirtualNetworkRun : NetworkRun
{
    private readonly VirtualLoop[] _loops;
    private readonly ILoop[] _shown;
    private readonly SeededRandom _random;

    /// <summary>Makes the loops, each with its way to the servers.</summary>
    public VirtualNetworkRun(VirtualNetwork network, NetworkRequest request, ulong seed)
    {
        _random = new SeededRandom(seed);
        network.Scheduler.OnFault += request.OnFault;
        _loops = new VirtualLoop[Math.Max(1, request.Options.LoopCount)];
        for (int index = 0; index < _loops.Length; index++)
        {
            VirtualLoop loop = new(network.Scheduler, index);
            loop.Work.PerEvent = network.WorkPerEvent;
            PacketSimulatorOptions packets = network.Packets with { Seed = _random.NextUInt64() };
            PacketSimulator simulator = new(loop, network.Internet, packets, request.Options.Limits)
            {
                Log = network.Log,
                World = network.Time,
            };
            loop.SetUpstream(simulator);
            network.Simulators.Add(simulator);
            _loops[index] = loop;
        }

        _shown = [.. _loops.Select(l => network.Disguise?.Invoke(l) ?? l)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ILoop> Loops => _shown;

    /// <inheritdoc/>
    public override LoopGroup? Group => null;

    /// <inheritdoc/>
    public override IRandomSource MakeRandom(int loop) => _random.Fork();

    /// <summary>Nothing to do: virtual loops run whenever time does.</summary>
    public override void Start()
    {
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        foreach (VirtualLoop loop in _loops)
        {
            await loop.StopAsync();
        }
    }
}
