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
    /// <summary>A file that lists the scenarios to play, one a line; null for all.</summary>
    public string? Only { get; init; }

    /// <summary>The folder is Deckard's.</summary>
    public bool IsDeckard { get; init; }

    /// <summary>The scenario whose details are printed even if it passes; null for none.</summary>
    public string? Trace { get; init; }
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
            return Directory.Exists(named) ? named : null;
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

    /// <summary>The scenarios that pass, and may not fail again.</summary>
    public static IReadOnlyList<string> ReadList(TextReader text)
    {
        List<string> names = [];
        while (text.ReadLine() is { } line)
        {
            string name = line.Split('#')[0].Trim();
            if (name.Length > 0)
            {
                names.Add(name);
            }
        }

        return names;
    }

    /// <summary>Plays; the verdicts in the order of names.</summary>
    public static IReadOnlyList<ScenarioResult> Play(FolderRunOptions options, TextWriter output)
    {
        List<ScenarioResult> results = [];
        foreach (string path in PathsOf(options))
        {
            string name = Path.GetFileName(path);
            bool traced = name == options.Trace;
            ScenarioResult result = PlaySafely(path, traced, options.IsDeckard);
            results.Add(result);
            output.WriteLine($"{name,-46} {Word(result.Verdict),-16} {result.Difference}".TrimEnd());
            if (result.Verdict == ScenarioVerdict.Failed || traced)
            {
                Print(result.Details, output);
            }
        }

        int passed = results.Count(static r => r.Verdict == ScenarioVerdict.Passed);
        int failed = results.Count(static r => r.Verdict == ScenarioVerdict.Failed);
        int waiting = results.Count - passed - failed;
        output.WriteLine(
            $"scenarios: {passed} passed, {failed} failed, {waiting} need validation of {results.Count}");
        return results;
    }

    // A scenario that stops its player is a failure, not the end of the table.
    private static ScenarioResult PlaySafely(string path, bool traced, bool asDeckard)
    {
        try
        {
            Scenario scenario = ScenarioReader.ReadFile(path, asDeckard);
            return traced ? ScenarioPlayer.PlayTraced(scenario) : ScenarioPlayer.Play(scenario);
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

    private static IEnumerable<string> PathsOf(FolderRunOptions options)
    {
        if (options.Only is null)
        {
            return Directory.EnumerateFiles(options.Folder, "*.rpl", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal);
        }

        using StreamReader list = new(options.Only);
        return ReadList(list).Select(name => Path.Combine(options.Folder, name));
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
        _ => throw new ArgumentOutOfRangeException(nameof(verdict)),
    };
}
