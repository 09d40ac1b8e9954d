// The network in which the resolver of one scenario lives: one virtual loop, the scripted servers behind it.
using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Resolver.Engine;
using Resolver.Testing;
using Resolver.Transport;

namespace Resolver.Scenarios;

/// <summary>The network of a scenario.</summary>
internal sealed class ScenarioNetwork(ScriptedServers servers) : ResolverNetwork
{
    public ScriptedServers Servers => servers;

    public VirtualScheduler Scheduler { get; } = new();

    internal override NetworkRun Open(NetworkRequest request)
    {
        Scheduler.OnFault += request.OnFault;
        VirtualLoop loop = new(Scheduler, 0);
        loop.SetUpstream(new ScriptedUpstream(loop, servers));
        return new ScenarioNetworkRun(loop);
    }

    private sealed class ScenarioNetworkRun(VirtualLoop loop) : NetworkRun
    {
        private readonly SeededRandom _random = new(Seed);

        // The same draws each time; a scenario must not depend on them, which SEED=… tries out.
        private static ulong Seed =>
            ulong.TryParse(Environment.GetEnvironmentVariable("SEED"), out ulong seed) ? seed : 1;

        public override IReadOnlyList<ILoop> Loops => [loop];

        public override LoopGroup? Group => null;

        public override IRandomSource MakeRandom(int loop) => _random.Fork();

        public override void Start()
        {
        }

        public override async ValueTask DisposeAsync() => await loop.StopAsync();
    }
}
