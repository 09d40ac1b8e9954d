// From the header of a scenario to the options of the resolver.
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Resolver.Wire;

namespace Resolver.Scenarios;

/// <summary>Translates headers.</summary>
internal static class ScenarioOptions
{
    /// <summary>
    /// Whether trust anchors have an effect. While they have none, a scenario that has them and fails counts
    /// as one that needs validation.
    /// </summary>
    public static bool Validation => true;

    public static ResolverOptions From(ScenarioConfig config, ResolverNetwork network)
    {
        ResolverOptions standard = new()
        {
            Network = network,
            RootHints = Hints(config),
            UseIPv4 = config.UsesIPv4,
            UseIPv6 = config.UsesIPv6,
            CacheSize = 16 << 20,
            Validation = false,
        };
        ResolverOptions options = standard with
        {
            QnameMinimization = config.Minimises switch
            {
                true => QnameMinimization.Relaxed,
                false => QnameMinimization.Off,
                null => standard.QnameMinimization,
            },
            CaseRandomization = config.RandomizesCase ?? standard.CaseRandomization,
            DoNotQuery = config.AsksLocalhost ? [] : standard.DoNotQuery,

            // The script's servers are the whole world: it may give meaning to any name.
            SpecialUseNames = false,
            MinTtl = config.MinTtl ?? standard.MinTtl,
            MaxTtl = config.MaxTtl ?? standard.MaxTtl,
            MaxNegativeTtl = config.MaxNegativeTtl ?? standard.MaxNegativeTtl,
            ServeStale = config.ServesStale,
            Prefetch = config.Prefetches,
            AggressiveNsec = config.AggressiveNsec,
            PrivateAddresses = [.. config.PrivateAddresses.Select(AddressPrefix.Parse)],
            PrivateDomains = [.. config.PrivateDomains],
            ForwardZones = Zones(config.ForwardServers),
            StubZones = Zones(config.StubServers.Where(static z => !z.Key.IsRoot)),
        };

        // Without a trust anchor of its own a scenario knows no secure zone.
        return !Validation || config.TrustAnchors.Count == 0 ? options : options with
        {
            Validation = true,
            TrustAnchors = [.. config.TrustAnchors],
            NegativeTrustAnchors = [.. config.InsecureDomains],
        };
    }

    private static ImmutableArray<ZoneServers> Zones(
        IEnumerable<KeyValuePair<DomainName, List<IPEndPoint>>> zones) =>
        [.. zones.Select(static z => new ZoneServers(z.Key, [.. z.Value]))];

    /// <summary>The header's root servers, as a file of hints.</summary>
    public static string Hints(ScenarioConfig config)
    {
        StringBuilder text = new();
        string name = config.RootName.ToString();
        foreach (IPAddress address in config.RootAddresses)
        {
            string type = address.AddressFamily == AddressFamily.InterNetworkV6 ? "AAAA" : "A";
            text.Append(
                CultureInfo.InvariantCulture,
                $". 3600 IN NS {name}\n{name} 3600 IN {type} {address}\n");
        }

        return text.ToString();
    }
}
