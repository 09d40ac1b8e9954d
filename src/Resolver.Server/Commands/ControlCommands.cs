// resolver status, resolver flush and explain --live: they ask a running server through its control socket,
// whose path is given, or stands in the configuration file that the server was started with.
using System.CommandLine;
using System.Threading.Tasks;
using Resolver.Wire;

namespace Resolver.Server;

/// <summary>The commands that need a control socket.</summary>
internal static class ControlCommands
{
    /// <summary>Makes the command status.</summary>
    public static Command CreateStatus(CommandSurroundings surroundings)
    {
        Option<string?> config = ResolutionArguments.MakeConfig();
        Option<string?> control = ResolutionArguments.MakeControl();
        Option<bool> json = new("--json") { Description = "As JSON." };
        Command command = new("status", "Tell how the running server fares.") { config, control, json };
        command.SetAction((parsed, _) => AskAsync(
            new ControlSurroundings(surroundings, "status"),
            (parsed.GetValue(control), new ConfigurationSources { File = parsed.GetValue(config) }),
            parsed.GetValue(json) ? "status json" : "status text"));
        return command;
    }

    /// <summary>Makes the command flush.</summary>
    public static Command CreateFlush(CommandSurroundings surroundings)
    {
        Argument<DomainName> name = QuestionArguments.MakeName();
        Option<string?> config = ResolutionArguments.MakeConfig();
        Option<string?> control = ResolutionArguments.MakeControl();
        Command command = new("flush", "Make the running server forget a name and everything below it.")
        {
            name, config, control,
        };
        command.SetAction((parsed, _) => AskAsync(
            new ControlSurroundings(surroundings, "flush"),
            (parsed.GetValue(control), new ConfigurationSources { File = parsed.GetValue(config) }),
            $"flush {parsed.GetValue(name)}"));
        return command;
    }

    /// <summary>Sends one request to the server whose socket is named, and prints the reply.</summary>
    public static async Task<int> AskAsync(
        ControlSurroundings at, (string? Path, ConfigurationSources Sources) socket, string request)
    {
        string? path = socket.Path;
        if (path is null)
        {
            if (at.Command.ReadConfiguration(socket.Sources) is not { } configuration)
            {
                return ExitStatus.Usage;
            }

            path = configuration.ControlSocket;
        }

        if (path.Length == 0)
        {
            await at.Command.Error.WriteLineAsync(
                $"resolver {at.Name}: which server? "
                + "Give --control PATH, or --config FILE with [control] socket.");
            return ExitStatus.Usage;
        }

        ControlReply reply = await ControlClient.AskAsync(path, request);
        if (!reply.IsDone)
        {
            await at.Command.Error.WriteLineAsync($"resolver {at.Name}: {reply.Text}");
            return ExitStatus.Failed;
        }

        await at.Command.Output.WriteAsync(reply.Text);
        return ExitStatus.Done;
    }
}

/// <summary>The command that asks a server, and its surroundings.</summary>
/// <param name="Command">The surroundings.</param>
/// <param name="Name">The command's words.</param>
internal sealed record ControlSurroundings(CommandSurroundings Command, string Name);
