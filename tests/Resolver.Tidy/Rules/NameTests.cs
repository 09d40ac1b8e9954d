// Names: none that says nothing, one namespace in each project.
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Resolver.Tidy;

public sealed partial class NameTests
{
    // These say nothing wherever they stand in a name.
    private static readonly ImmutableHashSet<string> BannedAnywhere =
    [
        "Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Misc", "Impl", "Wrapper",
        "Infrastructure",
    ];

    // These say nothing as what a thing is, the last word; as an attribute they may mean something (data
    // ranking).
    private static readonly ImmutableHashSet<string> BannedLast = ["Common", "Core", "Base", "Data", "Info"];

    [Fact]
    public void Types_have_names_that_say_what_they_decide_or_keep() => Findings.NoneButExempt(
        "Name the decision, or the thing it keeps; if no name comes, the boundary is wrong.",
        "type-name",
        from source in Repository.Sources
        from type in source.Types
        where IsBanned(type.Identifier.Text)
        select (source.Path, $"{source.At(type)}: type {type.Identifier.Text}."));

    [Fact]
    public void Folders_have_names_that_say_what_is_in_the_room() => Findings.None(
        "Name the room by what happens in it.",
        Repository.Sources.Select(s => s.Folder).Distinct().Where(f => f.Split('/').Any(IsBanned)));

    [Fact]
    public void A_project_has_one_namespace_of_its_own_name() => Findings.None(
        "Folders are rooms, not namespaces: one namespace per project, that of the project.",
        from source in Repository.Sources
        from space in source.Tree.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>()
        where space.Name.ToString() != source.Project.Split('/')[1]
        select $"{source.At(space)}: namespace {space.Name}.");

    [Fact]
    public void A_file_is_named_after_a_type_in_it() => Findings.None(
        "Name the file after its type; one that holds several small ones, after one or, in the plural, all.",
        from source in Repository.Product
        let name = source.Path[(source.Path.LastIndexOf('/') + 1)..^3].Split('.')[0]
        let types = source.NamesOfTypes.ToList()
        where types.Count > 0 && !types.Contains(name)
            && !(types.Count > 1 && name.EndsWith('s'))
        select $"{source.Path}: holds no type of that name.");

    [Fact]
    public void No_two_generations_stand_side_by_side() => Findings.None(
        "Finish the migration in the same series of commits.",
        Repository.Sources.Select(s => s.Folder).Distinct()
            .Where(f => f.Split('/').Any(part => part is "new" or "New" or "Old" or "V2" or "Legacy")));

    private static bool IsBanned(string name)
    {
        List<string> words = [.. Words().Matches(name).Select(m => m.Value)];
        return words.Any(BannedAnywhere.Contains) || (words.Count > 0 && BannedLast.Contains(words[^1]));
    }

    [GeneratedRegex("[A-Z][a-z0-9]*")]
    private static partial Regex Words();
}
