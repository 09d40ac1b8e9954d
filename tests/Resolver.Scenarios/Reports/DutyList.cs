// Which of Deckard's scenarios must pass: every one without a trust anchor that deckard.txt does not excuse,
// and every one that it names as passing. A line there is: name, word, reason.
using System;
using System.Collections.Generic;
using System.IO;

namespace Resolver.Scenarios;

/// <summary>What deckard.txt says of a scenario.</summary>
internal enum DutyWord
{
    /// <summary>It passes, and may not fail again.</summary>
    Passes,

    /// <summary>It tests what is no standard, or no part of this resolver: the reason says.</summary>
    NoDuty,

    /// <summary>It tests standard behaviour, and is wrong by the sentence of the reason.</summary>
    Wrong,
}

/// <summary>One line of deckard.txt.</summary>
internal sealed record DutyLine(string Name, DutyWord Word, string Reason);

/// <summary>The lines of deckard.txt.</summary>
internal sealed class DutyList
{
    public const string FileName = "deckard.txt";

    private readonly Dictionary<string, DutyLine> _lines = [];

    /// <summary>Nothing is excused.</summary>
    public static DutyList Empty { get; } = new();

    public IReadOnlyCollection<DutyLine> Lines => _lines.Values;

    public static DutyList ReadFile(string path)
    {
        DutyList list = new();
        foreach (string line in File.ReadLines(path))
        {
            string[] parts = line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length == 0 || parts[0].StartsWith('#'))
            {
                continue;
            }

            DutyWord word = parts is [_, _, ..]
                ? parts[1] switch
                {
                    "passes" => DutyWord.Passes,
                    "no-duty" => DutyWord.NoDuty,
                    "wrong" => DutyWord.Wrong,
                    _ => throw new FormatException($"{path}: no such word: {line}"),
                }
                : throw new FormatException($"{path}: no line: {line}");
            string reason = parts.Length > 2 ? parts[2].Trim() : "";
            if (word != DutyWord.Passes && reason.Length == 0)
            {
                throw new FormatException($"{path}: an excuse needs a reason: {line}");
            }

            list._lines.Add(parts[0], new DutyLine(parts[0], word, reason));
        }

        return list;
    }

    /// <summary>The verdict of a scenario that did not pass, with the reason if it is excused.</summary>
    public (ScenarioVerdict Verdict, string Reason) Judge(string name, bool needsValidation)
    {
        if (!_lines.TryGetValue(name, out DutyLine? line))
        {
            return (needsValidation ? ScenarioVerdict.NeedsValidation : ScenarioVerdict.Failed, "");
        }

        return line.Word == DutyWord.Passes
            ? (ScenarioVerdict.Failed, "")
            : (ScenarioVerdict.NoDuty, line.Reason);
    }
}
