// What signed zones of a simulated internet are worth to a resolver that lives in it, by the way they are
// signed.
using System;
using System.Linq;
using Resolver.Dnssec;
using Resolver.Wire;
using Xunit;

namespace Resolver.Testing.Tests;

public sealed class ZoneSigningTests
{
    private const string Head = "$TTL 300\n@ SOA ns.com. admin.com. 1 3600 600 86400 60\n@ NS ns.com.\n";

    private static readonly Nsec3Settings Salted = new([0xAA, 0xBB], 5, false);

    // RFC 5155 Appendix A.
    [Theory]
    [InlineData("example", "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom")]
    [InlineData("a.example", "35mthgpgcu1qg68fab165klnsnk3dpvl")]
    [InlineData("ai.example", "gjeqe526plbf1g8mklp59enfd789njgi")]
    [InlineData("NS1.example", "2t7b4g4vsa5smi47k61mv5bv1a22bojr")]
    [InlineData("*.w.example", "r53bq7cc2uvmubfu5ocmm6pers9tk9en")]
    public void Names_are_hashed_as_in_the_RFC(string name, string hash)
    {
        Nsec3Hashing hashing = new([0xAA, 0xBB, 0xCC, 0xDD], 12);
        DomainName owner = Nsec3Hashing.OwnerOf(
            hashing.Hash(DomainName.Parse(name)), DomainName.Parse("example"));
        Assert.Equal($"{hash}.example.", owner.ToString());
    }

    [Fact]
    public void Every_algorithm_signs_what_the_resolver_checks()
    {
        DnssecAlgorithm[] algorithms =
        [
            DnssecAlgorithm.RsaSha256, DnssecAlgorithm.RsaSha512, DnssecAlgorithm.EcdsaP256,
            DnssecAlgorithm.EcdsaP384, DnssecAlgorithm.Ed25519, DnssecAlgorithm.Ed448,
        ];
        foreach (DnssecAlgorithm algorithm in algorithms)
        {
            foreach (bool hasTwoKeys in (bool[])[false, true])
            {
                ZoneSigning style = new() { Algorithm = algorithm, HasTwoKeys = hasTwoKeys };
                Assert.Equal((algorithm, "Secure"), (algorithm, StatusOf(style, "www.zone.com", "A")));
            }
        }
    }

    [Fact]
    public void Every_stage_of_a_roll_is_good()
    {
        foreach (KeyRoll roll in Enum.GetValues<KeyRoll>())
        {
            ZoneSigning style = new() { Roll = roll, HasTwoKeys = true };
            Assert.Equal((roll, "Secure"), (roll, StatusOf(style, "www.zone.com", "A")));
        }
    }

    [Fact]
    public void The_form_of_the_DS_decides()
    {
        foreach (DelegationForm form in Enum.GetValues<DelegationForm>())
        {
            string expected = form switch
            {
                DelegationForm.None or DelegationForm.UnknownAlgorithm or DelegationForm.UnknownDigest =>
                    "Insecure",
                DelegationForm.Wrong => "Bogus",
                DelegationForm.Plain or DelegationForm.Sha384 or DelegationForm.WithSha1
                    or DelegationForm.BesideUnknown or _ => "Secure",
            };
            ZoneSigning style = new() { Delegation = form };
            Assert.Equal((form, expected), (form, StatusOf(style, "www.zone.com", "A")));
        }
    }

    [Fact]
    public void Signatures_that_have_expired_make_bogus() =>
        Assert.Equal("Bogus", StatusOf(new() { Period = SignaturePeriod.Expired }, "www.zone.com", "A"));

