// Where configuration comes from in one run of the program: one file if it is named, and options that win
// over it.
using System;
using System.Collections.Immutable;

namespace Resolver.Server;

/// <summary>The options of the command line that make up the configuration. Read again on reload.</summary>
internal sealed record ConfigurationSources
{
    /// <summary>--config; null: no file is read.</summary>
    public string? File { get; init; }

    /// <summary>--set, each section.key=VALUE.</summary>
    public ImmutableArray<string> Settings { get; init; } = [];

    /// <summary>--root-hints.</summary>
    public string? RootHints { get; init; }

    /// <summary>--trust-anchor; when there is one, the configured list is replaced.</summary>
    public ImmutableArray<string> TrustAnchors { get; init; } = [];

    /// <summary>--internet.</summary>
    public string? Internet { get; init; }

    /// <summary>--listen; when there is one, the configured list is replaced.</summary>
    public ImmutableArray<string> Listen { get; init; } = [];

    /// <summary>What relative paths in options are relative to.</summary>
    public string Directory { get; init; } = Environment.CurrentDirectory;
}
