// A resolver in virtual time, primed, with short words for asking.
using System;
using Resolver.Testing;
using Resolver.Wire;

namespace Resolver.Tests;

/// <summary>One resolver in a virtual network.</summary>
internal sealed class Run : IDisposable
{
    private readonly VirtualNetwork _network;

    private Run(VirtualNetwork network, ResolverOptions options)
    {
        _network = network;
        Resolver = RecursiveResolver.Create(options with { Network = network });
    }

    public RecursiveResolver Resolver { get; }

    /// <summary>A resolver that has asked the root's servers for themselves; counts begin at 0.</summary>
    public static Run Primed(VirtualNetwork network, ResolverOptions? options = null)
    {
        options ??= new ResolverOptions();
        Run run = new(network, options with { RootHints = network.Internet.RootHints });
        network.Advance(TimeSpan.FromSeconds(1));
        network.Internet.ResetQueryCounts();
        return run;
    }

    public Resolution Resolve(string name, RRType? type = null) => _network.Run(async () =>
        await Resolver.ResolveAsync(DomainName.Parse(name), type ?? RRType.A));

    public TimeSpan Time(Func<Resolution> work)
    {
        long began = _network.Time.GetTimestamp();
        _ = work();
        return _network.Time.GetElapsedTime(began);
    }

    public void Dispose() => _network.Run(async () => await Resolver.DisposeAsync());
}
