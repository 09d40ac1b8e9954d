// From the public options to the engine's: texts parsed, prefixes made into a test, sizes settled.
using System;
using Resolver.Engine;

namespace Resolver;

/// <summary>Translates options.</summary>
internal static class EngineSettings
{
    /// <summary>The engine's options.</summary>
    public static EngineOptions From(ResolverOptions options)
    {
        AddressPrefixSet unasked = new(options.DoNotQuery);
        return new EngineOptions
        {
            Limits = options.Limits,
            RootHints = RootHintsReader.Read(options.RootHints),
            Minimisation = options.QnameMinimization switch
            {
                QnameMinimization.Off => Minimisation.Off,
                QnameMinimization.Relaxed => Minimisation.Relaxed,
                QnameMinimization.Strict => Minimisation.Strict,
                _ => throw new ArgumentOutOfRangeException(nameof(options)),
            },
            RandomizesCase = options.CaseRandomization,
            UsesIPv4 = options.UseIPv4,
            UsesIPv6 = options.UseIPv6,
            UpstreamPort = (ushort)options.UpstreamPort,
            Primes = options.Priming,
            AnswersSpecialUseNames = options.SpecialUseNames,
            MayAsk = address => !unasked.Contains(address),
        };
    }

    /// <summary>The caches' options.</summary>
    public static CacheOptions CachesFrom(ResolverOptions options) => new()
    {
        Size = options.CacheSize > 0
            ? options.CacheSize
            : CacheOptions.AutomaticSize(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes),
        MinTtl = options.MinTtl,
        MaxTtl = options.MaxTtl,
        MaxNegativeTtl = options.MaxNegativeTtl,
        StaleMaxAge = options.StaleMaxAge,
    };
}
