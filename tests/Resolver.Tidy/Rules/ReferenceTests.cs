// The street: references of the seven projects go to the right only, and none goes from src to tests or
// bench.
using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using Xunit;

namespace Resolver.Tidy;

public sealed class ReferenceTests
{
    private static readonly ImmutableArray<string> Street =
    [
        "Resolver.Server", "Resolver.Testing", "Resolver", "Resolver.Transport", "Resolver.Engine",
        "Resolver.Dnssec",
        "Resolver.Wire",
    ];

    private static readonly ImmutableArray<string> PackagesOfTheServerAlone =
        ["Microsoft.Extensions.Hosting", "Microsoft.Extensions.Hosting.Systemd", "System.CommandLine"];

    private static IEnumerable<string> Projects =>
        Repository.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal));

    private static IEnumerable<string> InSource =>
        Projects.Where(f => f.StartsWith("src/", StringComparison.Ordinal));

    [Fact]
    public void The_projects_of_src_are_the_seven_of_the_street() =>
        Assert.Equal(
            Street.Order(StringComparer.Ordinal),
            InSource.Select(NameOf).Order(StringComparer.Ordinal));

    [Fact]
    public void References_go_to_the_right_only() => Findings.None(
        $"A project refers only to those on its right: {string.Join(" > ", Street)}. Move the code.",
        from project in InSource
        from reference in References(project, "ProjectReference").Select(NameOf)
        where Street.IndexOf(reference) <= Street.IndexOf(NameOf(project))
        select $"{project}: refers to {reference}.");

    [Fact]
    public void Packages_for_hosting_stay_in_the_program() => Findings.None(
        "The library takes no hosting, no command line and no ASP.NET: embedders would carry them.",
        from project in InSource.Where(p => NameOf(p) != "Resolver.Server")
        from package in References(project, "PackageReference").Concat(
            References(project, "FrameworkReference"))
        where PackagesOfTheServerAlone.Contains(package)
            || package.Contains("AspNetCore", StringComparison.Ordinal)
        select $"{project}: takes {package}.");

    [Fact]
    public void Unsafe_code_is_allowed_only_where_an_Interop_folder_is() => Findings.NoneButExempt(
        "AllowUnsafeBlocks belongs to projects that own an Interop folder; use spans.",
        "unsafe",
        from project in InSource
        where Repository.Read(project).Contains("AllowUnsafeBlocks", StringComparison.Ordinal)
            && !Repository.Exists(Path.GetDirectoryName(project) + "/Interop")
        select (project, $"{project}: sets AllowUnsafeBlocks."));

    [Fact]
    public void Every_project_stands_in_the_solution()
    {
        string solution = Repository.Read("Resolver.sln").Replace('\\', '/');
        Findings.None(
            "Add the project: dotnet sln add <path>.",
            Projects.Where(p => !solution.Contains(p, StringComparison.Ordinal)));
    }

    [Fact]
    public void Package_versions_are_central() => Findings.None(
        "Versions stand in Directory.Packages.props alone.",
        from project in Projects
        from element in XDocument.Parse(Repository.Read(project)).Descendants("PackageReference")
        where element.Attribute("Version") is not null || element.Attribute("VersionOverride") is not null
        select $"{project}: gives a version to {element.Attribute("Include")?.Value}.");

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument.Parse(Repository.Read(project)).Descendants(kind)
            .Select(e => e.Attribute("Include")?.Value.Replace('\\', '/'))
            .OfType<string>();

    private static string NameOf(string project) => Path.GetFileNameWithoutExtension(project);
}
