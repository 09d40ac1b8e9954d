// resolver explain: the walk to an answer, step by step, with what was decided and why.
using System.CommandLine;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging.Abstractions;
using Resolver.Wire;

namespace Resolver.Server;

/// <summary>The command explain.</summary>
internal static class ExplainCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandSurroundings surroundings)
    {
        Command command = new(
            "explain", "Show the walk to an answer, step by step, with what was decided and why.");
        QuestionArguments question = new(command);
        ResolutionArguments resolution = new(command);
        Option<bool> live = new("--live") { Description = "Ask the running server for its walk." };
        Option<string?> control = ResolutionArguments.MakeControl();
        Option<bool> json = new("--json") { Description = "Print JSON." };
        command.Add(live);
        command.Add(control);
        command.Add(json);
        command.SetAction(async (parsed, _) =>
        {
            (DomainName name, RRType type) = question.Read(parsed);
            if (parsed.GetValue(live))
            {
                string form = parsed.GetValue(json) ? "json" : "text";
                return await ControlCommands.AskAsync(
                    new ControlSurroundings(surroundings, "explain --live"),
                    (parsed.GetValue(control), resolution.Read(parsed)),
                    $"explain {form} {name} {type}");
            }

            ExplainRequest request = new(name, type, parsed.GetValue(json));
            return await RunAsync(surroundings, request, resolution.Read(parsed));
        });
        return command;
    }

    private static async Task<int> RunAsync(
        CommandSurroundings surroundings, ExplainRequest request, ConfigurationSources sources)
    {
        if (surroundings.ReadConfiguration(sources) is not { } configuration)
        {
            return ExitStatus.Usage;
        }

        await using OwnResolver resolver = OwnResolver.Create(configuration, NullLoggerFactory.Instance);
        Resolution resolution = await resolver.ExplainAsync(request.Name, request.Type);
        Explanation explanation = new(request.Name, request.Type, resolution);
        await surroundings.Output.WriteAsync(request.AsJson ? explanation.ToJson() : explanation.ToText());
        return resolution.Rcode == Rcode.ServFail ? ExitStatus.Failed : ExitStatus.Done;
    }
}

/// <summary>What explain was told to do.</summary>
/// <param name="Name">NAME.</param>
/// <param name="Type">TYPE.</param>
/// <param name="AsJson">--json.</param>
internal sealed record ExplainRequest(DomainName Name, RRType Type, bool AsJson);
