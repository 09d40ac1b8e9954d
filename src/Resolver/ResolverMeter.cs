// The meter of one resolver: a meter of its own for each, so that two resolvers in one process are told
// apart and nothing static is shared. Made by the embedding program's factory where there is one.
using System;
using System.Diagnostics.Metrics;
using Resolver.Engine;
using Resolver.Transport;

namespace Resolver;

/// <summary>The meter and everything that is measured by it.</summary>
internal sealed class ResolverMeter : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "Resolver";

    private readonly bool _isOwn;

    /// <summary>Makes all instruments.</summary>
    public ResolverMeter(IMeterFactory? factory, ResolverWorks works)
    {
        _isOwn = factory is null;
        Meter = factory?.Create(Name) ?? new Meter(Name);
        works.Counts.Metrics = new EngineMetrics(Meter, works.Counts, works.Caches);
        works.Clients.Metrics = new ClientMetrics(Meter, works);
        Transport = new TransportMetrics(Meter, works.Network.Loops);
    }

    /// <summary>The meter.</summary>
    public Meter Meter { get; }

    /// <summary>The instruments of listeners and upstream.</summary>
    public TransportMetrics Transport { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        // A factory's meters end with the factory.
        if (_isOwn)
        {
            Meter.Dispose();
        }
    }
}
