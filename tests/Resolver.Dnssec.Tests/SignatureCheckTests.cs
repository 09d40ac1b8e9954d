// What a signature must be besides good: RFC 4035 §5.3.1, RFC 4034 §3.1.3 and §3.1.5, RFC 5011 §2.1.
using System;
using System.Buffers.Binary;
using Resolver.Wire;
using Xunit;

namespace Resolver.Dnssec.Tests;

public sealed class SignatureCheckTests
{
    private const int LabelsAt = 3;
    private const int ExpirationAt = 8;
    private const int InceptionAt = 12;

    private static readonly FrameworkImporter Importer = new();

    private readonly SignedZone _zone = SignedZone.Load("p256");
    private readonly ZoneKeys _keys;

    public SignatureCheckTests() => _keys = _zone.Keys(Importer);

    private RRset Mail => _zone["x.w.example.", RRType.MX];

    [Fact]
    public void A_good_signature_says_what_follows_from_it()
    {
        SignatureResult result = Check(Mail);
        Assert.Equal(SignatureVerdict.Valid, result.Verdict);
        Assert.Equal(3600u, result.MaxTtl);
        Assert.Equal(13, result.Algorithm);
        Assert.False(result.IsWildcardExpanded);
    }

    [Fact]
    public void The_case_of_names_changes_nothing() =>
        Assert.True(Check(Mail.WithOwner("X.W.ExAmPlE.")).IsValid);

    [Fact]
    public void An_expanded_wildcard_names_its_closest_encloser()
    {
        SignatureResult result = Check(_zone["*.w.example.", RRType.MX].WithOwner("q.a.w.example."));
        Assert.True(result.IsValid);
        Assert.True(result.IsWildcardExpanded);
        Assert.Equal(2, result.EncloserLabels);
    }

    [Fact]
    public void A_wildcard_itself_is_not_expanded()
    {
        SignatureResult result = Check(_zone["*.w.example.", RRType.MX]);
        Assert.True(result.IsValid);
        Assert.False(result.IsWildcardExpanded);
    }

    [Fact]
    public void An_owner_outside_the_wildcards_scope_fails() =>
        Assert.Equal(
            SignatureVerdict.CryptoFailed,
            Check(_zone["*.w.example.", RRType.MX].WithOwner("a.v.example.")).Verdict);

    [Fact]
    public void More_labels_than_the_owner_has_are_refused() =>
        Assert.Equal(
            SignatureVerdict.LabelsAboveOwner,
            Check(Mail.WithSignature(static s => s[LabelsAt] = 4)).Verdict);

    [Fact]
    public void Fewer_labels_than_the_signer_has_are_refused() =>
        Assert.Equal(
            SignatureVerdict.LabelsBelowSigner,
            Check(Mail.WithSignature(static s => s[LabelsAt] = 0)).Verdict);

    [Fact]
    public void A_signature_of_another_zone_is_refused() =>
        Assert.Equal(
            SignatureVerdict.SignerMismatch,
            Check(Mail.WithSignature(static s => s[20] ^= 1)).Verdict);

    [Fact]
    public void An_owner_outside_the_zone_is_refused() =>
        Assert.Equal(SignatureVerdict.OwnerOutsideZone, Check(Mail.WithOwner("x.w.example.com.")).Verdict);

    [Fact]
    public void A_signature_for_another_type_is_malformed() =>
        Assert.Equal(
            SignatureVerdict.Malformed, Check(Mail.WithSignature(static s => s[1] = 16)).Verdict);

