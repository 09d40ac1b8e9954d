// Small internets for the tests of the face.
using System;
using System.Linq;
using Resolver.Testing;

namespace Resolver.Tests;

/// <summary>Internets in virtual time with 10 ms round trips.</summary>
internal static class Internets
{
    public const string Root = "198.41.0.4";

    private const string Head = "$TTL 3600\n@ SOA ns.zone.com. admin.zone.com. 1 3600 600 86400 60\n";

    /// <summary>Zones root, com, abc.com, xyz.com, abc.xyz.com, each on a server of its own.</summary>
    public static SimulatedInternet MakeCom(
        Action<SimulatedInternetBuilder>? more = null,
        string com = "",
        string abc = "",
        string? below = null)
    {
        SimulatedInternetBuilder builder = new();
        Zone(builder, Root, ".", "@ NS a.root-servers.net.\na.root-servers.net. A 198.41.0.4\n"
            + "com. NS ns.com.\nns.com. A 192.0.2.1\n"
            + "net. NS ns.net.\nns.net. A 192.0.2.5\n");
        Zone(builder, "192.0.2.1", "com.", "@ NS ns.com.\nns A 192.0.2.1\n"
            + "abc NS ns.abc\nns.abc A 192.0.2.2\nxyz NS ns.xyz\nns.xyz A 192.0.2.3\n" + com);
        Zone(builder, "192.0.2.2", "abc.com.", "@ NS ns\nns A 192.0.2.2\nwww A 192.0.2.100\n"
            + "alias CNAME www.abc.xyz.com.\nbig TXT "
            + Repeat(30) + "\n" + abc, below is null ? [] : [("below.abc.com.", below)]);
        Zone(builder, "192.0.2.3", "xyz.com.",
            "@ NS ns\nns A 192.0.2.3\nabc NS ns.abc\nns.abc A 192.0.2.4\n");
        Zone(builder, "192.0.2.4", "abc.xyz.com.", "@ NS ns\nns A 192.0.2.4\nwww A 192.0.2.101\n");
        more?.Invoke(builder);
        return builder.Build();
    }

    public static void Zone(
        SimulatedInternetBuilder builder,
        string address,
        string origin,
        string records,
        params (string Origin, string Records)[] others)
    {
        builder.Zone(origin, Head + records);
        foreach ((string other, string itsRecords) in others)
        {
            builder.Zone(other, Head + itsRecords);
        }

        builder.Server(new ServerSettings
        {
            Addresses = [System.Net.IPAddress.Parse(address)],
            Zones = [.. others.Select(static o => o.Origin).Prepend(origin).Select(Wire.DomainName.Parse)],
            Delay = TimeSpan.FromMilliseconds(10),
        });
    }

    private static string Repeat(int count)
    {
        string text = "";
        for (int i = 0; i < count; i++)
        {
            text += $"\"{new string((char)('a' + (i % 26)), 100)}\" ";
        }

        return text;
    }
}
