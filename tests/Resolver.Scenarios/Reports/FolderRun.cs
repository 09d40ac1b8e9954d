// Plays a folder and prints its table. Deckard's own files stay outside the project: they are found by the
// variable SCENARIOS or beside the repository.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Resolver.Scenarios;

/// <summary>What to play.</summary>
internal sealed record FolderRunOptions(string Folder)
{
    /// <summary>Plays those alone whose names hold this; null for all.</summary>
    public string? Only { get; init; }

    /// <summary>The folder is Deckard's.</summary>
    public bool IsDeckard { get; init; }

    /// <summary>Prints the details even of those that pass.</summary>
    public bool Traces { get; init; }

    /// <summary>The program against which they are played; null in process.</summary>
    public ProgramSettings? Program { get; init; }

    /// <summary>Into how many parts the folder is divided, for runs side by side.</summary>
    public int Parts { get; init; } = 1;

    /// <summary>Which of the parts is played, from 0.</summary>
    public int Part { get; init; }
}

/// <summary>Plays folders.</summary>
internal static class FolderRun
{
    public const int DeckardCount = 191;

    /// <summary>Where Deckard's scenarios lie on this machine; null when they are not here.</summary>
    public static string? FindDeckard()
    {
        string? named = Environment.GetEnvironmentVariable("SCENARIOS");
        if (named is not null)
        {
            string inside = Path.Combine(named, "deckard");
            return Directory.Exists(inside) ? inside : Directory.Exists(named) ? named : null;
        }

        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string beside = Path.Combine(at.FullName, "shared", "scenarios", "deckard");
            if (Directory.Exists(beside))
            {
                return beside;
            }
        }

        return null;
    }

    /// <summary>Deckard's scenarios that test standard behaviour; empty without the list of them.</summary>
    public static HashSet<string> FindStandard()
    {
        string? list = FindDeckard() is { } folder ? Path.Combine(folder, "..", "neutral.txt") : null;
        return !File.Exists(list) ? []
            : [.. File.ReadLines(list).Select(static l => l.Split('#')[0].Trim())];
    }

    /// <summary>Plays; the results in the order of names.</summary>
    public static IReadOnlyList<ScenarioResult> Play(FolderRunOptions options, TextWriter output)
    {
        DutyList duties = options.IsDeckard
            ? DutyList.ReadFile(Path.Combine(AppContext.BaseDirectory, DutyList.FileName))
            : DutyList.Empty;
        List<ScenarioResult> results = [];
        int index = -1;
        foreach (string path in Directory.EnumerateFiles(options.Folder, "*.rpl", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal))
        {
            string name = Path.GetRelativePath(options.Folder, path);
            bool isOutput = name.StartsWith("bin/", StringComparison.Ordinal);
            if (isOutput || (options.Only is { } part && !name.Contains(part, StringComparison.Ordinal))
                || ++index % options.Parts != options.Part)
            {
                continue;
            }

            ScenarioResult result = PlaySafely(path, options, duties);
            results.Add(result);
            output.WriteLine($"{Word(result.Verdict),-17}{name,-46} {result.Difference}".TrimEnd());
            if (result.Verdict == ScenarioVerdict.Failed || options.Traces)
            {
                Print(result.Details, output);
            }
        }

        return results;
    }

    // A scenario that stops its player is a failure, not the end of the table.
    private static ScenarioResult PlaySafely(string path, FolderRunOptions options, DutyList duties)
    {
        try
        {
            Scenario scenario = options.IsDeckard
                ? ScenarioReader.ReadDeckardFile(path, duties)
                : ScenarioReader.ReadFile(path);
            return options.Program is { } program ? ProgramPlayer.Play(scenario, program)
                : options.Traces ? ScenarioPlayer.PlayTraced(scenario)
                : ScenarioPlayer.Play(scenario);
        }
        catch (Exception fault)
        {
            return new ScenarioResult(Path.GetFileName(path), ScenarioVerdict.Failed)
            {
                Difference = fault.Message,
                Details = [fault.ToString()],
            };
        }
    }

    private static void Print(IEnumerable<string> lines, TextWriter output)
    {
        foreach (string line in lines.SelectMany(static l => l.TrimEnd().Split('\n')))
        {
            output.WriteLine("    " + line.TrimEnd());
        }
    }

    private static string Word(ScenarioVerdict verdict) => verdict switch
    {
        ScenarioVerdict.Passed => "pass",
        ScenarioVerdict.Failed => "FAIL",
        ScenarioVerdict.NeedsValidation => "needs validation",
        ScenarioVerdict.NoDuty => "no duty",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict)),
    };
}
