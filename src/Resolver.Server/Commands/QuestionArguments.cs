// NAME and TYPE, as arguments of commands.
using System.CommandLine;
using System.CommandLine.Parsing;
using Resolver.Wire;

namespace Resolver.Server;

/// <summary>The question of one command.</summary>
internal sealed class QuestionArguments
{
    private readonly Argument<DomainName> _name = MakeName();

    private readonly Argument<RRType> _type = new("TYPE")
    {
        Description = "The record type, such as AAAA, MX or TYPE64; A when left out.",
        CustomParser = ParseType,
        DefaultValueFactory = static _ => RRType.A,
    };

    /// <summary>Adds the arguments to a command.</summary>
    public QuestionArguments(Command command)
    {
        command.Add(_name);
        command.Add(_type);
    }

    /// <summary>NAME alone.</summary>
    public static Argument<DomainName> MakeName() => new("NAME")
    {
        Description = "The domain name, with or without its last dot.",
        CustomParser = ParseName,
    };

    /// <summary>What was asked.</summary>
    public (DomainName Name, RRType Type) Read(ParseResult parsed) =>
        (parsed.GetValue(_name), parsed.GetValue(_type));

    private static DomainName ParseName(ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        if (!DomainName.TryParse(text, out DomainName name))
        {
            argument.AddError(
                $"'{text}' is no domain name: labels have 1 to 63 octets, the whole at most 255, and letters "
                + "beyond ASCII are written in their xn-- form.");
        }

        return name;
    }

    private static RRType ParseType(ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        if (!RRType.TryParse(text, out RRType type))
        {
            argument.AddError($"'{text}' is no record type: write for instance AAAA, MX or TYPE64.");
        }

        return type;
    }
}
