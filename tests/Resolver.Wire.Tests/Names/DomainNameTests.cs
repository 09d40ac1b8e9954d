// Names as values: equality, order, ancestry, parts. Text is tested with the presentation forms.
using System;
using System.Linq;
using Xunit;

namespace Resolver.Wire.Tests;

public sealed class DomainNameTests
{
    private static DomainName Name(string text) => DomainName.Parse(text);

    [Fact]
    public void Case_is_kept_and_ignored()
    {
        Assert.Equal(Name("wWw.Example"), Name("www.eXample."));
        Assert.True(Name("A") == Name("a"));
        Assert.True(Name("A") != Name("b"));
        Assert.Equal(Name("wWw.Example").GetHashCode(), Name("www.example").GetHashCode());
        Assert.Equal("wWw.Example.", Name("wWw.Example").ToString());
        Assert.Equal("www.example.", Name("wWw.Example").ToCanonical().ToString());
    }

    [Fact]
    public void The_default_is_the_root()
    {
        Assert.True(default(DomainName).IsRoot);
        Assert.Equal(DomainName.Root, Name("."));
        Assert.Equal(".", DomainName.Root.ToString());
        Assert.Equal(0, DomainName.Root.LabelCount);
        Assert.Equal(DomainName.Root, DomainName.Root.Parent);
        Assert.Equal(DomainName.Root, DomainName.Root.ToCanonical());
        Assert.True(DomainName.TryFromWire([0], out DomainName root, out _) && root.IsRoot);
    }

    [Fact]
    public void Parts_are_names_again()
    {
        DomainName name = Name("a.b.c.d");
        Assert.Equal(Name("b.c.d"), name.Parent);
        Assert.Equal(Name("c.d"), name.Skip(2));
        Assert.Equal(DomainName.Root, name.Skip(9));
        Assert.Equal(Name("d"), name.Suffix(1));
        Assert.Equal(name, name.Suffix(9));
        Assert.Equal(DomainName.Root, name.Suffix(0));
        Assert.True(name.IsSubdomainOf(Name("C.D")));
        Assert.False(Name("c.d").IsSubdomainOf(name));
        Assert.True(Name("*.d").IsWildcard);
        Assert.False(Name("a.*").IsWildcard);
    }

    [Fact]
    public void Order_is_canonical()
    {
        DomainName[] ordered = [DomainName.Root, Name("a"), Name("a.a"), Name("Z.a"), Name("b")];
        Assert.Equal(ordered, ordered.Reverse().Order());
        Assert.True(ordered[0] < ordered[1] && ordered[0] <= ordered[1] && ordered[1] <= Name("A"));
        Assert.True(ordered[4] > ordered[3] && ordered[4] >= ordered[3] && Name("A") >= ordered[1]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a..b")]
    [InlineData(".a")]
    public void What_is_no_name_is_refused(string text)
    {
        Assert.False(DomainName.TryParse(text, out _));
        Assert.Throws<FormatException>(() => DomainName.Parse(text));
    }
}
