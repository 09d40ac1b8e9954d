// A mistake in a zone file, told so that its writer finds it.
namespace Resolver.Wire;

/// <summary>A mistake in a zone file.</summary>
/// <param name="File">The file, as it was named.</param>
/// <param name="Line">The line, from 1; 0 when the file could not be read at all.</param>
/// <param name="Column">The column in octets, from 1.</param>
/// <param name="Sentence">What is wrong.</param>
internal sealed record ZoneFileError(string File, int Line, int Column, string Sentence)
{
    /// <summary>The form that editors follow: file:line:column: sentence.</summary>
    public override string ToString() =>
        Line == 0 ? $"{File}: {Sentence}" : $"{File}:{Line}:{Column}: {Sentence}";
}
