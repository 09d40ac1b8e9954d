// What is allowed to be over, and why: one readable list, which may only shrink.
using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;

namespace Resolver.Tidy;

/// <summary>
/// A line of the list: rule, place, and for rules that measure the most that is allowed there.
/// </summary>
internal sealed record Exemption(string Rule, string Place, int Most, string Reason);

internal static class Exemptions
{
    private const string ListPath = "tests/Resolver.Tidy/Exemptions.txt";

    public static ImmutableArray<Exemption> All { get; } = [.. Repository.Read(ListPath)
        .Split('\n')
        .Select(line => line.Trim())
        .Where(line => line.Length > 0 && !line.StartsWith('#'))
        .Select(Parse)];

    /// <summary>The most allowed at a place; 0 without an exemption.</summary>
    public static int Most(string rule, string place) =>
        All.FirstOrDefault(e => e.Rule == rule && e.Place == place)?.Most ?? 0;

    /// <summary>True when the place is listed.</summary>
    public static bool Holds(string rule, string place) => All.Any(e => e.Rule == rule && e.Place == place);

    /// <summary>Lines of the list which no place needs: every one is to be deleted.</summary>
    public static IEnumerable<string> Needless(string rule, IEnumerable<string> needed)
    {
        HashSet<string> places = [.. needed];
        return All.Where(e => e.Rule == rule && !places.Contains(e.Place))
            .Select(e => $"{ListPath}: '{e.Rule} | {e.Place}' is not needed any more: delete the line.");
    }

    private static Exemption Parse(string line)
    {
        string[] parts = line.Split('|', StringSplitOptions.TrimEntries);
        return parts.Length == 4 && parts[3].Length > 0
            ? new Exemption(parts[0], parts[1], int.Parse(parts[2], CultureInfo.InvariantCulture), parts[3])
            : throw new FormatException($"{ListPath}: '{line}' is not 'rule | place | most | reason'.");
    }
}
