// Reads .rpl files, the replay language that Unbound began and Deckard shares: a header, ranges of servers'
// answers, steps. What it does not know becomes a problem of the scenario: nothing is passed over in silence.
using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using Resolver.Wire;

namespace Resolver.Scenarios;

/// <summary>Reads one scenario.</summary>
internal sealed class ScenarioReader
{
    private static readonly char[] Blanks = [' ', '\t'];

    private readonly ScriptLines _lines;
    private readonly Scenario _scenario;
    private readonly ScriptExpression _expression = new();
    private AnswerRange? _range;

    private ScenarioReader(Scenario scenario, TextReader text)
    {
        _lines = new ScriptLines(text);
        _scenario = scenario;
    }

    /// <summary>Reads a file.</summary>
    public static Scenario ReadFile(string path)
    {
        using StreamReader text = new(path);
        return Read(Path.GetFileName(path), text);
    }

    /// <summary>Reads a file as Deckard reads its own.</summary>
    public static Scenario ReadDeckardFile(string path, DutyList duties)
    {
        using StreamReader text = new(path);
        Scenario scenario = new()
        {
            Name = Path.GetFileName(path),
            PassesOverSentQueries = true,
            Duties = duties,
        };
        return Read(scenario, text);
    }

    public static Scenario Read(string name, TextReader text) => Read(new Scenario { Name = name }, text);

    private static Scenario Read(Scenario scenario, TextReader text)
    {
        ScenarioReader reader = new(scenario, text);
        reader.ReadConfig();
        reader.ReadScenario();
        return scenario;
    }

    private void ReadConfig()
    {
        while (_lines.TryNext(out string line))
        {
            if (line == "CONFIG_END")
            {
                return;
            }

            // Deckard's features are parted by the sign that begins a comment elsewhere.
            char comment = line.StartsWith("features:", StringComparison.Ordinal) ? '#' : ';';
            string setting = line.Split('#', comment)[0].TrimEnd();
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
            string[] words = line.Split(';')[0].Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
            switch (words[0])
            {
                case "SCENARIO_BEGIN":
                    _scenario.Title = line["SCENARIO_BEGIN".Length..].Trim();
                    break;
                case "SCENARIO_END":
                    return;
                case "RANGE_BEGIN" when words.Length >= 3:
                    _range = new AnswerRange(Number(words[1]), Number(words[2]));
                    _range.Addresses.AddRange(words.Skip(3).Select(IPAddress.Parse));
                    _scenario.Ranges.Add(_range);
                    break;
                case "ADDRESS" when _range is not null && words.Length >= 2:
                    _range.Addresses.AddRange(words.Skip(1).Select(IPAddress.Parse));
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
        StepKind? kind = words[2] switch
        {
            "QUERY" => StepKind.Query,
            "CHECK_ANSWER" => StepKind.CheckAnswer,
            "CHECK_OUT_QUERY" => StepKind.CheckOutQuery,
            "REPLY" => StepKind.Reply,
            "TIMEOUT" => StepKind.Timeout,
            "ERROR" => StepKind.Error,
            "NOTHING" or "TRAFFIC" => StepKind.Nothing,
            _ => null,
        };
        if (kind is { } known && (words.Length == 3 || (words.Length == 5 && words[3] == "ADDRESS")))
        {
            AddStep(id, known, words.Length == 5 ? IPAddress.Parse(words[4]) : null);
            return;
        }

        if (!TryReadOther(id, words[2..]))
        {
            Complain($"not understood: {string.Join(' ', words)}");
        }
    }

    private bool TryReadOther(int id, string[] words)
    {
        switch (words)
        {
            case ["TIME_PASSES", "ELAPSE" or "EVAL", ..]
                when _expression.TryCompute(string.Join(' ', words[2..]), out double seconds):
                _expression.Time += seconds;
                _scenario.Steps.Add(
                    new ScenarioStep(id, StepKind.TimePasses) { Elapse = TimeSpan.FromSeconds(seconds) });
                return true;
            case ["ASSIGN", var name, "=", ..]
                when _expression.TryCompute(string.Join(' ', words[3..]), out double value):
                _expression.Assign(name, value);
                return true;
            case ["FLUSH_MESSAGE", var name, ..]:
                _scenario.Steps.Add(new ScenarioStep(id, StepKind.Flush) { Name = DomainName.Parse(name) });
                return true;
            case ["INFRA_RTT", var server, _, var milliseconds]:
                _scenario.Steps.Add(new ScenarioStep(id, StepKind.RoundTrip)
                {
                    Address = IPAddress.Parse(server),
                    Elapse = TimeSpan.FromMilliseconds(Number(milliseconds)),
                });
                return true;
            default:
                return false;
        }
    }

    private void AddStep(int id, StepKind kind, IPAddress? address)
    {
        address ??= _lines.TryTake("ADDRESS", out string? rest) ? IPAddress.Parse(rest!) : null;
        ScenarioEntry? entry = _lines.TryTake("ENTRY_BEGIN", out _) ? ReadEntry() : null;
        if (entry is null && kind is StepKind.Query or StepKind.CheckAnswer or StepKind.Reply)
        {
            Complain($"step {id} has no entry");
            return;
        }

        _scenario.Steps.Add(new ScenarioStep(id, kind) { Entry = entry, Address = address });
    }

    private ScenarioEntry ReadEntry() => new EntryReader(_lines, Complain).Read();

    private void Complain(string problem) => _scenario.Problems.Add($"line {_lines.Number}: {problem}");

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);
}
