// The corpus: messages as hex with, in comments above, what they are and what reading them comes to.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Resolver.Wire.Tests;

/// <summary>One message of the corpus.</summary>
internal sealed record CorpusFile(string Name, string Read, string Query, byte[] Octets)
{
    /// <summary>All, in order of their names.</summary>
    public static List<CorpusFile> All() => [.. Directory
        .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Corpus"), "*.hex")
        .Order(StringComparer.Ordinal)
        .Select(Load)];

    private static CorpusFile Load(string path)
    {
        string[] lines = File.ReadAllLines(path);
        return new CorpusFile(
            Path.GetFileNameWithoutExtension(path),
            Field(lines, "# read: "),
            Field(lines, "# query: "),
            [.. lines.Where(line => !line.StartsWith('#')).SelectMany(Expand)]);
    }

    /// <summary>Octets of a line of hex; "3 * 0a0b" stands for them three times over.</summary>
    private static IEnumerable<byte> Expand(string line)
    {
        string[] parts = line.Split(" * ");
        int times = parts.Length == 2 ? int.Parse(parts[0], CultureInfo.InvariantCulture) : 1;
        return Enumerable.Repeat(Convert.FromHexString(parts[^1]), times).SelectMany(octets => octets);
    }

    private static string Field(string[] lines, string key) =>
        lines.Single(line => line.StartsWith(key, StringComparison.Ordinal))[key.Length..];
}
