// The entry: FOLDER [--only LIST] [--trace NAME], or --play alone, plays scenarios; anything else is an
// ordinary test program.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace Resolver.Scenarios;

internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        string? folder = args.FirstOrDefault(Directory.Exists);
        if (folder is not null || args.Contains("--play"))
        {
            return Play(folder, args);
        }

        return args.Any(static a => a is "--server" or "--internal-msbuild-node")
            ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(
                args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
    }

    private static int Play(string? folder, string[] args)
    {
        string? deckard = FolderRun.FindDeckard();
        folder ??= deckard;
        IReadOnlyList<ScenarioResult> results = [];
        bool isDeckard = folder is not null && deckard is not null
            && Path.GetFullPath(folder) == Path.GetFullPath(deckard);
        if (folder is not null)
        {
            string? only = Option(args, "--only");
            string beside = Path.Combine(folder, "..", only ?? "");
            results = FolderRun.Play(
                new FolderRunOptions(folder)
                {
                    Only = only is null || File.Exists(only) ? only : beside,
                    IsDeckard = isDeckard,
                    Trace = Option(args, "--trace"),
                },
                Console.Out);
        }

        Console.Out.WriteLine($"deckard: {(isDeckard ? results.Count : 0)} of {FolderRun.DeckardCount} run");
        return results.Any(static r => r.Verdict == ScenarioVerdict.Failed) ? 1 : 0;
    }

    private static string? Option(string[] args, string name)
    {
        int at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }
}
