// Differences that are known and right, with their reason: a pattern each for class, name and type, then the
// reason, one a line. A difference that no line explains fails the comparison.

using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace Resolver.Interop;

internal sealed class Explanations
{
    private readonly List<(Regex Class, Regex Name, Regex Type, string Reason)> _lines = [];

    public static Explanations Parse(IEnumerable<string> lines)
    {
        var explanations = new Explanations();
        foreach (string line in lines)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            string[] fields = line.Split((char[]?)null, 4, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length < 4)
            {
                throw new FormatException($"an explanation has four columns: {line}");
            }

            explanations._lines.Add((Pattern(fields[0]), Pattern(fields[1]), Pattern(fields[2]), fields[3]));
        }

        return explanations;
    }

    /// <summary>The reason of a difference, or null when nobody gave one.</summary>
    public string? ReasonOf(string differenceClass, Question question)
    {
        foreach ((Regex known, Regex name, Regex type, string reason) in _lines)
        {
            if (known.IsMatch(differenceClass) && name.IsMatch(question.Name) && type.IsMatch(question.Type))
            {
                return reason;
            }
        }

        return null;
    }

    private static Regex Pattern(string text)
    {
        return new Regex($"^(?:{text})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    }
}
