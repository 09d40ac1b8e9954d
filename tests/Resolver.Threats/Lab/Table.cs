// The result as a table for people; the last line is for programs.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Resolver.Threats;

/// <summary>One row with its findings.</summary>
/// <param name="Row">The row.</param>
/// <param name="Ours">Of ours; null when not examined.</param>
/// <param name="Peer">Of Unbound; null when not examined.</param>
internal sealed record TableLine(Row Row, Finding? Ours, Finding? Peer);

/// <summary>Prints results.</summary>
internal static class Table
{
    private static readonly string[] Titles = ["row", "behaviour", "asked for", "ours", "Unbound", "verdict"];

    /// <summary>Prints the table and the totals; true when ours passed everywhere.</summary>
    public static bool Print(IReadOnlyList<TableLine> lines)
    {
        List<string[]> cells = [Titles];
        foreach (TableLine line in lines)
        {
            cells.Add(
            [
                line.Row.Number.ToString(CultureInfo.InvariantCulture), line.Row.Behaviour, line.Row.Asked,
                Show(line.Ours), Show(line.Peer), line.Ours is { IsGood: true } ? "pass" : "FAIL",
            ]);
        }

        int[] widths = [.. Enumerable.Range(0, Titles.Length).Select(i => cells.Max(c => c[i].Length))];
        foreach (string[] row in cells)
        {
            Console.WriteLine(string.Join(" | ", row.Select((c, i) => c.PadRight(widths[i]))).TrimEnd());
        }

        int passed = lines.Count(static l => l.Ours is { IsGood: true });
        int peerPassed = lines.Count(static l => l.Peer is { IsGood: true });
        if (lines.Any(static l => l.Peer is not null))
        {
            Console.WriteLine($"Unbound by the same measure: {peerPassed} of {lines.Count}");
        }

        Console.WriteLine($"threats: {passed} passed, {lines.Count - passed} failed");
        return passed == lines.Count;
    }

    private static string Show(Finding? finding) =>
        finding is null ? "-" : finding.IsGood ? finding.Figures : "! " + finding.Figures;
}
