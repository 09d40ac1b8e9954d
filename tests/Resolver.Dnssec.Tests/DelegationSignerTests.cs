// Key tags and DS digests against the examples of the RFCs.
using System;
using Resolver.Wire;
using Xunit;

namespace Resolver.Dnssec.Tests;

public sealed class DelegationSignerTests
{
    // RFC 4034 §5.4 and RFC 4509 §2.3: one key, its SHA-1 and its SHA-256 digest.
    private const string Key =
        "AQOeiiR0GOMYkDshWoSKz9XzfwJr1AYtsmx3TGkJaNXVbfi/2pHm822aJ5iI"
        + "9BMzNXxeYCmZDRD99WYwYqUSdjMmmAphXdvxegXd/M5+X7OrzKBaMbCVdFLU"
        + "Uh6DhweJBjEVv5f2wwjM9XzcnOf+EPbtG9DMBmADjFDc2w/rljwvFw==";

    private const string Sha1 = "2BB183AF5F22588179A53B0A98631FAD1A292118";
    private const string Sha256 = "D4B7D520E7BB5F0F67674A0CCEB1E3E0614B93C4F9E99B8383F6A1E4469DA50A";

    private static readonly byte[] Dnskey = [1, 0, 3, 5, .. Convert.FromBase64String(Key)];
    private static readonly DomainName Owner = DomainName.Parse("dskey.EXAMPLE.com.");

    [Fact]
    public void The_key_tag_is_that_of_the_RFC() => Assert.Equal(60485, KeyTag.Of(Dnskey));

    [Theory]
    [InlineData(1, Sha1)]
    [InlineData(2, Sha256)]
    public void A_digest_of_the_key_matches_whatever_the_owners_case(byte type, string digest) =>
        Assert.Equal(
            DelegationSignerMatch.Match,
            DelegationSigner.Compare(Ds(60485, 5, type, digest), Owner.Wire, Dnskey));

    [Fact]
    public void Another_owner_algorithm_or_digest_does_not_match()
    {
        DomainName other = DomainName.Parse("other.example.com.");
        Assert.Equal(DelegationSignerMatch.Mismatch,
            DelegationSigner.Compare(Ds(60485, 5, 2, Sha256), other.Wire, Dnskey));
        Assert.Equal(DelegationSignerMatch.Mismatch,
            DelegationSigner.Compare(Ds(60485, 8, 2, Sha256), Owner.Wire, Dnskey));
        Assert.Equal(DelegationSignerMatch.Mismatch,
            DelegationSigner.Compare(Ds(60485, 5, 2, Sha1), Owner.Wire, Dnskey));
    }

    [Fact]
    public void A_digest_type_nobody_knows_is_told_apart() => Assert.Equal(
        DelegationSignerMatch.UnknownDigest,
        DelegationSigner.Compare(Ds(60485, 5, 200, Sha1), Owner.Wire, Dnskey));

    private static byte[] Ds(ushort tag, byte algorithm, byte type, string digest) =>
        [(byte)(tag >> 8), (byte)tag, algorithm, type, .. Convert.FromHexString(digest)];
}
