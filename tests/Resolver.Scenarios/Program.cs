// The entry: --play [FOLDER] [--only PART] [--trace] plays scenarios, those of our own and Deckard's when no
// folder is named, in process; with --program FILE --clock LIBRARY --folder FOLDER against that program (see
// Outside). Anything else is an ordinary test program.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace Resolver.Scenarios;

internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        if (args.Contains("--play"))
        {
            return Play(args);
        }

        return args.Any(static a => a is "--server" or "--internal-msbuild-node")
            ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(
                args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
    }

    private static int Play(string[] args)
    {
        string? deckard = FolderRun.FindDeckard();
        string? named = Option(args, "--play");
        if (named is not null && !Directory.Exists(named))
        {
            Console.Out.WriteLine($"There is no folder {named}.");
            Console.Out.WriteLine($"deckard: 0 of {FolderRun.DeckardCount} run");
            Console.Out.WriteLine("0 passed, 1 failed");
            return 2;
        }

        List<ScenarioResult> results = [];
        List<ScenarioResult> ofDeckard = [];
        foreach (string folder in named is not null ? [named] : FoldersOf(deckard))
        {
            bool isDeckard = deckard is not null && SamePath(folder, deckard);
            IReadOnlyList<ScenarioResult> played =
                FolderRun.Play(Options(args, folder) with { IsDeckard = isDeckard }, Console.Out);
            ofDeckard.AddRange(isDeckard ? played : []);
            results.AddRange(played);
        }

        int passed = results.Count(static r => r.Verdict == ScenarioVerdict.Passed);
        int failed = results.Count(static r => r.Verdict == ScenarioVerdict.Failed);
        int waiting = results.Count(static r => r.Verdict == ScenarioVerdict.NeedsValidation);
        Console.Out.WriteLine(
            $"{waiting} need validation, {results.Count - passed - failed - waiting} are no duty");
        PrintStandard(ofDeckard);
        Console.Out.WriteLine($"deckard: {ofDeckard.Count} of {FolderRun.DeckardCount} run");
        Console.Out.WriteLine($"{passed} passed, {failed} failed");
        return failed == 0 ? 0 : 1;
    }

    private static FolderRunOptions Options(string[] args, string folder) => new(folder)
    {
        Only = Option(args, "--only"),
        Traces = args.Contains("--trace"),
        Part = Number(args, "--part", 0),
        Parts = Number(args, "--parts", 1),
        Program = Option(args, "--program") is { } program
            ? new ProgramSettings(program, Option(args, "--clock") ?? "", Option(args, "--folder") ?? ".")
            {
                RootAsStub = args.Contains("--root-as-stub"),
                Defaults = args.Contains("--defaults"),
                KeepsState = args.Contains("--state"),
            }
            : null,
    };

    // The line counts what passes, whatever else is excused.
    private static void PrintStandard(List<ScenarioResult> ofDeckard)
    {
        HashSet<string> standard = FolderRun.FindStandard();
        List<ScenarioResult> judged = [.. ofDeckard.Where(r => standard.Contains(r.Name))];
        if (judged.Count > 0)
        {
            int passed = judged.Count(static r => r.Verdict == ScenarioVerdict.Passed);
            Console.Out.WriteLine($"standard behaviour: {passed} of {judged.Count} passed");
        }
    }

    // Our own lie beside the program, in a folder for each RFC.
    private static IEnumerable<string> FoldersOf(string? deckard) =>
        deckard is null ? [AppContext.BaseDirectory] : [AppContext.BaseDirectory, deckard];

    private static bool SamePath(string one, string other) =>
        Path.TrimEndingDirectorySeparator(Path.GetFullPath(one))
            == Path.TrimEndingDirectorySeparator(Path.GetFullPath(other));

    private static int Number(string[] args, string name, int otherwise) =>
        Option(args, name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private static string? Option(string[] args, string name)
    {
        int at = Array.IndexOf(args, name) + 1;
        return at > 0 && at < args.Length && !args[at].StartsWith("--", StringComparison.Ordinal)
            ? args[at]
            : null;
    }
}
