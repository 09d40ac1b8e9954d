// One C# file: its text, its lines and its syntax tree.
using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Resolver.Tidy;

internal sealed class SourceFile
{
    private SourceFile(string path, string text)
    {
        Path = path;
        Lines = [.. text.TrimEnd('\n').Split('\n')];
        Tree = CSharpSyntaxTree.ParseText(
            text, new CSharpParseOptions(LanguageVersion.Preview)).GetCompilationUnitRoot();
    }

    /// <summary>From the root, with forward slashes.</summary>
    public string Path { get; }

    /// <summary>The folder, likewise.</summary>
    public string Folder => Path[..Path.LastIndexOf('/')];

    /// <summary>The first two parts: src/Resolver.Wire.</summary>
    public string Project => string.Join('/', Path.Split('/').Take(2));

    public ImmutableArray<string> Lines { get; }

    public CompilationUnitSyntax Tree { get; }

    /// <summary>All types, nested ones too.</summary>
    public IEnumerable<BaseTypeDeclarationSyntax> Types =>
        Tree.DescendantNodes().OfType<BaseTypeDeclarationSyntax>();

    /// <summary>Names of all types, delegates too.</summary>
    public IEnumerable<string> NamesOfTypes => Types.Select(t => t.Identifier.Text)
        .Concat(Tree.DescendantNodes().OfType<DelegateDeclarationSyntax>().Select(d => d.Identifier.Text));

    public static SourceFile Load(string path) =>
        new(path, Repository.Read(path).Replace("\r", "", StringComparison.Ordinal));

    /// <summary>Path and line of a node, as editors jump to it.</summary>
    public string At(SyntaxNode node) => $"{Path}:{LineOf(node)}";

    /// <summary>The line on which a node begins, counted from 1.</summary>
    public static int LineOf(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    /// <summary>Lines that a node takes, its comments and attributes apart.</summary>
    public static int HeightOf(SyntaxNode node)
    {
        FileLinePositionSpan span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }
}
