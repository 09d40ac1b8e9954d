// resolver check: every mistake in the configuration, before a server starts with it.
using System.CommandLine;

namespace Resolver.Server;

/// <summary>The command check.</summary>
internal static class CheckCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandSurroundings surroundings)
    {
        Option<string?> config = ResolutionArguments.MakeConfig();
        Option<bool> defaults = new("--defaults")
        {
            Description = "Print a commented configuration file with every key at its default instead.",
        };
        Command command = new(
            "check", "Tell every mistake in a configuration file, with its line and column.")
        {
            config, defaults,
        };
        command.SetAction(parsed => Run(surroundings, parsed.GetValue(config), parsed.GetValue(defaults)));
        return command;
    }

    private static int Run(CommandSurroundings surroundings, string? file, bool printDefaults)
    {
        if (printDefaults)
        {
            surroundings.Output.Write(ConfigurationText.Defaults());
            return ExitStatus.Done;
        }

        if (surroundings.ReadConfiguration(new ConfigurationSources { File = file }) is null)
        {
            return ExitStatus.Failed;
        }

        surroundings.Output.WriteLine((file ?? "defaults") + ": no mistakes");
        return ExitStatus.Done;
    }
}
