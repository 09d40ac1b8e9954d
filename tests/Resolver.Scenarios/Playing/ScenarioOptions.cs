// From the header of a scenario to the options of the resolver.
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Resolver.Scenarios;

/// <summary>Translates headers.</summary>
internal static class ScenarioOptions
{
    public static ResolverOptions From(ScenarioConfig config, ResolverNetwork network)
    {
        ResolverOptions standard = new()
        {
            Network = network,
            RootHints = Hints(config),
            UseIPv4 = config.UsesIPv4,
            UseIPv6 = config.UsesIPv6,
            CacheSize = 16 << 20,
        };
        return standard with
        {
            QnameMinimization = config.Minimises switch
            {
                true => QnameMinimization.Relaxed,
                false => QnameMinimization.Off,
                null => standard.QnameMinimization,
            },
            DoNotQuery = config.AsksLocalhost ? [] : standard.DoNotQuery,
            MinTtl = config.MinTtl ?? standard.MinTtl,
            MaxTtl = config.MaxTtl ?? standard.MaxTtl,
        };
    }

    private static string Hints(ScenarioConfig config)
    {
        StringBuilder text = new();
        foreach (IPAddress address in config.RootAddresses)
        {
            string type = address.AddressFamily == AddressFamily.InterNetworkV6 ? "AAAA" : "A";
            text.Append(
                CultureInfo.InvariantCulture,
                $". 3600 IN NS k.root-servers.net.\nk.root-servers.net. 3600 IN {type} {address}\n");
        }

        return text.ToString();
    }
}
