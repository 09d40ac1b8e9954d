// The repeated tables [[forward]] and [[stub]]: servers to ask for a zone, one table for each zone.
using System.Collections.Immutable;
using System.Linq;
using System.Net;
using Resolver.Wire;

namespace Resolver.Server;

/// <summary>Reads repeated tables.</summary>
internal static class ZoneTables
{
    private static readonly ValueKind<ImmutableArray<IPEndPoint>> Servers =
        ValueKinds.ListOf(ValueKinds.Server);

    /// <summary>Reads one table into the configuration.</summary>
    public static ServerConfiguration Apply(
        ServerConfiguration configuration, TomlSection table, KeyReading reading)
    {
        int before = reading.Problems.Count;
        DomainName? zone = null;
        ImmutableArray<IPEndPoint> servers = [];
        foreach (TomlAssignment assignment in table.Assignments)
        {
            reading.Key = assignment.Path;
            if (assignment.Path == table.Name + ".zone")
            {
                zone = ValueKinds.Name.TryRead(assignment.Value, reading, out DomainName name)
                    ? name
                    : DomainName.Root;
            }
            else if (assignment.Path == table.Name + ".servers")
            {
                _ = Servers.TryRead(assignment.Value, reading, out servers);
            }
            else
            {
                reading.Report(
                    assignment.At, "there is no key " + assignment.Path,
                    "a table of this kind has zone and servers");
            }
        }

        if (reading.Problems.Count == before && (zone is null || servers.IsEmpty))
        {
            reading.Report(
                table.At, $"[[{table.Name}]] lacks its zone or its servers",
                "write zone = \"…\" and servers = [\"…\"]");
        }

        if (reading.Problems.Count > before)
        {
            return configuration;
        }

        ResolverOptions options = configuration.Options;
        if (options.ForwardZones.Concat(options.StubZones).Any(z => z.Zone == zone))
        {
            reading.Report(table.At, $"the zone {zone} has a table already", "keep one of the two");
            return configuration;
        }

        return configuration with
        {
            Options = With(options, table.Name, new ZoneServers(zone!.Value, servers)),
        };
    }

    private static ResolverOptions With(ResolverOptions options, string table, ZoneServers zone) =>
        table == ConfigurationTable.ForwardTable
            ? options with { ForwardZones = options.ForwardZones.Add(zone) }
            : options with { StubZones = options.StubZones.Add(zone) };
}
