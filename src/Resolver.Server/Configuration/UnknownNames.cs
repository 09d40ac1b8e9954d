// What to tell who wrote a name that does not exist: the nearest one that does.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Resolver.Server;

/// <summary>Advice about unknown names.</summary>
internal static class UnknownNames
{
    /// <summary>Advice about a key.</summary>
    public static string AdviseKey(string path)
    {
        if (ConfigurationTable.RepeatedTables.Contains(path.Split('.')[0]))
        {
            return $"write [[{path.Split('.')[0]}]] on a line of its own, with zone and servers below it";
        }

        return Nearest(path, ConfigurationTable.Keys.Select(static k => k.Path)) is { } near
            ? $"did you mean {near}?"
            : "remove it; resolver check --defaults prints all keys";
    }

    /// <summary>Advice about a section.</summary>
    public static string AdviseSection(TomlSection section)
    {
        if (ConfigurationTable.RepeatedTables.Contains(section.Name))
        {
            return $"write [[{section.Name}]]";
        }

        IEnumerable<string> known = ConfigurationTable.Sections.Concat(ConfigurationTable.RepeatedTables);
        return Nearest(section.Name, known) is { } near
            ? $"did you mean {near}?"
            : "remove it; resolver check --defaults prints all sections";
    }

    private static string? Nearest(string name, IEnumerable<string> names)
    {
        (string candidate, int distance) = names
            .Select(n => (n, Distance(name, n)))
            .MinBy(static pair => pair.Item2);
        return distance <= 1 + (name.Length / 5) ? candidate : null;
    }

    // Levenshtein's distance, one row at a time.
    private static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int change = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
