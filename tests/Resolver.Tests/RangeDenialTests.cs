// Denials made of proven ranges (RFC 8198): how many queries they save, and where a range must not speak.
// Row numbers are those of the threats that each test stands for.
using System.IO;
using System.Text.RegularExpressions;
using Resolver.Testing;
using Resolver.Wire;
using Xunit;

namespace Resolver.Tests;

public sealed class RangeDenialTests
{
    [Fact]
    public void A_name_in_a_proven_range_costs_no_query()
    {
        VirtualNetwork network = new(MakeSigned());
        using Run run = Run.Primed(network);
        Resolution walked = run.Resolve("nothing.abc.com");
        network.Internet.ResetQueryCounts();
        Resolution made = run.Resolve("nothing2.abc.com");
        Assert.Equal(0, network.Internet.QueryCount);
        Assert.Equal((Rcode.NXDomain, SecurityStatus.Secure), (made.Rcode, made.Security));
        Assert.Equal(ExtendedErrorCode.Synthesized, made.ExtendedError!.Code);
        Assert.Null(walked.ExtendedError);
    }

    [Fact]
    public void Ten_thousand_names_in_proven_ranges_cost_no_query()
    {
        VirtualNetwork network = new(MakeSigned());
        using Run run = Run.Primed(network);
        _ = run.Resolve("nothing.abc.com");
        network.Internet.ResetQueryCounts();
        for (int i = 0; i < 10_000; i++)
        {
            Assert.Equal(Rcode.NXDomain, run.Resolve($"nothing{i}.abc.com").Rcode);
        }

        Assert.Equal(0, network.Internet.QueryCount);
    }

    [Fact]
    public void A_type_denied_once_denies_the_others_that_its_name_has_not()
    {
        VirtualNetwork network = new(MakeSigned());
        using Run run = Run.Primed(network);
        _ = run.Resolve("www.abc.com", RRType.Txt);
        network.Internet.ResetQueryCounts();
        Resolution made = run.Resolve("www.abc.com", RRType.MX);
        Assert.Equal((Rcode.NoError, SecurityStatus.Secure), (made.Rcode, made.Security));
        Assert.Equal(0, network.Internet.QueryCount);
        Assert.Single(run.Resolve("www.abc.com").Answer);
    }

    [Theory]
    [InlineData("abc.com", "nothing.abc.com", "nothing.abc.com")]
    [InlineData("abc.com", "nothing.abc.com", "below.nothing.abc.com")]
    [InlineData("example", "nothing.example", "nothing.example")]
    [InlineData("example", "nothing.example", "below.nothing.example")]
    public void What_is_flushed_is_asked_for_again_whatever_denied_it(string zone, string denied, string name)
    {
        string? anchor = null;
        VirtualNetwork network = zone == "example" ? MakeHashed("p256-nsec3", out anchor) : new(MakeSigned());
        using Run run = Run.Primed(
            network, anchor is null ? new() : new ResolverOptions { TrustAnchors = [anchor] });
        _ = run.Resolve(denied);
        network.Internet.ResetQueryCounts();
        Assert.Equal(Rcode.NXDomain, run.Resolve(name).Rcode);
        Assert.Equal(0, network.Internet.QueryCount);
        run.Resolver.Flush(DomainName.Parse(name));
        Assert.Equal(Rcode.NXDomain, run.Resolve(name).Rcode);
        Assert.NotEqual(0, network.Internet.QueryCount);
    }

    [Fact]
    public void Switched_off_each_name_is_asked_for()
    {
        VirtualNetwork network = new(MakeSigned());
        using Run run = Run.Primed(network, new ResolverOptions { AggressiveNsec = false });
        _ = run.Resolve("nothing.abc.com");
        network.Internet.ResetQueryCounts();
        Resolution walked = run.Resolve("nothing2.abc.com");
        Assert.Equal((Rcode.NXDomain, 1), (walked.Rcode, network.Internet.QueryCount));
    }

    [Fact]
    public void Row_23_names_that_exist_still_resolve_beside_a_proven_range()
    {
        VirtualNetwork network = new(MakeSigned());
        using Run run = Run.Primed(network);
        foreach (string absent in new[] { "a", "nothing", "wx", "zzz" })
        {
            _ = run.Resolve(absent + ".abc.com");
        }

        Assert.Equal(SecurityStatus.Secure, run.Resolve("www.abc.com").Security);
        Assert.Equal(Rcode.NoError, run.Resolve("alias.abc.com").Rcode);
        Assert.Equal(Rcode.NoError, run.Resolve("any.wild.abc.com").Rcode);
        Assert.Equal(Rcode.NoError, run.Resolve("www.below.abc.com").Rcode);
    }

