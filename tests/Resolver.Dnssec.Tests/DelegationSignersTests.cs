// Which DS records count, and how a DNSKEY RRset proves itself by them: RFC 4035 §5.2, RFC 4509 §3, RFC 6840.
using System;
using Resolver.Wire;
using Xunit;

namespace Resolver.Dnssec.Tests;

public sealed class DelegationSignersTests
{
    private static readonly DnssecPolicy Policy = new();
    private static readonly FrameworkImporter Importer = new();

    private readonly SignedZone _zone = SignedZone.Load("p256");

    [Theory]
    [InlineData("13 2", DelegationUse.Usable)]
    [InlineData("13 1", DelegationUse.Usable)]
    [InlineData("200 2", DelegationUse.UnsupportedAlgorithm)]
    [InlineData("1 2", DelegationUse.UnsupportedAlgorithm)]
    [InlineData("13 3", DelegationUse.UnsupportedDigest)]
    [InlineData("13 3,200 2", DelegationUse.UnsupportedDigest)]
    [InlineData("200 2,13 2", DelegationUse.Usable)]
    [InlineData("200 2,3 1", DelegationUse.UnsupportedAlgorithm)]
    public void A_child_is_insecure_only_when_no_DS_can_be_used(string records, object expected) =>
        Assert.Equal(expected, (object)DelegationSigners.Judge(Set(records), Policy));

    [Fact]
    public void By_policy_RSASHA1_is_no_support()
    {
        DnssecPolicy strict = Policy with { AcceptRsaSha1 = false };
        Assert.Equal(DelegationUse.UnsupportedAlgorithm, DelegationSigners.Judge(Set("5 2,7 2"), strict));
        Assert.Equal(DelegationUse.Usable, DelegationSigners.Judge(Set("5 2"), Policy));
        Assert.Equal(DelegationUse.Usable, DelegationSigners.Judge(Set("5 2,8 2"), strict));
    }

    [Fact]
    public void A_SHA1_digest_does_not_count_beside_a_better_one()
    {
        RRset mixed = Set("13 1,13 4");
        Assert.False(DelegationSigners.Counts(mixed, mixed.ListRecords()[0], Policy));
        Assert.True(DelegationSigners.Counts(mixed, mixed.ListRecords()[1], Policy));
        RRset alone = Set("13 1,13 3");
        Assert.True(DelegationSigners.Counts(alone, alone.ListRecords()[0], Policy));
        Assert.False(DelegationSigners.Counts(alone, alone.ListRecords()[1], Policy));
    }

    [Fact]
    public void The_DS_made_of_a_key_names_it()
    {
        byte[] key = _zone.EntryKey();
        byte[] ds = DelegationSigner.FromKey(_zone.Origin.Wire, key);
        Assert.Equal(DelegationSignerMatch.Match, DelegationSigner.Compare(ds, _zone.Origin.Wire, key));
    }

    [Fact]
    public void A_downgrade_to_an_unknown_algorithm_is_no_proof()
    {
        // DS {13, 200} and signatures by 200 alone.
        RRset ds = Edit.NewSet(
            _zone.Origin, RRType.DS, _zone.FirstKeyDS().First.ToArray(), [0, 9, 200, 2, .. new byte[32]]);
        RRset keys = _zone.Dnskeys.WithSignature(static s => s[2] = 200);
        Assert.Equal(DelegationUse.Usable, DelegationSigners.Judge(ds, Policy));
        Assert.Equal(SignatureVerdict.UnsupportedAlgorithm, Authenticate(ds, keys));
    }

    [Fact]
    public void A_set_whose_key_no_DS_names_is_refused() =>
        Assert.Equal(SignatureVerdict.KeyMissing, Authenticate(Set("13 2"), _zone.Dnskeys));

    [Fact]
    public void A_DS_of_another_owner_is_refused() =>
        Assert.Equal(
            SignatureVerdict.SignerMismatch,
            Authenticate(_zone.FirstKeyDS().WithOwner("com."), _zone.Dnskeys));

    [Fact]
    public void A_set_that_only_another_of_its_keys_signed_is_refused()
    {
        // The DS names the zone-signing key, which did not sign the keys.
        byte[] other = _zone.Dnskeys.ListRecords().Find(static k => (k[1] & 1) == 0)!;
        RRset ds = Edit.NewSet(_zone.Origin, RRType.DS, DelegationSigner.FromKey(_zone.Origin.Wire, other));
        Assert.Equal(SignatureVerdict.KeyMissing, Authenticate(ds, _zone.Dnskeys));
    }

    [Theory]
    [InlineData(0, 1, 3, SignatureVerdict.NotZoneKey)]
    [InlineData(1, 0x81, 3, SignatureVerdict.KeyRevoked)]
    [InlineData(1, 1, 4, SignatureVerdict.NotZoneKey)]
    public void A_DS_for_a_key_that_may_not_sign_is_no_help(
        byte high, byte low, byte protocol, object expected)
    {
        byte[] key = [high, low, protocol, .. _zone.EntryKey()[3..]];
        RRset keys = _zone.Dnskeys.WithRecords(key);
        RRset ds = Edit.NewSet(_zone.Origin, RRType.DS, DelegationSigner.FromKey(_zone.Origin.Wire, key));
        Assert.Equal(expected, (object)Authenticate(ds, keys));
    }

    [Fact]
    public void A_DS_for_a_key_of_bad_form_is_no_help()
    {
        byte[] key = _zone.EntryKey()[..^1];
        RRset keys = _zone.Dnskeys.WithRecords(key, [1, 0, 3]);
        RRset ds = Edit.NewSet(_zone.Origin, RRType.DS, DelegationSigner.FromKey(_zone.Origin.Wire, key));
        Assert.Equal(SignatureVerdict.KeyUnusable, Authenticate(ds, keys));
    }

    [Fact]
    public void Keys_without_signature_are_told_apart() =>
        Assert.Equal(
            SignatureVerdict.Missing, Authenticate(_zone.FirstKeyDS(), _zone.Dnskeys.WithSignatures()));

    private static SignatureVerdict Authenticate(RRset ds, RRset keys)
    {
        CryptoBudget budget = new() { ChecksLeft = 32, FailuresLeft = 8 };
        return KeySetAuthentication.Authenticate(
            ds, new ZoneKeys(keys, Importer, Policy), SignedZone.Terms, ref budget).Verdict;
    }

    private static RRset Set(string records) => Edit.NewSet(
        DomainName.Parse("example."),
        RRType.DS,
        Array.ConvertAll(records.Split(','), static r => (byte[])
            [1, 2, byte.Parse(r.Split(' ')[0], null), byte.Parse(r.Split(' ')[1], null), .. new byte[32]]));
}
