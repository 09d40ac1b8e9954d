// The commented configuration file with every key at its default, as resolver check --defaults prints it.
// Keys are commented out: who copies the file pins only what he uncomments.
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Resolver.Server;

/// <summary>Prints configuration.</summary>
internal static class ConfigurationText
{
    private const string Opening = """
        # Every key of the configuration with its default. Uncomment what you change.
        # Durations are written "1800ms", "30s", "5m", "1h", "1d"; sizes "512KiB", "256MiB", "1GiB".
        # Relative paths are relative to this file. resolver check --config FILE finds mistakes.

        """;

    private const string ZoneTables = """

        # Servers to ask for a zone and all below it: recursive ones under [[forward]] ("." for all names),
        # authoritative ones under [[stub]]. A table for each zone; the most specific one wins, and wins
        # over built-in names such as home.arpa. too.
        #[[forward]]
        #zone = "corp.example."
        #servers = ["192.0.2.1", "192.0.2.2:5353"]

        #[[stub]]
        #zone = "example.test."
        #servers = ["192.0.2.3"]

        """;

    /// <summary>The file.</summary>
    public static string Defaults()
    {
        StringBuilder text = new(Opening);
        foreach (IGrouping<string, ConfigurationKey> section in ConfigurationTable.Keys.GroupBy(
            static k => k.Section))
        {
            text.Append('\n').Append('[').Append(section.Key).Append("]\n");
            foreach (ConfigurationKey key in section)
            {
                text.Append("# ").Append(key.Comment).Append('\n');
                text.Append('#').Append(key.Name).Append(" = ");
                text.Append(key.Format(ServerConfiguration.Default)).Append('\n');
            }
        }

        return text.Append(ZoneTables).ToString();
    }

    /// <summary>Keys whose values differ.</summary>
    public static IEnumerable<ConfigurationKey> Changes(
        ServerConfiguration before, ServerConfiguration after) =>
        ConfigurationTable.Keys.Where(k => k.Format(before) != k.Format(after));
}
