// The command line: which words there are, and what a wrong one leads to. What a command does stands in its
// own type.
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Threading.Tasks;

namespace Resolver.Server;

/// <summary>Parses and runs commands.</summary>
internal static class CommandLine
{
    /// <summary>Runs the command; returns the exit status.</summary>
    public static async Task<int> RunAsync(string[] arguments, CommandSurroundings surroundings)
    {
        // No response files (@FILE): no file is read unless an option names it.
        ParserConfiguration parser = new() { ResponseFileTokenReplacer = null };
        ParseResult parsed = Create(surroundings).Parse(arguments, parser);
        if (parsed.Errors.Count > 0)
        {
            foreach (ParseError error in parsed.Errors)
            {
                await surroundings.Error.WriteLineAsync("resolver: " + error.Message);
            }

            await surroundings.Error.WriteLineAsync($"See: {PathOf(parsed)} --help");
            return ExitStatus.Usage;
        }

        // Signals are the matter of serve; an interrupt ends the other commands as it ends any program.
        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = surroundings.Output,
            Error = surroundings.Error,
            ProcessTerminationTimeout = null,
        });
    }

    /// <summary>The tree of commands.</summary>
    public static RootCommand Create(CommandSurroundings surroundings)
    {
        RootCommand root = new("A recursive DNS resolver, from the root servers to the answer.")
        {
            ServeCommand.Create(surroundings),
            QueryCommand.Create(surroundings),
            ExplainCommand.Create(surroundings),
            ControlCommands.CreateStatus(surroundings),
            ControlCommands.CreateFlush(surroundings),
            NegativeAnchorCommands.Create(surroundings),
            CheckCommand.Create(surroundings),
        };
        return root;
    }

    private static string PathOf(ParseResult parsed)
    {
        string path = "";
        CommandResult? at = parsed.CommandResult;
        while (at is { Command: not RootCommand })
        {
            path = $" {at.Command.Name}{path}";
            at = at.Parent as CommandResult;
        }

        return "resolver" + path;
    }
}
