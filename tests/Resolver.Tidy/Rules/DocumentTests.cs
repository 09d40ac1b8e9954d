// Documents tell of things that are there; every room of src opens with one; no text names a host of a
// registry.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace Resolver.Tidy;

public sealed partial class DocumentTests
{
    private const int MaxLinesOfRoomReadme = 16;

    // Written in parts, so that this file does not hold what it looks for.
    private static readonly string[] RegistryHosts =
    [
        "nuget" + ".org", "npmjs" + ".", "pypi" + ".org", "pythonhosted" + ".org", "crates" + ".io",
        "docker" + ".io",
        "ghcr" + ".io", "quay" + ".io", "mcr.microsoft" + ".com", "rubygems" + ".org", "golang" + ".org",
        "debian" + ".org", "ubuntu" + ".com", "myget" + ".org", "pkgs.dev.azure" + ".com",
        "pkg.github" + ".com",
        "maven" + ".org", "yarnpkg" + ".com", "jfrog" + ".io", "artifactory" + ".",
    ];

    private static readonly string[] Roots = ["src", "tests", "bench", "docs", ".ci"];

    private static IEnumerable<string> Readmes =>
        Repository.Files.Where(f => f.EndsWith(".md", StringComparison.Ordinal));

    [Fact]
    public void Paths_that_documents_name_are_there() => Findings.NoneButExempt(
        "Correct the path, or the document.",
        "path",
        from readme in Readmes
        from path in PathsIn(readme).Distinct()
        where !IsThere(readme, path)
        select (readme + "#" + path, $"{readme}: names {path}."));

    [Fact]
    public void A_folder_of_src_opens_with_a_README() => Findings.NoneButExempt(
        "Write README.md: purpose, RFCs, entry type, limits, in about twelve lines.",
        "readme",
        from folder in Repository.FoldersWithCode("src")
        where !Repository.Exists(folder + "/README.md")
        select (folder, $"{folder}: has none."));

    [Fact]
    public void A_rooms_README_is_short() => Findings.NoneAbove(
        "A room's README says purpose, RFCs, entry type and limits; the rest belongs to src/README.md.",
        "readme-length",
        MaxLinesOfRoomReadme,
        Readmes.Where(r => r.StartsWith("src/", StringComparison.Ordinal) && r.Count(c => c == '/') > 2)
            .Select(r => (r, Repository.Read(r).TrimEnd('\n').Split('\n').Length)));

    [Fact]
    public void No_text_names_the_host_of_a_registry() => Findings.None(
        "Packages are named by name; where they come from is the machine's own setting.",
        from file in Repository.Files
        let text = Repository.Read(file)
        from host in RegistryHosts
        where text.Contains(host, StringComparison.OrdinalIgnoreCase)
        select $"{file}: names {host}.");

    [Fact]
    public void Text_ends_with_a_newline_and_has_no_carriage_returns() => Findings.None(
        "Lines end with a line feed, the last one too.",
        from file in Repository.Files
        let text = Repository.Read(file)
        where text.Length > 0 && (text[^1] != '\n' || text.Contains('\r', StringComparison.Ordinal))
            && !file.EndsWith(".sln", StringComparison.Ordinal)
            && !file.EndsWith(".hints", StringComparison.Ordinal)
            && !file.Contains("/Corpus/", StringComparison.Ordinal)
        select file);

    private static IEnumerable<string> PathsIn(string readme)
    {
        string text = Repository.Read(readme);
        IEnumerable<string> quoted = Quoted().Matches(text).Select(m => m.Groups[1].Value);
        IEnumerable<string> linked = Linked().Matches(text).Select(m => m.Groups[1].Value.Split('#')[0]);
        IEnumerable<string> commanded = Fenced().Matches(text).SelectMany(
            m => m.Value.Split(' ', '\n', '"', '\'', '=', '(', ')'))
            .Where(word => Roots.Any(r => word.StartsWith(r + "/", StringComparison.Ordinal)));
        return quoted.Where(IsPath).Concat(
            linked.Where(l => l.Length > 0 && !l.Contains("://", StringComparison.Ordinal)))
            .Concat(commanded.Where(IsPath))
            .Select(p => p.TrimEnd('/', '.', ',', ':', ';'));
    }

    // A path is plain (no pattern, no placeholder), and either names a known place first or a source file.
    private static bool IsPath(string word) =>
        PlainPath().IsMatch(word)
        && (Roots.Any(r => word.StartsWith(r + "/", StringComparison.Ordinal))
            || word.EndsWith(".cs", StringComparison.Ordinal)
            || word.EndsWith(".md", StringComparison.Ordinal)
            || word.EndsWith(".csproj", StringComparison.Ordinal)
            || word.EndsWith(".sln", StringComparison.Ordinal));

    private static bool IsThere(string readme, string path)
    {
        string beside = Path.GetDirectoryName(readme) is { Length: > 0 } folder ? folder + "/" + path : path;
        return Repository.Exists(path) || Repository.Exists(beside)
            || (!path.Contains('/', StringComparison.Ordinal)
                && Repository.Files.Any(f => f.EndsWith("/" + path, StringComparison.Ordinal)));
    }

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Linked();

    [GeneratedRegex("```.*?```", RegexOptions.Singleline)]
    private static partial Regex Fenced();

    [GeneratedRegex(@"^[\w./\-]+$")]
    private static partial Regex PlainPath();
}
