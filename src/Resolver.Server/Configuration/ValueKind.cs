// A kind of value: how it is read from TOML, how it is written, and what to tell who wrote something else.
using System;
using System.Diagnostics.CodeAnalysis;
using Tomlyn.Syntax;

namespace Resolver.Server;

/// <summary>Reads a value; on failure the mistake has been reported.</summary>
internal delegate bool ValueReader<T>(
    ValueSyntax value, KeyReading reading, [MaybeNullWhen(false)] out T result);

/// <summary>Reads the content of a string.</summary>
internal delegate bool TextReader<T>(string text, [MaybeNullWhen(false)] out T result);

/// <summary>A kind of value.</summary>
/// <param name="Expected">What to write, for people.</param>
/// <param name="TryRead">From TOML.</param>
/// <param name="Format">To TOML.</param>
internal sealed record ValueKind<T>(string Expected, ValueReader<T> TryRead, Func<T, string> Format);
