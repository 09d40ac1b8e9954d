// From the public options to the engine's: texts parsed, prefixes made into a test, sizes settled.
using System;
using System.Linq;
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
            Rules = RulesFrom(options),
            Validates = options.Validation,
            UsesRanges = options.AggressiveNsec,
            ServesStale = options.ServeStale && options.StaleMaxAge > TimeSpan.Zero,
            StaleTtl = (uint)options.StaleTtl.TotalSeconds,
            MayAsk = address => !unasked.Contains(address),
        };
    }

    /// <summary>What may change while the resolver runs.</summary>
    public static LocalRules RulesFrom(ResolverOptions options)
    {
        AddressPrefixSet addresses = new(options.PrivateAddresses);
        return new LocalRules(
            new ConfiguredZones(
                [.. options.ForwardZones.Select(static z => Zone(z, true)),
                    .. options.StubZones.Select(static z => Zone(z, false))]),
            addresses.IsEmpty
                ? null
                : new PrivateAddressGuard(a => addresses.Contains(a), options.PrivateDomains));
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
        StaleMaxAge = options.ServeStale ? options.StaleMaxAge : TimeSpan.Zero,
    };

    private static ConfiguredZone Zone(ZoneServers zone, bool isForward) =>
        new(zone.Zone, isForward, [.. zone.Servers.Select(InetEndpoint.From)]);
}
