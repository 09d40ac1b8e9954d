// resolver status and resolver flush: they speak to a running server through its control socket, which has
// not landed; until then they say so instead of doing nothing.
using System.CommandLine;

namespace Resolver.Server;

/// <summary>The commands that need a control socket.</summary>
internal static class ControlCommands
{
    /// <summary>What a command that needs the control socket says.</summary>
    public const string NotAvailable =
        "the control socket is not available yet, so a running server cannot be asked";

    /// <summary>Makes the command status.</summary>
    public static Command CreateStatus(CommandSurroundings surroundings)
    {
        Command command = new("status", "Tell how the running server fares.")
        {
            ResolutionArguments.MakeConfig(),
            ResolutionArguments.MakeControl(),
            new Option<bool>("--json") { Description = "As JSON." },
        };
        command.SetAction(_ => Refuse(surroundings, "status"));
        return command;
    }

    /// <summary>Makes the command flush.</summary>
    public static Command CreateFlush(CommandSurroundings surroundings)
    {
        Command command = new("flush", "Make the running server forget a name and everything below it.")
        {
            QuestionArguments.MakeName(),
            ResolutionArguments.MakeConfig(),
            ResolutionArguments.MakeControl(),
        };
        command.SetAction(_ => Refuse(surroundings, "flush"));
        return command;
    }

    private static int Refuse(CommandSurroundings surroundings, string command)
    {
        surroundings.Error.WriteLine($"resolver {command}: {NotAvailable}.");
        return ExitStatus.Failed;
    }
}
