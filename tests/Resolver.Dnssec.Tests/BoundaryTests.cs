// Corners of keys, DS and canonical form that real zones seldom show.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Resolver.Wire;
using Xunit;

namespace Resolver.Dnssec.Tests;

public sealed class BoundaryTests
{
    private static readonly DnssecPolicy Policy = new();
    private static readonly FrameworkImporter Importer = new();

    private readonly SignedZone _zone = SignedZone.Load("p256");

    [Fact]
    public void The_tag_of_an_RSAMD5_key_is_taken_from_its_modulus()
    {
        // RFC 4034 Appendix B.1.
        Assert.Equal(0x0203, KeyTag.Of([1, 1, 3, 1, 0, 1, 2, 3, 4]));
        Assert.Equal(0, KeyTag.Of([1, 1, 3, 1, 0, 1]));
    }

    [Fact]
    public void Of_keys_that_collide_with_a_DS_only_few_are_digested()
    {
        byte[] entry = _zone.EntryKey();
        List<byte[]> keys = [];
        for (byte i = 0; i < 6; i++)
        {
            byte[] twin = [.. entry];
            twin[4] += (byte)(i + 1);
            twin[6] -= (byte)(i + 1);
            if (KeyTag.Of(twin) == KeyTag.Of(entry))
            {
                keys.Add(twin);
            }
        }

        Assert.True(keys.Count >= Policy.MaxKeysPerTag, "the keys do not collide");
        Assert.Equal(SignatureVerdict.KeyMissing, Authenticate([.. keys, entry]));
        Assert.Equal(SignatureVerdict.CryptoFailed, Authenticate([.. keys.Take(3), entry]));
    }

    [Fact]
    public void Records_that_folding_makes_equal_are_signed_once()
    {
        DomainName owner = DomainName.Parse("x.example.");
        byte[] rrsig = _zone["xx.example.", RRType.A].FirstSignature();
        Assert.True(SignatureFields.TryRead(rrsig, out SignatureFields fields));
        using SignedOctets twice = SignedOctets.Build(
            Edit.NewSet(owner, RRType.NS, [1, (byte)'A', 0], [1, (byte)'a', 0]), fields);
        using SignedOctets once = SignedOctets.Build(
            Edit.NewSet(owner, RRType.NS, [1, (byte)'a', 0]), fields);
        Assert.True(twice.Octets.SequenceEqual(once.Octets));
    }

    [Fact]
    public void Records_are_signed_in_the_order_of_their_octets_not_of_their_lengths()
    {
        DomainName owner = DomainName.Parse("x.example.");
        byte[] rrsig = _zone["xx.example.", RRType.A].FirstSignature();
        Assert.True(SignatureFields.TryRead(rrsig, out SignatureFields fields));
        byte[][] records = [[2, 1, 1], [1, 9], [1, 9, 0], [3]];
        using SignedOctets signed = SignedOctets.Build(
            Edit.NewSet(owner, new RRType(65280), records), fields);
        using SignedOctets sorted = SignedOctets.Build(
            Edit.NewSet(owner, new RRType(65280), [1, 9], [1, 9, 0], [2, 1, 1], [3]), fields);
        Assert.True(signed.Octets.SequenceEqual(sorted.Octets));
    }

    [Fact]
    public void A_key_tells_what_it_is()
    {
        ZoneKey entry = new(_zone.EntryKey(), Importer, Policy);
        Assert.True(entry.IsSecureEntryPoint);
        Assert.False(entry.IsRevoked);
        Assert.Equal(0, entry.NativeOctets);
        Assert.NotNull(entry.GetPublicKey());
        Assert.NotEqual(0, entry.NativeOctets);
        Assert.Null(new ZoneKey([1, 1, 3, 200, 1], Importer, Policy).GetPublicKey());
        Assert.Equal(
            KeyProblem.UnsupportedAlgorithm, KeyForm.Check(DnssecAlgorithm.Unsupported, [1], Policy));
    }

    [Fact]
    public async Task Threads_that_need_a_key_at_once_share_one()
    {
        for (int round = 0; round < 20; round++)
        {
            ZoneKey key = new(_zone.EntryKey(), Importer, Policy);
            Task<PublicKey?>[] all = [.. Enumerable.Range(0, 8).Select(_ => Task.Run(key.GetPublicKey))];
            PublicKey?[] got = await Task.WhenAll(all);
            Assert.All(got, k => Assert.Same(got[0], k));
        }
    }

    [Fact]
    public void A_DS_too_short_or_a_key_too_long_is_no_match()
    {
        byte[] key = _zone.EntryKey();
        byte[] ds = DelegationSigner.FromKey(_zone.Origin.Wire, key);
        ReadOnlySpan<byte> owner = _zone.Origin.Wire;
        Assert.Equal(DelegationSignerMatch.Mismatch, DelegationSigner.Compare(ds.AsSpan(0, 4), owner, key));
        Assert.Equal(DelegationSignerMatch.Mismatch, DelegationSigner.Compare(ds, owner, key.AsSpan(0, 4)));
        Assert.Equal(DelegationSignerMatch.Mismatch, DelegationSigner.Compare(ds, owner, new byte[5000]));
        Assert.Equal(
            DelegationUse.UnsupportedAlgorithm,
            DelegationSigners.Judge(Edit.NewSet(_zone.Origin, RRType.DS, ds[..4]), Policy));
    }

    [Fact]
    public void Each_state_of_a_trust_point_gives_its_signers()
    {
        byte[] key = _zone.EntryKey();
        byte[] other = [.. key[..^1], 7];
        TrustPoint point = new(
            _zone.Origin,
            [
                new AnchorKey(key, AnchorState.Valid, 1),
                new AnchorKey(other, AnchorState.AddPending, 1),
            ]);
        Assert.Single(point.Signers([]));
        Assert.Equal(2, point.Signers(RootAnchors.Signers[..1]).Length);
        Assert.Single(point.Signers([DelegationSigner.FromKey(_zone.Origin.Wire, key)]));
        Assert.NotEqual(TrustPoint.BasisOf([]), TrustPoint.BasisOf(RootAnchors.Signers));
        Assert.Empty(TrustAnchors.Root.Differences(TrustAnchors.Root.With(
            DomainName.Root, [RootAnchors.Signers[1], RootAnchors.Signers[0]])));
        Assert.Single(TrustAnchors.Root.Differences(TrustAnchors.None));
        Assert.Single(TrustAnchors.None.Differences(TrustAnchors.Root));
        Assert.Single(TrustAnchors.Root.Differences(TrustAnchors.Root.With(
            DomainName.Root, RootAnchors.Signers[..1])));
    }

    private SignatureVerdict Authenticate(byte[][] keys)
    {
        CryptoBudget budget = new() { ChecksLeft = 32, FailuresLeft = 8 };
        ZoneKeys set = new(_zone.Dnskeys.WithRecords(keys), Importer, Policy);
        return KeySetAuthentication.Authenticate(
            _zone.FirstKeyDS(), set, SignedZone.Terms, ref budget).Verdict;
    }
}
