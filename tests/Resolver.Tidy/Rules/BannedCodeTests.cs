// What is not called or kept anywhere in src, where the compiler's list of banned symbols cannot say it.
using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Resolver.Tidy;

public sealed class BannedCodeTests
{
    [Fact]
    public void Nothing_static_holds_state()
    {
        IEnumerable<string> fields =
            from source in Repository.Product
            from field in source.Tree.DescendantNodes().OfType<FieldDeclarationSyntax>()
            where Has(field.Modifiers, SyntaxKind.StaticKeyword)
                && !Has(field.Modifiers, SyntaxKind.ReadOnlyKeyword)
            select $"{source.At(field)}: {field.Declaration.Variables}.";
        IEnumerable<string> properties =
            from source in Repository.Product
            from property in source.Tree.DescendantNodes().OfType<PropertyDeclarationSyntax>()
            where Has(property.Modifiers, SyntaxKind.StaticKeyword)
                && property.AccessorList is { } list
                && list.Accessors.Any(a => a.IsKind(SyntaxKind.SetAccessorDeclaration))
            select $"{source.At(property)}: {property.Identifier}.";
        Findings.None(
            "Two resolvers live in one process: make it a field of an instance.", fields.Concat(properties));
    }

    [Fact]
    public void Nobody_waits_by_blocking() => Findings.NoneButExempt(
        "Await it: a loop that blocks stops everything. At the program's outermost edge list it.",
        "blocking",
        from source in Repository.Product
        from access in source.Tree.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
        where IsBlocking(access)
        select (source.Path, $"{source.At(access)}: {access}."));

    [Fact]
    public void A_task_has_an_owner() => Findings.NoneButExempt(
        "Long work leaves the loop through ILoop.OffloadAsync; anything else is awaited by who began it.",
        "task-run",
        from source in Repository.Product
        from access in source.Tree.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
        where access.ToString() is "Task.Run" or "Task.Factory.StartNew"
        select (source.Path, $"{source.At(access)}: {access}."));

    [Fact]
    public void Methods_that_return_nothing_are_not_async() => Findings.None(
        "async void cannot be awaited and ends the process with its exception: return a task.",
        from source in Repository.Product
        from method in source.Tree.DescendantNodes().OfType<MethodDeclarationSyntax>()
        where Has(method.Modifiers, SyntaxKind.AsyncKeyword) && method.ReturnType.ToString() == "void"
        select $"{source.At(method)}: {method.Identifier}.");

    [Fact]
    public void The_memory_cache_is_named_in_one_file_and_has_our_clock()
    {
        SourceFile[] named = [.. Repository.Product.Where(s => s.Tree.DescendantTokens()
            .Any(t => t.IsKind(SyntaxKind.IdentifierToken) && t.Text is "MemoryCache" or "IMemoryCache"))];
        Findings.None(
            "MemoryCache is the wall behind our own eviction: one file names it.",
            named.Skip(1).Select(s => $"{s.Path}: names it, as {named[0].Path} does."));
        Findings.None(
            "MemoryCache reads the wall clock unless MemoryCacheOptions.Clock is set.",
            named.Where(s => !SetsClock(s)).Select(s => s.Path));
    }

    [Fact]
    public void Nothing_is_caught_and_forgotten() => Findings.NoneButExempt(
        "Catch what is expected. At a task's root, where all is caught, pass it on to who reports it.",
        "catch-all",
        from source in Repository.Product
        from clause in source.Tree.DescendantNodes().OfType<CatchClauseSyntax>()
        where clause.Filter is null
            && (clause.Declaration is null || clause.Declaration.Type.ToString() == "Exception")
            && !clause.Block.DescendantNodes().OfType<IdentifierNameSyntax>()
                .Any(n => n.Identifier.Text == clause.Declaration?.Identifier.Text)
            && !clause.Block.DescendantNodes().OfType<ThrowStatementSyntax>().Any()
        select (source.Path, $"{source.At(clause)}: {clause.Declaration}."));

    private static bool IsBlocking(MemberAccessExpressionSyntax access) =>
        access.ToString().EndsWith("GetAwaiter().GetResult", StringComparison.Ordinal)
        || access.Name.Identifier.Text == "Result" && access.Parent is not AssignmentExpressionSyntax
        || (access.Name.Identifier.Text == "Wait"
            && access.Parent is InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 });

    private static bool SetsClock(SourceFile source) => source.Tree.DescendantNodes()
        .OfType<AssignmentExpressionSyntax>()
        .Any(a => a.Left.ToString() is "Clock"
            || a.Left.ToString().EndsWith(".Clock", StringComparison.Ordinal));

    private static bool Has(SyntaxTokenList modifiers, SyntaxKind kind) => modifiers.Any(m => m.IsKind(kind));
}
