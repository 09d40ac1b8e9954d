// Counts for each resolver how often its replies fell into each class of difference from the majority, and
// what kinds of reply it gave, and prints both as tables.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Resolver.Interop;

internal sealed class DifferenceTable(IReadOnlyList<string> resolvers)
{
    private readonly SortedDictionary<string, int[]> _classes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int[]> _shapes = new(StringComparer.Ordinal);
    private readonly int[] _different = new int[resolvers.Count];

    public void Count(int resolver, Reply reply, IReadOnlyList<string> differences)
    {
        Add(_shapes, ShapeOf(reply), resolver);
        Add(_shapes, "(with aliases)", resolver, reply.Answers.Any(a => a.Type == "CNAME") ? 1 : 0);
        Add(_shapes, "(truncated)", resolver, reply.Truncated ? 1 : 0);
        _different[resolver] += differences.Count > 0 ? 1 : 0;
        foreach (string difference in differences)
        {
            Add(_classes, difference, resolver);
        }
    }

    public void Print(TextWriter output)
    {
        // What the questions met, so that a run in which everything failed alike is seen for what it is.
        PrintRows(output, "replies", _shapes);
        output.WriteLine();
        PrintRows(output, "differs from the majority in", _classes);
        output.WriteLine($"| questions with a difference | {string.Join(" | ", _different)} |");
        output.WriteLine();
    }

    private void PrintRows(TextWriter output, string title, SortedDictionary<string, int[]> rows)
    {
        output.WriteLine($"| {title} | {string.Join(" | ", resolvers)} |");
        output.WriteLine($"|---|{string.Concat(resolvers.Select(_ => "---|"))}");
        foreach ((string name, int[] counts) in rows)
        {
            output.WriteLine($"| {name} | {string.Join(" | ", counts)} |");
        }
    }

    private void Add(SortedDictionary<string, int[]> rows, string name, int resolver, int count = 1)
    {
        if (!rows.TryGetValue(name, out int[]? counts))
        {
            counts = new int[resolvers.Count];
            rows[name] = counts;
        }

        counts[resolver] += count;
    }

    private static string ShapeOf(Reply reply)
    {
        return reply.Rcode == "NOERROR" && reply.Answers.Count == 0 ? "NODATA" : reply.Rcode;
    }
}
