// What stands below a DNAME when the CNAME itself is asked for, or everything: the CNAME is made of the DNAME
// (RFC 6672 §3.1), judged by it (§5.3.1), and followed no further (RFC 1034 §4.3.2 step 3a), whether or not
// the DNAME is known already.
using System.Linq;
using Resolver.Testing;
using Resolver.Wire;
using Xunit;

namespace Resolver.Tests;

public sealed class DnameQuestionTests
{
    [Theory]
    [InlineData("CNAME", false)]
    [InlineData("CNAME", true)]
    [InlineData("ANY", false)]
    [InlineData("ANY", true)]
    public void A_CNAME_made_of_a_signed_DNAME_is_the_answer_and_secure(string type, bool isKnown)
    {
        VirtualNetwork network = new(Make());
        using Run run = Run.Primed(network);
        if (isKnown)
        {
            _ = run.Resolve("www.old.abc.com");
        }

        // The target of the second does not exist: nobody asks for it.
        foreach (string name in new[] { "www.old.abc.com", "nothing.old.abc.com", "a.b.old.abc.com" })
        {
            Resolution made = run.Resolve(name, Parse(type));
            Assert.Equal((Rcode.NoError, SecurityStatus.Secure), (made.Rcode, made.Security));
            Assert.Equal($"old.abc.com. DNAME, {name}. CNAME", Describe(made));
        }
    }

    [Theory]
    [InlineData("CNAME")]
    [InlineData("ANY")]
    [InlineData("A")]
    public void Who_takes_data_unchecked_gets_the_DNAME_and_the_target_as_asked(string type)
    {
        VirtualNetwork network = new(Make());
        using Run run = Run.Primed(network);
        QueryOptions asItCame = new() { CheckingDisabled = true, DnssecOk = true };
        Resolution made = network.Run(async () => await run.Resolver.ResolveAsync(
            DomainName.Parse("manylettersandmore.old.abc.com"), Parse(type), asItCame));
        Assert.Equal(RRType.Dname, made.Answer[0].Type);
        Assert.IsType<RrsigRecord>(made.Answer[1]);
        CnameRecord alias = Assert.IsType<CnameRecord>(made.Answer[2]);
        Assert.Equal("manylettersandmore.xyz.com.", alias.Target.ToString());

        Resolution judged = run.Resolve("manylettersandmore.old.abc.com", Parse(type));
        Assert.Equal(SecurityStatus.Secure, judged.Security);
        alias = Assert.Single(judged.Answer.OfType<CnameRecord>());
        Assert.Equal("manylettersandmore.xyz.com.", alias.Target.ToString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_DNAME_asked_for_below_another_is_looked_for_where_that_leads(bool isKnown)
    {
        VirtualNetwork network = new(Make());
        using Run run = Run.Primed(network);
        if (isKnown)
        {
            _ = run.Resolve("www.old.abc.com");
        }

        Resolution none = run.Resolve("gone.old.abc.com", RRType.Dname);
        Assert.Equal((Rcode.NXDomain, SecurityStatus.Secure), (none.Rcode, none.Security));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_CNAME_that_would_be_too_long_is_none(bool isKnown)
    {
        VirtualNetwork network = new(Make());
        using Run run = Run.Primed(network);
        if (isKnown)
        {
            _ = run.Resolve("www.long.abc.com");
        }

        string label = new('a', 60);
        Resolution none = run.Resolve($"{label}.{label}.{label}.long.abc.com", RRType.Cname);
        Assert.Equal(Rcode.YXDomain, none.Rcode);
    }

    private static SimulatedInternet Make()
    {
        string label = new('x', 63);
        return Internets.MakeCom(
            static builder => builder.Sign("tests"),
            abc: $"old DNAME xyz.com.\nlong DNAME {label}.{label}.com.\n");
    }

    private static RRType Parse(string text)
    {
        Assert.True(RRType.TryParse(text, out RRType type));
        return type;
    }

    private static string Describe(Resolution resolution) =>
        string.Join(", ", resolution.Answer.Select(static r => $"{r.Name} {r.Type}"));
}