    [Theory]
    [InlineData("nothing.zone.com", "A", "Secure", "Insecure")]
    [InlineData("a.b.nothing.zone.com", "A", "Secure", "Insecure")]
    [InlineData("www.zone.com", "MX", "Secure", "Secure")]
    [InlineData("empty.zone.com", "A", "Secure", "Secure")]
    [InlineData("below.zone.com", "A", "Secure", "Insecure")]
    [InlineData("nothing.below.zone.com", "A", "Secure", "Insecure")]
    [InlineData("x.wild.zone.com", "A", "Secure", "Insecure")]
    [InlineData("x.wild.zone.com", "MX", "Secure", "Insecure")]
    [InlineData("cut.below.zone.com", "DS", "Secure", "Insecure")]
    [InlineData("www.zone.com", "DS", "Secure", "Secure")]
    [InlineData("www.cut.below.zone.com", "A", "Insecure", "Insecure")]
    [InlineData("x.moved.zone.com", "A", "Secure", "Secure")]
    public void Denials_by_hashes_prove_what_opt_out_leaves_of_them(
        string name, string type, string hashed, string optedOut)
    {
        Assert.Equal(hashed, StatusOf(new() { Nsec3 = Salted }, name, type));
        Assert.Equal(optedOut, StatusOf(new() { Nsec3 = Salted with { IsOptOut = true } }, name, type));
        Assert.Equal(hashed, StatusOf(new(), name, type));
    }

    [Theory]
    [InlineData("nothing.zone.com", "A", "Insecure")]
    [InlineData("www.zone.com", "MX", "Insecure")]
    [InlineData("www.zone.com", "A", "Secure")]
    public void Beyond_the_limit_of_iterations_no_denial_is_secure(string name, string type, string status) =>
        Assert.Equal(status, StatusOf(new() { Nsec3 = Salted with { Iterations = 51 } }, name, type));

    [Fact]
    public void Owners_of_hashes_are_not_names_of_the_zone()
    {
        AuthoritativeZone zone = Build(new ZoneSigning { Nsec3 = Salted }).Zones[^1];
        DomainName owner = zone.Ranges.First().OwnerName;
        Assert.Equal(Rcode.NXDomain, ZoneLookup.Answer(zone, owner, RRType.Nsec3, withProofs: true).Rcode);
    }

    [Fact]
    public void Opt_out_leaves_out_unsigned_delegations_and_what_is_empty_above_them()
    {
        int all = Build(new ZoneSigning { Nsec3 = Salted }).Zones[^1].Ranges.Count();
        ZoneSigning optOut = new() { Nsec3 = Salted with { IsOptOut = true } };
        int some = Build(optOut).Zones[^1].Ranges.Count();
        Assert.Equal(2, all - some);
    }

    private static string StatusOf(ZoneSigning style, string name, string type)
    {
        VirtualNetwork network = new(Build(style));
        Resolution resolution = network.Run(async () =>
        {
            await using RecursiveResolver resolver = RecursiveResolver.Create(
                new ResolverOptions { Network = network, RootHints = network.Internet.RootHints });
            return await resolver.ResolveAsync(DomainName.Parse(name), RRType.Parse(type));
        });
        return $"{resolution.Security}";
    }

    private static SimulatedInternet Build(ZoneSigning style)
    {
        DomainName zone = DomainName.Parse("zone.com");
        return new SimulatedInternetBuilder()
            .Zone(".", Head + "com. NS ns.com.\nns.com. A 192.0.2.1\n")
            .Zone("com.", Head + "ns A 192.0.2.1\nzone NS ns\n")
            .Zone("cut.below.zone.com.", Head + "www A 192.0.2.9\n")
            .Zone("zone.com.", Head + "www A 192.0.2.2\n*.wild A 192.0.2.3\nlow.empty A 192.0.2.4\n"
                + "cut.below NS ns.com.\nmoved DNAME empty\nx.empty A 192.0.2.5\n")
            .Server("192.0.2.1", ".", "com.", "cut.below.zone.com.", "zone.com.")
            .Sign("seed", "cut.below.zone.com.")
            .SignEach(z => z == zone ? style : new ZoneSigning())
            .Build();
    }
}
