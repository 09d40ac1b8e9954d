// Where a key was set last: the place to point at when values that are good each contradict each other.
using Tomlyn.Syntax;

namespace Resolver.Server;

/// <summary>A place in a source.</summary>
/// <param name="Reading">The source.</param>
/// <param name="At">The value.</param>
internal sealed record ConfigurationPlace(KeyReading Reading, SyntaxNode At);
