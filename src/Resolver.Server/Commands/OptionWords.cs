// A word that looks like an option is never the value of another one: it is a slip of whoever wrote it.
using System.CommandLine;

namespace Resolver.Server;

/// <summary>Keeps slips from being taken for values.</summary>
internal static class OptionWords
{
    /// <summary>Refuses values that begin with a hyphen.</summary>
    public static TOption RefusingOptions<TOption>(this TOption option)
        where TOption : Option
    {
        option.Validators.Add(static result =>
        {
            foreach (System.CommandLine.Parsing.Token token in result.Tokens)
            {
                if (token.Value.StartsWith('-'))
                {
                    bool isFile = result.Option.HelpName?.StartsWith('F') ?? false;
                    result.AddError(
                        $"There is no option '{token.Value}', and no value of {result.Option.Name} begins "
                        + "with a hyphen." + (isFile ? $" For a file write ./{token.Value}." : ""));
                }
            }
        });
        return option;
    }
}
