// Reads .rpl files, the replay language that Unbound began and Deckard shares: a header, ranges of servers'
// answers, steps. What it does not know becomes a problem of the scenario: nothing is passed over in silence.
using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;

namespace Resolver.Scenarios;

/// <summary>Reads one scenario.</summary>
internal sealed class ScenarioReader
{
    private static readonly char[] Blanks = [' ', '\t'];

    private readonly ScriptLines _lines;
    private readonly Scenario _scenario;
    private AnswerRange? _range;

    private ScenarioReader(string name, TextReader text, bool asDeckard)
    {
        _lines = new ScriptLines(text);
        _scenario = new Scenario { Name = name, PassesOverSentQueries = asDeckard };
    }

    /// <summary>Reads a file, <paramref name="asDeckard"/> where Deckard reads its own.</summary>
    public static Scenario ReadFile(string path, bool asDeckard = false)
    {
        using StreamReader text = new(path);
        return Read(Path.GetFileName(path), text, asDeckard);
    }

    public static Scenario Read(string name, TextReader text, bool asDeckard = false)
    {
        ScenarioReader reader = new(name, text, asDeckard);
        reader.ReadConfig();
        reader.ReadScenario();
        return reader._scenario;
    }

    private void ReadConfig()
    {
        while (_lines.TryNext(out string line))
        {
            if (line == "CONFIG_END")
            {
                return;
            }

            string setting = line.Split('#', ';')[0].TrimEnd();
            string? problem = setting.Length == 0 ? null : _scenario.Config.Take(setting);
            if (problem is not null)
            {
                Complain(problem);
            }
        }

        Complain("CONFIG_END is missing");
    }

    private void ReadScenario()
    {
        while (_lines.TryNext(out string line))
        {
            string[] words = line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
            switch (words[0])
            {
                case "SCENARIO_BEGIN":
                    _scenario.Title = line["SCENARIO_BEGIN".Length..].Trim();
                    break;
                case "SCENARIO_END":
                    return;
                case "RANGE_BEGIN" when words.Length is 3 or 4:
                    _range = new AnswerRange(Number(words[1]), Number(words[2]));
                    _range.Addresses.AddRange(words.Skip(3).Select(IPAddress.Parse));
                    _scenario.Ranges.Add(_range);
                    break;
                case "ADDRESS" when _range is not null && words.Length == 2:
                    _range.Addresses.Add(IPAddress.Parse(words[1]));
                    break;
                case "ENTRY_BEGIN" when _range is not null:
                    _range.Entries.Add(ReadEntry());
                    break;
                case "RANGE_END":
                    _range = null;
                    break;
                case "STEP" when _range is null && words.Length >= 3:
                    ReadStep(words);
                    break;
                default:
                    Complain($"not understood: {line}");
                    break;
            }
        }
    }

    private void ReadStep(string[] words)
    {
        int id = Number(words[1]);
        switch (words[2])
        {
            case "QUERY":
                AddStep(id, StepKind.Query);
                break;
            case "CHECK_ANSWER":
                AddStep(id, StepKind.CheckAnswer);
                break;
            case "CHECK_OUT_QUERY":
                AddStep(id, StepKind.CheckOutQuery);
                break;
            case "REPLY":
                AddStep(id, StepKind.Reply);
                break;
            case "NOTHING":
                _scenario.Steps.Add(new ScenarioStep(id, StepKind.Nothing));
                break;
            case "TIME_PASSES" when words is [_, _, _, "ELAPSE", var span, ..]:
                double seconds = double.Parse(span, CultureInfo.InvariantCulture);
                _scenario.Steps.Add(
                    new ScenarioStep(id, StepKind.TimePasses) { Elapse = TimeSpan.FromSeconds(seconds) });
                break;
            default:
                Complain($"not understood: {string.Join(' ', words)}");
                break;
        }
    }

    private void AddStep(int id, StepKind kind)
    {
        ScenarioEntry? entry = _lines.TryTake("ENTRY_BEGIN") ? ReadEntry() : null;
        if (entry is null && kind != StepKind.CheckOutQuery)
        {
            Complain($"step {id} has no entry");
            return;
        }

        _scenario.Steps.Add(new ScenarioStep(id, kind) { Entry = entry });
    }

    private ScenarioEntry ReadEntry() => new EntryReader(_lines, Complain).Read();

    private void Complain(string problem) => _scenario.Problems.Add($"line {_lines.Number}: {problem}");

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);
}
