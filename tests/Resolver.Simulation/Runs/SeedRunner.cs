// The command: runs many seeds, tells of each that failed how to run it again, and ends with the sum.
using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace Resolver.Simulation;

/// <summary>Runs seeds one after another or side by side.</summary>
internal static class SeedRunner
{
    /// <summary>
    /// Runs seeds side by side; true when all kept all promises.
    /// </summary>
    public static bool Run(SeedRange seeds, int jobs, TextWriter output)
    {
        (ulong first, int count, int again, _) = seeds;
        ConcurrentQueue<RunResult> results = [];
        object gate = new();
        _ = Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = jobs }, number =>
        {
            ulong seed = first + (ulong)number;
            RunResult result = number % again == 0
                ? RunTwice(seed, seeds.Kind)
                : SimulationRun.Play(seed, seeds.Kind);
            results.Enqueue(result with { Story = "" });
            if (result.Failure is not null)
            {
                lock (gate)
                {
                    output.WriteLine(Describe(result, seeds.Kind));
                }
            }
        });
        WriteTraits([.. results], output);
        int failed = results.Count(static r => r.Failure is not null);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{results.Sum(static r => (long)r.Queries)} queries, {results.Sum(static r => (long)r.Failures)} of them "
            + $"failed in bad weather, {results.Sum(static r => (long)r.Proven)} replies with AD, "
            + $"{results.Sum(static r => (long)r.Exchanges)} exchanges"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{results.Count - failed} passed, {failed} failed"));
        return failed == 0;
    }

    // How many seeds had what: which denials, keys and adversaries the promises were kept against.
    private static void WriteTraits(RunResult[] results, TextWriter output)
    {
        foreach (IGrouping<string, string> trait in results.SelectMany(static r => r.Traits)
            .GroupBy(static t => t).OrderBy(static t => t.Key, StringComparer.Ordinal))
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{trait.Count(),7} seeds: {trait.Key}"));
        }
    }

    /// <summary>Runs a seed twice: the same seed must give the same run.</summary>
    public static RunResult RunTwice(ulong seed, WorldKind kind = WorldKind.Any)
    {
        RunResult once = SimulationRun.Play(seed, kind);
        RunResult again = SimulationRun.Play(seed, kind);
        string differs = $"trace hash {once.Hash:x16} the first time, {again.Hash:x16} the second";
        return once.Failure is null && once.Hash != again.Hash ? once with { Failure = differs } : once;
    }

    /// <summary>A failure for people, with the command that plays it again.</summary>
    public static string Describe(RunResult result, WorldKind kind = WorldKind.Any)
    {
        string option = kind switch
        {
            WorldKind.Any => "",
            WorldKind.Signed => " --signed",
            WorldKind.Drizzle => " --drizzle",
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            seed {result.Seed}: {result.Failure}
            {result.Story}
            again: SEED={result.Seed} dotnet run --project tests/Resolver.Simulation -- --seeds 1{option}

            """);
    }
}

/// <summary>Which seeds to run.</summary>
/// <param name="First">The first one.</param>
/// <param name="Count">How many.</param>
/// <param name="Again">One in so many is run twice, to show that it is the same run.</param>
/// <param name="Kind">What all of them have in common.</param>
internal readonly record struct SeedRange(ulong First, int Count, int Again, WorldKind Kind);

/// <summary>What worlds are drawn.</summary>
internal enum WorldKind : byte
{
    /// <summary>Half of them signed, all kinds of weather.</summary>
    Any,

    /// <summary>All of them signed.</summary>
    Signed,

    /// <summary>No server has a fault; datagrams are lost one by one, and no query may fail for it.</summary>
    Drizzle,
}
