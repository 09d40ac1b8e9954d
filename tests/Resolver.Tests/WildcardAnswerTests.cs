// Wildcard answers made of what was proven for other names (RFC 8198 §5.3), and all that a wildcard must not
// be made to stand for.
using System;
using System.Buffers;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Resolver.Engine;
using Resolver.Testing;
using Resolver.Wire;
using Xunit;

namespace Resolver.Tests;

public sealed class WildcardAnswerTests
{
    private static readonly QueryOptions WithProofs = new() { DnssecOk = true };

    [Fact]
    public void A_name_of_a_known_wildcard_costs_no_query()
    {
        VirtualNetwork network = new(MakeSigned());
        using Run run = Run.Primed(network);
        Resolution walked = run.Resolve("a.wild.abc.com");
        network.Internet.ResetQueryCounts();
        Resolution made = run.Resolve("b.wild.abc.com");
        Assert.Equal(0, network.Internet.QueryCount);
        Assert.Equal((Rcode.NoError, SecurityStatus.Secure), (made.Rcode, made.Security));
        ARecord address = Assert.IsType<ARecord>(Assert.Single(made.Answer));
        Assert.Equal(("b.wild.abc.com.", "192.0.2.7"), (address.Name.ToString(), address.Address.ToString()));
        Assert.Equal(ExtendedErrorCode.Synthesized, made.ExtendedError!.Code);
        Assert.Null(walked.ExtendedError);
        Assert.Single(run.Resolve("deeper.still.b.wild.abc.com").Answer);
        Assert.Equal(0, network.Internet.QueryCount);
    }

    [Fact]
    public void The_proof_goes_with_the_answer_for_those_who_can_check_it()
    {
        VirtualNetwork network = new(MakeSigned());
        using Run run = Run.Primed(network);
        foreach (string name in new[] { "a.wild.abc.com", "b.wild.abc.com" })
        {
            Resolution made = network.Run(async () => await run.Resolver.ResolveAsync(
                DomainName.Parse(name), RRType.A, WithProofs));
            RrsigRecord signature = Assert.Single(made.Answer.OfType<RrsigRecord>());
            Assert.Equal(3, signature.Labels);
            Assert.Equal(
                "*.wild.abc.com.", Assert.Single(made.Authority, r => r.Type == RRType.Nsec).Name.ToString());
            Assert.Single(made.Authority.OfType<RrsigRecord>());
        }

        Assert.Equal(
            SecurityStatus.Secure, run.Resolve("b.wild.abc.com").Security);
    }

    [Fact]
    public void It_is_kept_whole_and_a_made_denial_is_not()
    {
        VirtualNetwork network = new(MakeSigned());
        using Run run = Run.Primed(network);
        _ = run.Resolve("a.wild.abc.com");
        _ = run.Resolve("nothing.abc.com");
        AnswerCache answers = run.Resolver.Works.Caches.Answers;
        foreach ((string name, int kept) in new[] { ("b.wild.abc.com", 1), ("nothing2.abc.com", 0) })
        {
            long before = answers.Count;
            Ask(network, run, name);
            Ask(network, run, name);
            Assert.Equal(before + kept, answers.Count);
        }
    }

    [Fact]
    public void A_wildcard_alias_leads_on()
    {
        VirtualNetwork network = new(MakeSigned());
        using Run run = Run.Primed(network);
        _ = run.Resolve("a.away.abc.com");
        network.Internet.ResetQueryCounts();
        Resolution made = run.Resolve("b.away.abc.com");
        Assert.Equal(0, network.Internet.QueryCount);
        Assert.Equal(["b.away.abc.com.", "www.abc.com."], made.Answer.Select(r => r.Name.ToString()));
        Assert.Equal(SecurityStatus.Secure, made.Security);
        Assert.Equal(RRType.Cname, Assert.Single(run.Resolve("c.away.abc.com", RRType.Cname).Answer).Type);
        Assert.Equal(0, network.Internet.QueryCount);
    }

    [Fact]
    public void A_name_that_exists_or_has_names_below_it_is_not_the_wildcards()
    {
        VirtualNetwork network = new(MakeSigned());
        using Run run = Run.Primed(network);
        foreach (string name in new[] { "a", "e", "g", "zz" })
        {
            Assert.Single(run.Resolve(name + ".wild.abc.com").Answer);
        }

        // f.wild has names below it alone, own.wild another type, x.f.wild no wildcard above it.
        Resolution empty = run.Resolve("f.wild.abc.com");
        Assert.Equal(
            (Rcode.NoError, 0, SecurityStatus.Secure), (empty.Rcode, empty.Answer.Count, empty.Security));
        Assert.Empty(run.Resolve("own.wild.abc.com").Answer);
        Assert.Equal(Rcode.NXDomain, run.Resolve("x.f.wild.abc.com").Rcode);
        Assert.Equal(Rcode.NXDomain, run.Resolve("x.own.wild.abc.com").Rcode);
        Assert.Single(run.Resolve("m.f.wild.abc.com").Answer);
    }

    [Fact]
    public void Below_a_delegation_the_parents_wildcard_is_nobodys()
    {
        VirtualNetwork network = new(MakeSigned());
        using Run run = Run.Primed(network);
        foreach (string name in new[] { "a", "b", "belo", "below1", "y" })
        {
            Assert.Single(run.Resolve(name + ".all.abc.com").Answer);
        }

        Resolution child = run.Resolve("nothing.below.all.abc.com");
        Assert.Equal((Rcode.NXDomain, SecurityStatus.Insecure), (child.Rcode, child.Security));
        Assert.Equal(
            "192.0.2.8",
            ((ARecord)Assert.Single(run.Resolve("www.below.all.abc.com").Answer)).Address.ToString());
    }

