// The surroundings of one reading of configuration: where the text came from, and the list of mistakes so
// far.
using System.Collections.Generic;
using System.IO;
using Tomlyn.Syntax;

namespace Resolver.Server;

/// <summary>A source being read.</summary>
/// <param name="Source">The file's path as given, or the option of the command line.</param>
/// <param name="Directory">What relative paths in it are relative to.</param>
/// <param name="HasLines">False for an option of the command line.</param>
/// <param name="Problems">Mistakes found, added to.</param>
internal sealed record KeyReading(
    string Source, string Directory, bool HasLines, List<ConfigurationProblem> Problems)
{
    /// <summary>The key whose value is being read.</summary>
    public string Key { get; set; } = "";

    /// <summary>
    /// Adds a mistake that stands at a piece of the source; returns false for the caller's own return.
    /// </summary>
    public bool Report(SyntaxNode at, string what, string advice)
    {
        TextPosition start = at.Span.Start;
        Problems.Add(HasLines
            ? new ConfigurationProblem(Source, start.Line + 1, start.Column + 1, what, advice)
            : new ConfigurationProblem(Source, 0, 0, what, advice));
        return false;
    }

    /// <summary>Adds the mistake that a value is not of the kind of its key.</summary>
    public bool Refuse(ValueSyntax value, string expected) =>
        Report(value, $"{Key} cannot be {value.ToString()?.Trim()}", "write " + expected);

    /// <summary>The whole path of a file named in this source.</summary>
    public string Resolve(string path) => Path.GetFullPath(path, Directory);
}
