// Contradictions between values that are good each.
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Net;
using Resolver.Engine;

namespace Resolver.Server;

/// <summary>Checks across keys.</summary>
internal static class ConfigurationChecks
{
    private static readonly (string Low, string High)[] Ordered =
    [
        ("limits.min-timeout-ms", "limits.max-timeout-ms"),
        ("limits.failure-ttl-ms", "limits.max-failure-ttl-ms"),
        ("limits.max-exchanges-per-question", "limits.max-exchanges"),
    ];

    /// <summary>Reports contradictions at the places of the keys; defaults contradict nothing.</summary>
    public static void Run(ServerConfiguration configuration, Dictionary<string, ConfigurationPlace> places)
    {
        ResolverOptions options = configuration.Options;
        if (!options.UseIPv4 && !options.UseIPv6)
        {
            Report(
                places, ["resolution.ipv6", "resolution.ipv4"], "ipv4 and ipv6 are both off", "leave one on");
        }

        if (options.MinTtl > options.MaxTtl)
        {
            Report(places, ["cache.min-ttl", "cache.max-ttl"], "min-ttl is above max-ttl", "lower it");
        }

        ImmutableArray<IPEndPoint> listen = configuration.Listen;
        if (listen.IsEmpty)
        {
            Report(places, ["server.listen"], "server.listen is empty", "name at least one address and port");
        }

        if (listen.Where(static e => e.Port != 0).GroupBy(static e => e).FirstOrDefault(
            static g => g.Count() > 1)
            is { } twice)
        {
            Report(places, ["server.listen"], $"server.listen holds {twice.Key} twice", "keep one");
        }

        foreach ((string low, string high) in Ordered)
        {
            if (Limit(options.Limits, low) > Limit(options.Limits, high))
            {
                Report(places, [low, high], $"{low} is above {high}", "lower the first or raise the second");
            }
        }
    }

    private static int Limit(ResolverLimits limits, string path) =>
        ResolverLimits.All.First(b => "limits." + b.Limit.Name == path).Read(limits);

    private static void Report(
        Dictionary<string, ConfigurationPlace> places, string[] keys, string what, string advice)
    {
        foreach (string key in keys)
        {
            if (places.TryGetValue(key, out ConfigurationPlace? place))
            {
                place.Reading.Report(place.At, what, advice);
                return;
            }
        }
    }
}
