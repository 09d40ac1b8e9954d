// The internet behind the resolver under fire: enough of it that mutated names meet every kind of answer.
using System.Net;
using Resolver.Testing;
using Resolver.Wire;

namespace Resolver.Fuzz;

/// <summary>A root, a top-level domain and three zones.</summary>
internal static class FuzzInternet
{
    private const string Head = "$TTL 60\n@ SOA ns.fuzz. admin.fuzz. 1 3600 600 86400 30\n";

    /// <summary>Makes one.</summary>
    public static SimulatedInternet Make()
    {
        SimulatedInternetBuilder builder = new();
        Zone(builder, "198.41.0.4", ".", "@ NS a.root-servers.net.\na.root-servers.net. A 198.41.0.4\n"
            + "fuzz. NS ns.fuzz.\nns.fuzz. A 192.0.2.1\n");
        Zone(builder, "192.0.2.1", "fuzz.", "@ NS ns\nns A 192.0.2.1\nsentinel A 192.0.2.9\n"
            + "wild NS ns.wild\nns.wild A 192.0.2.2\nodd NS ns.odd\nns.odd A 192.0.2.3\n"
            + "dead NS ns.dead\nns.dead A 192.0.2.99\n");
        Zone(builder, "192.0.2.2", "wild.fuzz.", "@ NS ns\nns A 192.0.2.2\n"
            + "* A 192.0.2.50\n* AAAA 2001:db8::50\n* TXT \"wild\"\n");
        Zone(builder, "192.0.2.3", "odd.fuzz.", "@ NS ns\nns A 192.0.2.3\nchain CNAME one\none CNAME two\n"
            + "two CNAME any.wild.fuzz.\nself CNAME self\ntree DNAME wild.fuzz.\n"
            + "big TXT " + BigText() + "\n");
        return builder.Build();
    }

    private static void Zone(SimulatedInternetBuilder builder, string address, string origin, string records)
    {
        builder.Zone(origin, Head + records);
        builder.Server(new ServerSettings
        {
            Addresses = [IPAddress.Parse(address)],
            Zones = [DomainName.Parse(origin)],
        });
    }

    private static string BigText() =>
        string.Join(' ', System.Linq.Enumerable.Repeat($"\"{new string('x', 200)}\"", 20));
}
