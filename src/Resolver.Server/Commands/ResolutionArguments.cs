// The options that serve, query and explain share: where configuration comes from.
using System.CommandLine;

namespace Resolver.Server;

/// <summary>The resolution options of one command.</summary>
internal sealed class ResolutionArguments
{
    private readonly Option<string?> _config = MakeConfig();

    private readonly Option<string?> _rootHints = new("--root-hints")
    {
        HelpName = "FILE",
        Description = "Root hints to start from instead of the built-in copy.",
    };

    private readonly Option<string[]> _trustAnchors = new("--trust-anchor")
    {
        HelpName = "FILE",
        Description = "DS or DNSKEY records to trust instead of the built-in anchors; may be repeated.",
    };

    private readonly Option<string?> _internet = new("--internet")
    {
        HelpName = "FOLDER|sample",
        Description = "Resolve inside a simulated internet instead of the real one.",
    };

    private readonly Option<string[]> _settings = new("--set")
    {
        HelpName = "section.key=VALUE",
        Description = "A configuration key; wins over the file; may be repeated.",
    };

    /// <summary>Adds the options to a command.</summary>
    public ResolutionArguments(Command command)
    {
        command.Add(_config.RefusingOptions());
        command.Add(_rootHints.RefusingOptions());
        command.Add(_trustAnchors.RefusingOptions());
        command.Add(_internet.RefusingOptions());
        command.Add(_settings.RefusingOptions());

        // Where no name and type stand beside them, lists may also be written in one go.
        bool mayBeMany = command.Arguments.Count == 0;
        _trustAnchors.AllowMultipleArgumentsPerToken = mayBeMany;
        _settings.AllowMultipleArgumentsPerToken = mayBeMany;
    }

    /// <summary>The option --config.</summary>
    public static Option<string?> MakeConfig() => new("--config")
    {
        HelpName = "FILE",
        Description = "The configuration file; without it none is read.",
    };

    /// <summary>The option --control.</summary>
    public static Option<string?> MakeControl() => new("--control")
    {
        HelpName = "PATH",
        Description = "The control socket of the running server.",
    };

    /// <summary>What was given.</summary>
    public ConfigurationSources Read(ParseResult parsed) => new()
    {
        File = parsed.GetValue(_config),
        RootHints = parsed.GetValue(_rootHints),
        TrustAnchors = [.. parsed.GetValue(_trustAnchors) ?? []],
        Internet = parsed.GetValue(_internet),
        Settings = [.. parsed.GetValue(_settings) ?? []],
    };
}