    [Theory]
    [InlineData(0)]
    [InlineData(18)]
    [InlineData(27)]
    public void A_signature_that_ends_early_is_malformed(int length) =>
        Assert.Equal(
            SignatureVerdict.Malformed,
            Check(Mail.WithSignatures(Mail.FirstSignature()[..length])).Verdict);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(12)]
    [InlineData(200)]
    [InlineData(253)]
    public void An_unknown_algorithm_is_unsupported(byte algorithm) =>
        Assert.Equal(
            SignatureVerdict.UnsupportedAlgorithm,
            Check(Mail.WithSignature(s => s[2] = algorithm)).Verdict);

    [Theory]
    [InlineData(SignatureVerdict.Valid, -300, 300)]
    [InlineData(SignatureVerdict.NotYetValid, -301, 300)]
    [InlineData(SignatureVerdict.Expired, -300, 301)]
    public void The_skew_of_clocks_is_allowed_for(object expected, int early, int late)
    {
        Assert.True(SignatureFields.TryRead(Mail.FirstSignature(), out SignatureFields fields));
        uint from = (uint)(fields.Inception + early);
        uint until = (uint)(fields.Expiration + late);
        Assert.Equal(expected, (object)Worst(Check(Mail, from), Check(Mail, until)));
    }

    [Fact]
    public void A_set_lives_no_longer_than_its_signature()
    {
        Assert.True(SignatureFields.TryRead(Mail.FirstSignature(), out SignatureFields fields));
        Assert.Equal(100u, Check(Mail, fields.Expiration - 100).MaxTtl);
        Assert.Equal(0u, Check(Mail, fields.Expiration + 1).MaxTtl);
    }

    [Fact]
    public void A_signature_that_ends_before_it_begins_is_told() =>
        Assert.Equal(
            SignatureVerdict.ExpiredBeforeValid,
            Check(Mail.WithSignature(static s =>
            {
                BinaryPrimitives.WriteUInt32BigEndian(s.AsSpan(ExpirationAt), 100);
                BinaryPrimitives.WriteUInt32BigEndian(s.AsSpan(InceptionAt), 101);
            })).Verdict);

    [Theory]
    [InlineData(0u, 1u, true)]
    [InlineData(uint.MaxValue, 0u, true)]
    [InlineData(uint.MaxValue - 5, 5u, true)]
    [InlineData(5u, uint.MaxValue - 5, false)]
    [InlineData(7u, 7u, false)]
    public void Times_wrap_around(uint left, uint right, bool isBefore) =>
        Assert.Equal(isBefore, SerialTime.IsBefore(left, right));

    [Theory]
    [InlineData(0x01, 0x00, 3, SignatureVerdict.KeyUnusable)]
    [InlineData(0x00, 0x00, 3, SignatureVerdict.NotZoneKey)]
    [InlineData(0x01, 0x00, 2, SignatureVerdict.NotZoneKey)]
    [InlineData(0x01, 0x80, 3, SignatureVerdict.KeyRevoked)]
    public void A_key_must_be_allowed_to_sign(
        byte high, byte low, byte protocol, object expected)
    {
        // Another key's octets, made to bear the tag that the signature names.
        byte[] rdata = [high, low, protocol, 13, .. _keys.Keys[0].Rdata[4..]];
        rdata[10] ^= 0x10;
        ZoneKey key = new(rdata, Importer, SignedZone.Terms.Policy);
        RRset set = Mail.WithSignature(
            s => BinaryPrimitives.WriteUInt16BigEndian(s.AsSpan(16), key.Tag));
        SignatureVerdict verdict = SignatureCheck.Check(
            set, set.FirstSignature(), new SigningKey(_keys.Zone, key), SignedZone.Terms).Verdict;

        // A point off its curve cannot be used at all.
        Assert.Equal(expected, (object)verdict);
    }

    [Fact]
    public void A_key_with_another_tag_is_not_tried()
    {
        ZoneKey entry = new(_zone.EntryKey(), Importer, SignedZone.Terms.Policy);
        Assert.Equal(
            SignatureVerdict.KeyMissing,
            SignatureCheck.Check(
                Mail, Mail.FirstSignature(), new SigningKey(_keys.Zone, entry), SignedZone.Terms).Verdict);
    }

    [Fact]
    public void Every_verdict_but_a_good_one_has_an_extended_error()
    {
        foreach (SignatureVerdict verdict in Enum.GetValues<SignatureVerdict>())
        {
            if (verdict == SignatureVerdict.Valid)
            {
                Assert.Throws<ArgumentOutOfRangeException>(() => VerdictError.Of(verdict));
            }
            else
            {
                Assert.InRange(VerdictError.Of(verdict).Value, 1, 25);
            }
        }
    }

    private static SignatureVerdict Worst(SignatureResult left, SignatureResult right) =>
        left.IsValid ? right.Verdict : left.Verdict;

    private SignatureResult Check(RRset set, uint now = SignedZone.Now)
    {
        CryptoBudget budget = new() { ChecksLeft = 32, FailuresLeft = 8 };
        SignatureTerms terms = SignedZone.Terms with { Now = now };
        SignatureResult result = RRsetAuthentication.Authenticate(set, _keys, terms, ref budget);

        // One key and one signature come to the same, up to the key that is tried.
        foreach (ZoneKey key in _keys.Keys)
        {
            SignatureResult single = SignatureCheck.Check(
                set, set.FirstSignature(), new SigningKey(_keys.Zone, key), terms);
            Assert.True(single == result || single.Verdict == SignatureVerdict.KeyMissing);
        }

        return result;
    }
}
