// How the resolver of a run is set: drawn from the seed, so that every setting meets every weather.
using System;
using Microsoft.Extensions.Logging;
using Resolver.Engine;
using Resolver.Testing;

namespace Resolver.Simulation;

/// <summary>The settings of a run.</summary>
internal sealed class Knobs
{
    /// <summary>Draws settings for a resolver in a network.</summary>
    public Knobs(SeededRandom random, VirtualNetwork network, ILoggerFactory logs)
    {
        IsTight = random.Chance(0.15);
        Options = new ResolverOptions
        {
            Network = network,
            RootHints = network.Internet.RootHints,
            LoopCount = 1 + random.NextBelow(2),
            QnameMinimization = random.NextBelow(4) switch
            {
                0 => QnameMinimization.Off,
                1 => QnameMinimization.Strict,
                _ => QnameMinimization.Relaxed,
            },
            CaseRandomization = !random.Chance(0.2),
            UseIPv6 = !random.Chance(0.3),
            Priming = !random.Chance(0.2),
            MaxTtl = TimeSpan.FromSeconds(random.Chance(0.2) ? 60 : 86400),
            MinTtl = TimeSpan.FromSeconds(random.Chance(0.1) ? 5 : 0),
            CacheSize = random.Chance(0.2) ? 1 << 20 : 16 << 20,
            Limits = IsTight ? DrawTightLimits(random) : ResolverLimits.Default,
            LoggerFactory = logs,
        };
    }

    /// <summary>The options.</summary>
    public ResolverOptions Options { get; }

    /// <summary>True when limits are so tight that good questions may fail at them.</summary>
    public bool IsTight { get; }

    /// <summary>The settings for people.</summary>
    public override string ToString() =>
        $"{Options.LoopCount} loops, minimisation {Options.QnameMinimization}, 0x20 {Options.CaseRandomization}, "
        + $"IPv6 {Options.UseIPv6}, priming {Options.Priming}, cache {Options.CacheSize}"
        + (IsTight ? $", limits {Options.Limits}" : "");

    private static ResolverLimits DrawTightLimits(SeededRandom random)
    {
        ResolverLimits limits = ResolverLimits.Default;
        return random.NextBelow(6) switch
        {
            0 => limits with { MaxExchanges = 6 + random.NextBelow(20) },
            1 => limits with { MaxExchangesPerQuestion = 4 + random.NextBelow(10) },
            2 => limits with { MaxUpstreamOctets = 4096 },
            3 => limits with { MaxWaitersPerResolution = 2 },
            4 => limits with { MaxResolutionsInFlight = 64, MaxRecursionDepth = 1 },
            _ => limits with { QueryDeadlineMilliseconds = 200 + random.NextBelow(1000) },
        };
    }
}
