// The repository as a tree of text files, found from where the tests run; what is built or fetched is left
// out.
using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;

namespace Resolver.Tidy;

internal static class Repository
{
    private static readonly ImmutableHashSet<string> LeftOut =
        ["bin", "obj", ".git", "artifacts", "TestResults", "BenchmarkDotNet.Artifacts", ".vs"];

    private static readonly ImmutableHashSet<string> TextEndings =
    [
        ".cs", ".md", ".csproj", ".props", ".targets", ".txt", ".toml", ".json", ".yml", ".yaml", ".sh",
        ".zone", ".rpl",
        ".hints", ".sln", ".conf", ".editorconfig", ".gitignore", ".service", "",
    ];

    /// <summary>The folder that holds Resolver.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>All text files, as paths from the root with forward slashes, in order.</summary>
    public static ImmutableArray<string> Files { get; } =
        [.. Walk(Root).Select(Relative).Order(StringComparer.Ordinal)];

    /// <summary>All C# files of src, tests and bench, parsed.</summary>
    public static ImmutableArray<SourceFile> Sources { get; } =
        [.. Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal)).Select(SourceFile.Load)];

    /// <summary>Those of src.</summary>
    public static IEnumerable<SourceFile> Product =>
        Sources.Where(s => s.Path.StartsWith("src/", StringComparison.Ordinal));

    /// <summary>The content of a file.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>True when a file or a folder of this path from the root is there.</summary>
    public static bool Exists(string path) => Path.Exists(Path.Combine(Root, path));

    /// <summary>Folders directly or indirectly below a folder that hold C# files themselves.</summary>
    public static IEnumerable<string> FoldersWithCode(string below) => Sources
        .Select(s => s.Folder)
        .Where(f => f.StartsWith(below + "/", StringComparison.Ordinal))
        .Distinct();

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Resolver.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException(
            "Resolver.sln stands in no folder above.");
    }

    private static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static IEnumerable<string> Walk(string folder) =>
        Directory.EnumerateFiles(folder)
            .Where(f => TextEndings.Contains(Path.GetExtension(f)))
            .Concat(Directory.EnumerateDirectories(folder)
                .Where(d => !LeftOut.Contains(Path.GetFileName(d)))
                .SelectMany(Walk));
}
