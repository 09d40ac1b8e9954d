// resolver nta add, remove and list: negative trust anchors of a running server (RFC 7646), through its
// control socket.
using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Threading.Tasks;
using Resolver.Dnssec;
using Resolver.Wire;

namespace Resolver.Server;

/// <summary>The commands below nta.</summary>
internal static class NegativeAnchorCommands
{
    /// <summary>Makes the command nta.</summary>
    public static Command Create(CommandSurroundings surroundings) =>
        new("nta", "Have signatures in a domain not judged for a while (negative trust anchors, RFC 7646).")
        {
            CreateAdd(surroundings),
            CreateRemove(surroundings),
            CreateList(surroundings),
        };

    private static Command CreateAdd(CommandSurroundings surroundings)
    {
        Argument<DomainName> name = QuestionArguments.MakeName();
        Option<TimeSpan> span = new("--for")
        {
            HelpName = "DURATION",
            Description = "For how long, such as 30m or 4h: a day at most, an hour when left out.",
            CustomParser = ParseSpan,
            DefaultValueFactory = static _ => TimeSpan.FromSeconds(NegativeTrustAnchors.DefaultSeconds),
        };
        Command command = new("add", "Begin one: a broken domain is answered, without a word on its truth.")
        {
            name, span,
        };
        return With(command, surroundings, parsed => string.Create(
            CultureInfo.InvariantCulture,
            $"nta add {parsed.GetValue(name)} {(long)parsed.GetValue(span).TotalSeconds}"));
    }

    private static Command CreateRemove(CommandSurroundings surroundings)
    {
        Argument<DomainName> name = QuestionArguments.MakeName();
        Command command = new("remove", "End one before its time.") { name };
        return With(command, surroundings, parsed => $"nta remove {parsed.GetValue(name)}");
    }

    private static Command CreateList(CommandSurroundings surroundings) =>
        With(new Command("list", "Show those in force."), surroundings, static _ => "nta list");

    private static Command With(
        Command command, CommandSurroundings surroundings, Func<ParseResult, string> request)
    {
        Option<string?> config = ResolutionArguments.MakeConfig();
        Option<string?> control = ResolutionArguments.MakeControl();
        command.Add(config);
        command.Add(control);
        command.SetAction((parsed, _) => AskAsync(parsed, command, surroundings));
        return command;

        Task<int> AskAsync(ParseResult parsed, Command asked, CommandSurroundings at) =>
            ControlCommands.AskAsync(
                new ControlSurroundings(at, "nta " + asked.Name),
                (parsed.GetValue(control), new ConfigurationSources { File = parsed.GetValue(config) }),
                request(parsed));
    }

    private static TimeSpan ParseSpan(ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        if (!Duration.TryParse(text, out TimeSpan span)
            || span < TimeSpan.FromSeconds(1)
            || span > TimeSpan.FromSeconds(NegativeTrustAnchors.MaxSeconds))
        {
            argument.AddError($"'{text}' is no duration from 1s to 1d: write for instance 30m or 4h.");
        }

        return span;
    }
}
