// resolver serve: answers until told to stop.
using System.CommandLine;
using System.Threading.Tasks;

namespace Resolver.Server;

/// <summary>The command serve.</summary>
internal static class ServeCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandSurroundings surroundings)
    {
        Command command = new("serve", "Answer queries on UDP and TCP.");
        ResolutionArguments resolution = new(command);
        Option<string[]> listen = new("--listen")
        {
            HelpName = "ADDRESS:PORT",
            Description = "Replaces the configured addresses; port 0: a free one; may be repeated.",
            AllowMultipleArgumentsPerToken = true,
        };
        command.Add(listen.RefusingOptions());
        command.SetAction((parsed, _) => RunAsync(
            surroundings, resolution.Read(parsed) with { Listen = [.. parsed.GetValue(listen) ?? []] }));
        return command;
    }

    private static async Task<int> RunAsync(CommandSurroundings surroundings, ConfigurationSources sources) =>
        surroundings.ReadConfiguration(sources) is { } configuration
            ? await new ServeSession(surroundings, sources, configuration).RunAsync()
            : ExitStatus.Usage;
}
