// How a file opens, and what comments may not be.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Resolver.Tidy;

public sealed partial class CommentTests
{
    private const int MaxOpening = 12;

    [Fact]
    public void A_file_opens_by_saying_what_it_decides() => Findings.NoneButExempt(
        "Open with one to ten lines: what the file decides, which RFC sections, what it leaves to whom.",
        "opening",
        from source in Repository.Sources
        let lines = source.Lines.TakeWhile(l => l.StartsWith("//", StringComparison.Ordinal)).Count()
        where lines is 0 or > MaxOpening
        select (source.Path, $"{source.Path}: opens with {lines} lines of comment."));

    [Fact]
    public void What_is_left_to_do_has_a_number() => Findings.None(
        "Do it, or give it the number of an issue: TODO(#123).",
        from source in Repository.Sources
        from comment in Comments(source)
        where Left().IsMatch(comment.ToString()) && !Numbered().IsMatch(comment.ToString())
        select $"{source.Path}: {comment.ToString().Trim()}");

    [Fact]
    public void There_are_no_regions() => Findings.None(
        "A region marks a type to split.",
        from source in Repository.Sources
        where source.Tree.DescendantTrivia().Any(t => t.IsKind(SyntaxKind.RegionDirectiveTrivia))
        select source.Path);

    [Fact]
    public void A_warning_is_silenced_only_with_a_reason() => Findings.NoneButExempt(
        "Write the reason behind the number, or as a comment on the line before or after.",
        "pragma",
        from source in Repository.Sources
        from line in Enumerable.Range(0, source.Lines.Length)
        where source.Lines[line].TrimStart().StartsWith("#pragma warning disable", StringComparison.Ordinal)
            && !source.Lines[Math.Max(0, line - 1)..Math.Min(source.Lines.Length, line + 2)]
                .Any(near => near.Contains("//", StringComparison.Ordinal))
        select (source.Path, $"{source.Path}:{line + 1}: {source.Lines[line].Trim()}"));

    private static IEnumerable<SyntaxTrivia> Comments(SourceFile source) => source.Tree.DescendantTrivia()
        .Where(
            t => t.IsKind(SyntaxKind.SingleLineCommentTrivia) || t.IsKind(SyntaxKind.MultiLineCommentTrivia));

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex Left();

    [GeneratedRegex(@"#\d+")]
    private static partial Regex Numbered();
}
