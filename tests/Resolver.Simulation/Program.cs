// The entry: with --seeds it runs seeds, else it is an ordinary test program.
using System;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;

namespace Resolver.Simulation;

internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        if (args.Contains("--seeds"))
        {
            ulong first = ulong.Parse(
                Environment.GetEnvironmentVariable("SEED") ?? "1", CultureInfo.InvariantCulture);
            if (args.Contains("--signed") && args.Contains("--drizzle"))
            {
                Console.Error.WriteLine("simulation: --signed or --drizzle: give one of them");
                return 2;
            }

            WorldKind kind = args.Contains("--signed") ? WorldKind.Signed
                : args.Contains("--drizzle") ? WorldKind.Drizzle
                : WorldKind.Any;
            SeedRange seeds = new(first, Number(args, "--seeds", 500), Number(args, "--again", 1), kind);
            int jobs = Number(args, "--jobs", Environment.ProcessorCount);
            return SeedRunner.Run(seeds, jobs, Console.Out) ? 0 : 1;
        }

        return args.Any(static a => a is "--server" or "--internal-msbuild-node")
            ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(
                args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
    }

    private static int Number(string[] args, string option, int otherwise)
    {
        int at = Array.IndexOf(args, option);
        return at >= 0 && at + 1 < args.Length
            ? int.Parse(args[at + 1], CultureInfo.InvariantCulture)
            : otherwise;
    }
}
