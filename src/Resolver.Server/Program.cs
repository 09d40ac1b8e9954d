// The program: a command line in, an exit status out.
using System;
using System.Threading.Tasks;

namespace Resolver.Server;

/// <summary>The entry point.</summary>
internal static class Program
{
    /// <summary>Runs one command.</summary>
    public static Task<int> Main(string[] arguments) => CommandLine.RunAsync(
        arguments, new CommandSurroundings(Console.Out, Console.Error, TimeProvider.System));
}