    [Fact]
    public void What_a_wildcard_has_not_is_not_made_of_it()
    {
        VirtualNetwork network = new(MakeSigned());
        using Run run = Run.Primed(network);
        _ = run.Resolve("a.wild.abc.com");
        foreach (RRType type in new[] { RRType.Aaaa, RRType.NS, RRType.DS, RRType.Soa, RRType.Dname })
        {
            Resolution none = run.Resolve("b.wild.abc.com", type);
            Assert.Equal((Rcode.NoError, 0), (none.Rcode, none.Answer.Count));
        }
    }

    [Fact]
    public void It_lives_no_longer_than_the_shortest_of_its_parts()
    {
        VirtualNetwork network = new(MakeSigned());
        using Run run = Run.Primed(network);
        _ = run.Resolve("a.wild.abc.com");
        network.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(40u, Assert.Single(run.Resolve("b.wild.abc.com").Answer).Ttl);
        network.Advance(TimeSpan.FromSeconds(40));
        network.Internet.ResetQueryCounts();
        Assert.Equal(3600u, Assert.Single(run.Resolve("b.wild.abc.com").Answer).Ttl);
        Assert.NotEqual(0, network.Internet.QueryCount);
    }

    [Fact]
    public void Who_takes_data_unchecked_gets_the_servers_word_and_leaves_nothing_to_make_answers_of()
    {
        VirtualNetwork network = new(MakeSigned());
        using Run run = Run.Primed(network);
        QueryOptions asItCame = new() { CheckingDisabled = true };
        _ = network.Run(async () => await run.Resolver.ResolveAsync(
            DomainName.Parse("a.wild.abc.com"), RRType.A, asItCame));
        network.Internet.ResetQueryCounts();
        Assert.Null(run.Resolve("b.wild.abc.com").ExtendedError);
        Assert.NotEqual(0, network.Internet.QueryCount);
        network.Internet.ResetQueryCounts();
        Resolution unchecked_ = network.Run(async () => await run.Resolver.ResolveAsync(
            DomainName.Parse("c.wild.abc.com"), RRType.A, asItCame));
        Assert.Single(unchecked_.Answer);
        Assert.NotEqual(0, network.Internet.QueryCount);
    }

    [Fact]
    public void Switched_off_or_flushed_each_name_is_asked_for()
    {
        VirtualNetwork network = new(MakeSigned());
        using (Run off = Run.Primed(network, new ResolverOptions { AggressiveNsec = false }))
        {
            _ = off.Resolve("a.wild.abc.com");
            network.Internet.ResetQueryCounts();
            _ = off.Resolve("b.wild.abc.com");
            Assert.NotEqual(0, network.Internet.QueryCount);
        }

        using Run run = Run.Primed(network);
        _ = run.Resolve("a.wild.abc.com");
        run.Resolver.Flush(DomainName.Parse("wild.abc.com"));
        network.Internet.ResetQueryCounts();
        Assert.Null(run.Resolve("b.wild.abc.com").ExtendedError);
        Assert.NotEqual(0, network.Internet.QueryCount);
    }

    [Theory]
    [InlineData("p256-nsec3", true)]
    [InlineData("p256-optout", false)]
    public void By_NSEC3_it_is_made_unless_the_name_may_be_opted_out(string zone, bool isMade)
    {
        VirtualNetwork network = MakeHashed(zone, out string anchor);
        using Run run = Run.Primed(network, new ResolverOptions { TrustAnchors = [anchor] });
        for (int i = 0; i < 300; i++)
        {
            Assert.Single(run.Resolve($"n{i}.w.example", RRType.MX).Answer);
        }

        for (int i = 300; i < 320; i++)
        {
            network.Internet.ResetQueryCounts();
            Resolution made = run.Resolve($"n{i}.w.example", RRType.MX);
            Assert.Single(made.Answer);
            Assert.Equal(
                (isMade, isMade), (made.Security == SecurityStatus.Secure, network.Internet.QueryCount == 0));
        }

        // y.w exists for x.y.w alone.
        Assert.Empty(run.Resolve("y.w.example", RRType.MX).Answer);
        Assert.Equal(Rcode.NXDomain, run.Resolve("z.y.w.example", RRType.MX).Rcode);
        Assert.Equal(Rcode.NXDomain, run.Resolve("a.x.w.example", RRType.MX).Rcode);
    }

    private static void Ask(VirtualNetwork network, Run run, string name)
    {
        byte[] query =
            [0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. DomainName.Parse(name).Wire, 0, 1, 0, 1];
        network.Run(async () => await run.Resolver.AnswerAsync(query, new ArrayBufferWriter<byte>()));
    }

    private static VirtualNetwork MakeHashed(string zone, out string anchor)
    {
        string text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Zones", zone + ".zone"));
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
                builder, "192.0.2.9", "below.all.abc.com.", "@ NS ns\nns A 192.0.2.9\nwww A 192.0.2.8\n");
            builder.Sign("tests", "below.all.abc.com.");
        },
        abc: "*.wild A 192.0.2.7\nm.f.wild A 192.0.2.6\nown.wild TXT \"own\"\n"
            + "*.away CNAME www.abc.com.\n"
            + "*.all A 192.0.2.5\nbelow.all NS ns.below.all\nns.below.all A 192.0.2.9\n");
}
