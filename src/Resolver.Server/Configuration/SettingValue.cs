// The VALUE of --set section.key=VALUE: TOML, or a bare word, which stands for a string (16MiB, relaxed,
// /etc/hints).
using System.Collections.Generic;
using Tomlyn.Syntax;

namespace Resolver.Server;

/// <summary>Reads values of --set.</summary>
internal static class SettingValue
{
    /// <summary>The value; null when a mistake was reported.</summary>
    public static ValueSyntax? Read(string text, KeyReading reading)
    {
        List<ConfigurationProblem> mistakes = [];
        List<TomlSection> sections = TomlDocument.Read(
            "value = " + text, reading with { Problems = mistakes });
        if (mistakes.Count == 0 && sections is [{ Assignments: [{ Path: "value" } only] }])
        {
            return only.Value;
        }

        if (text.Length > 0 && text[0] is '[' or '{' or '"' or '\'')
        {
            reading.Problems.AddRange(mistakes);
            return null;
        }

        return new StringValueSyntax(text);
    }
}
