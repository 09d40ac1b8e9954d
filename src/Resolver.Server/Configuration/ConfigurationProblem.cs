// One mistake in what the user wrote, told so that it can be mended without looking anything up.
using System.Globalization;

namespace Resolver.Server;

/// <summary>A mistake: where, what, and what to do.</summary>
/// <param name="Source">The file's path, or the option of the command line.</param>
/// <param name="Line">1-based; 0 when the source has no lines.</param>
/// <param name="Column">1-based; 0 when the source has no lines.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Advice">What to do.</param>
internal sealed record ConfigurationProblem(string Source, int Line, int Column, string What, string Advice)
{
    /// <summary>FILE:LINE:COLUMN: what is wrong: what to do.</summary>
    public override string ToString() => Line == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{Source}: {What}: {Advice}")
        : string.Create(CultureInfo.InvariantCulture, $"{Source}:{Line}:{Column}: {What}: {Advice}");
}
