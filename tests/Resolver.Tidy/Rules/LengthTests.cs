// How much is read at once: files, methods, lines.
using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Resolver.Tidy;

public sealed class LengthTests
{
    private const int MaxLinesOfFile = 300;
    private const int HardLinesOfFile = 500;
    private const int MaxLinesOfMethod = 60;
    private const int MaxColumns = 110;
    private const int MaxDepth = 3;

    [Fact]
    public void A_file_has_at_most_300_lines() => Findings.NoneAbove(
        "Split the file by decisions: each gets its own type.",
        "file-length",
        MaxLinesOfFile,
        Repository.Sources.Select(s => (s.Path, s.Lines.Length)));

    [Fact]
    public void No_file_has_more_than_500_lines() => Findings.NoneButExempt(
        "500 lines are the end for code; tables of data alone may be longer.",
        "data-only",
        Repository.Sources.Where(s => s.Lines.Length > HardLinesOfFile)
            .Select(s => (s.Path, $"{s.Path}: {s.Lines.Length} lines.")));

    [Fact]
    public void A_method_has_at_most_60_lines() => Findings.NoneAbove(
        "Split the method by steps.",
        "method-length",
        MaxLinesOfMethod,
        from source in Repository.Sources
        from method in Methods(source)
        select ($"{source.Path}#{NameOf(method)}", SourceFile.HeightOf(method)));

    [Fact]
    public void A_line_has_at_most_110_columns() => Findings.NoneAbove(
        "Break the lines; the number counts them. git grep -nE '^.{111,}$' -- '*.cs' tells where they are.",
        "line-length",
        0,
        Repository.Sources.GroupBy(s => s.Project)
            .Select(p => (p.Key, p.Sum(s => s.Lines.Count(line => line.Length > MaxColumns)))));

    [Fact]
    public void Blocks_nest_at_most_three_deep() => Findings.NoneAbove(
        "Return early, or give the inner part a name.",
        "nesting",
        MaxDepth,
        from source in Repository.Sources
        from method in Methods(source)
        select ($"{source.Path}#{NameOf(method)}", DepthOf(method)));

    private static IEnumerable<SyntaxNode> Methods(SourceFile source) =>
        source.Tree.DescendantNodes().Where(n =>
        n is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax);

    private static string NameOf(SyntaxNode method) => method switch
    {
        MethodDeclarationSyntax m => m.Identifier.Text,
        ConstructorDeclarationSyntax c => c.Identifier.Text,
        LocalFunctionStatementSyntax f => f.Identifier.Text,
        _ => method.FirstAncestorOrSelf<PropertyDeclarationSyntax>()?.Identifier.Text
            ?? method.Kind().ToString(),
    };

    private static int DepthOf(SyntaxNode method) => method.DescendantNodes()
        .Where(Nests)
        .Select(n => n.AncestorsAndSelf().TakeWhile(a => a != method).Count(Nests))
        .DefaultIfEmpty(0)
        .Max();

    // An else-if continues its if and nests no deeper.
    private static bool Nests(SyntaxNode node) =>
        (node is IfStatementSyntax && node.Parent is not ElseClauseSyntax)
        || node is ForStatementSyntax or ForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax
        || node is SwitchStatementSyntax;
}
