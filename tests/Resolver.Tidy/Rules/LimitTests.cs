// Every bound stands in ResolverLimits with name, default, range and reason, and a test reaches it.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Resolver.Engine;
using Xunit;

namespace Resolver.Tidy;

public sealed partial class LimitTests
{
    private static IEnumerable<Limit> All => ResolverLimits.All.Select(b => b.Limit);

    [Fact]
    public void Defaults_lie_in_their_ranges() => Findings.None(
        "Correct the default or the range.",
        All.Where(l => l.Default < l.Min || l.Default > l.Max || l.Min > l.Max)
            .Select(l => $"{l.Name}: {l.Default} is not between {l.Min} and {l.Max}."));

    [Fact]
    public void Names_are_unique_and_in_kebab_case() => Findings.None(
        "Configuration knows a limit by one name, in lower case with hyphens.",
        All.Where(l => !KebabCase().IsMatch(l.Name) || All.Count(other => other.Name == l.Name) > 1)
            .Select(l => l.Name));

    [Fact]
    public void Every_limit_gives_its_reason_in_a_sentence() => Findings.None(
        "Say unit, RFC section or CVE in one sentence that ends with a full stop.",
        All.Where(l => l.Reason.Length < 10 || !l.Reason.EndsWith('.'))
            .Select(l => $"{l.Name}: '{l.Reason}'."));

    [Fact]
    public void Every_property_has_its_row() => Assert.Equal(
        typeof(ResolverLimits).GetProperties().Where(p => p.PropertyType == typeof(int))
            .Select(p => p.Name)
            .Order(),
        All.Select(PropertyOf).Order());

    [Fact]
    public void Every_limit_reads_back_what_was_set() => Findings.None(
        "The row sets or reads its neighbour.",
        from binding in ResolverLimits.All
        from value in new[] { binding.Limit.Min, binding.Limit.Max }
        where binding.Read(binding.With(ResolverLimits.Default, value)) != value
            || ResolverLimits.All.Any(other => other != binding
                && other.Read(binding.With(ResolverLimits.Default, value)) != other.Limit.Default)
        select binding.Limit.Name);

    [Fact]
    public void Beyond_its_range_no_limit_can_be_set()
    {
        foreach (LimitBinding binding in ResolverLimits.All)
        {
            Assert.Throws<ArgumentOutOfRangeException>(
                () => binding.With(ResolverLimits.Default, binding.Limit.Max + 1));
            Assert.Throws<ArgumentOutOfRangeException>(
                () => binding.With(ResolverLimits.Default, binding.Limit.Min - 1));
        }
    }

    [Fact]
    public void Every_limit_is_read_by_the_code_it_bounds() => Findings.NoneButExempt(
        "A limit that nobody reads bounds nothing.",
        "limit-unread",
        from limit in All
        where !Mentions(Repository.Product.Where(s => !IsTable(s)), limit)
        select (limit.Name, $"{limit.Name}: {PropertyOf(limit)} is read nowhere in src."));

    [Fact]
    public void Every_limit_is_named_by_a_test() => Findings.NoneButExempt(
        "Write a test that reaches the limit: at it nothing, one more and it holds.",
        "limit-untested",
        from limit in All
        where !Mentions(
            Repository.Sources.Where(s => s.Path.StartsWith("tests/", StringComparison.Ordinal)), limit)
        select (limit.Name, $"{limit.Name}: {PropertyOf(limit)} is named in no test."));

    [Fact]
    public void Every_bound_that_is_no_limit_says_why() => Findings.None(
        "Make it a limit, or say above it what it is, and why nobody will want to set it.",
        from source in Repository.Product
        where !IsTable(source)
        from at in Enumerable.Range(0, source.Lines.Length)
        where Bound().IsMatch(source.Lines[at]) && !IsExplained(source, at)
        select $"{source.Path}:{at + 1}: {source.Lines[at].Trim()}");

    // Constants that stand together share the comment above them.
    private static bool IsExplained(SourceFile source, int at)
    {
        while (at > 0 && source.Lines[at].Contains(" const ", StringComparison.Ordinal))
        {
            at--;
        }

        return source.Lines[at].TrimStart().StartsWith("//", StringComparison.Ordinal);
    }

    private static bool Mentions(IEnumerable<SourceFile> sources, Limit limit)
    {
        string property = PropertyOf(limit);
        return sources.Any(s => s.Lines.Any(line => line.Contains(property, StringComparison.Ordinal)));
    }

    private static bool IsTable(SourceFile source) =>
        source.Path.EndsWith("LimitTable.cs", StringComparison.Ordinal)
        || source.Path.Contains("/ResolverLimits.", StringComparison.Ordinal);

    private static string PropertyOf(Limit limit)
    {
        LimitBinding binding = ResolverLimits.All.Single(b => b.Limit == limit);
        int other = limit.Default == limit.Max ? limit.Min : limit.Max;
        ResolverLimits changed = binding.With(ResolverLimits.Default, other);
        return typeof(ResolverLimits).GetProperties()
            .Where(p => p.PropertyType == typeof(int))
            .First(p => !Equals(p.GetValue(changed), p.GetValue(ResolverLimits.Default)))
            .Name;
    }

    [GeneratedRegex("const (byte|ushort|int|uint|long) (Max|Most)[A-Za-z0-9]* =")]
    private static partial Regex Bound();

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex KebabCase();
}