    [Fact]
    public void Row_24_what_was_not_validated_denies_nothing()
    {
        VirtualNetwork network = new(MakeSigned());
        using Run run = Run.Primed(network);
        _ = network.Run(async () => await run.Resolver.ResolveAsync(
            DomainName.Parse("nothing.abc.com"), RRType.A, new QueryOptions { CheckingDisabled = true }));
        network.Internet.ResetQueryCounts();
        _ = run.Resolve("nothing2.abc.com");
        Assert.NotEqual(0, network.Internet.QueryCount);
    }

    [Fact]
    public void An_unsigned_zone_has_no_ranges()
    {
        VirtualNetwork network = new(MakeSigned());
        using Run run = Run.Primed(network);
        _ = run.Resolve("nothing.plain.com");
        network.Internet.ResetQueryCounts();
        Assert.Equal(Rcode.NXDomain, run.Resolve("nothing2.plain.com").Rcode);
        Assert.Equal(1, network.Internet.QueryCount);
    }

    [Theory]
    [InlineData("p256-nsec3", true)]
    [InlineData("p256-optout", false)]
    public void By_NSEC3_a_name_in_a_proven_range_costs_no_query_unless_it_may_be_opted_out(
        string zone, bool isDenied)
    {
        VirtualNetwork network = MakeHashed(zone, out string anchor);
        using Run run = Run.Primed(network, new ResolverOptions { TrustAnchors = [anchor] });
        for (int i = 0; i < 1000; i++)
        {
            Assert.Equal(Rcode.NXDomain, run.Resolve($"nothing{i}.example").Rcode);
        }

        Assert.Equal(SecurityStatus.Secure, run.Resolve("ai.example").Security);
        network.Internet.ResetQueryCounts();
        for (int i = 1000; i < 1020; i++)
        {
            Resolution made = run.Resolve($"nothing{i}.example");
            Assert.Equal(isDenied, made.Security == SecurityStatus.Secure);
            Assert.Equal(Rcode.NXDomain, made.Rcode);
        }

        Assert.Equal(isDenied ? 0 : 20, network.Internet.QueryCount);
        Assert.Single(run.Resolve("ns1.example").Answer);
    }

    [Fact]
    public void Row_21_a_name_of_120_labels_is_denied_like_others_and_leaves_them_as_they_are()
    {
        VirtualNetwork network = MakeHashed("p256-nsec3", out string anchor);
        using Run run = Run.Primed(network, new ResolverOptions { TrustAnchors = [anchor] });
        _ = run.Resolve("nothing.example");
        Resolution deep = run.Resolve(string.Concat(System.Linq.Enumerable.Repeat("e.", 120)) + "example");
        Assert.Equal((Rcode.NXDomain, SecurityStatus.Secure), (deep.Rcode, deep.Security));
        Assert.Equal(SecurityStatus.Secure, run.Resolve("ai.example").Security);
    }

    private static VirtualNetwork MakeHashed(string zone, out string anchor)
    {
        string file = Path.Combine(System.AppContext.BaseDirectory, "Zones", zone + ".zone");
        string text = File.ReadAllText(file);
        Match key = Regex.Match(text, @"DNSKEY 257 (\d+) (\d+) ([A-Za-z0-9+/= ]+)");
        anchor = $"example. DNSKEY 257 {key.Groups[1].Value} {key.Groups[2].Value} {key.Groups[3].Value}";
        SimulatedInternetBuilder builder = new();
        Internets.Zone(
            builder,
            Internets.Root,
            ".",
            "@ NS a.root-servers.net.\na.root-servers.net. A 198.41.0.4\n"
                + "example. NS ns1.example.\nns1.example. A 192.0.2.1\n");
        builder.Zone("example.", text).Server("192.0.2.1", "example.");
        return new VirtualNetwork(builder.Build());
    }

    private static SimulatedInternet MakeSigned() => Internets.MakeCom(
        builder =>
        {
            Internets.Zone(
                builder, "192.0.2.9", "plain.com.", "@ NS ns\nns A 192.0.2.9\nwww A 192.0.2.109\n");
            builder.Sign("tests", "plain.com.", "below.abc.com.");
        },
        com: "plain NS ns.plain\nns.plain A 192.0.2.9\n",
        abc: "*.wild A 192.0.2.7\nbelow NS ns.below\nns.below A 192.0.2.2\n",
        below: "@ NS ns\nns A 192.0.2.2\nwww A 192.0.2.8\n");
}
