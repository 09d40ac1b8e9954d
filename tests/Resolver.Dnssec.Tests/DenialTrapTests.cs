// Records that must not prove anything: THREATS of NSEC and NSEC3 with foreign ends, signers and kinds.
// RFC 6840 §4, RFC 5155 §8.2, CVE-2026-13321, CVE-2026-10723.
using System;
using System.Linq;
using Resolver.Wire;
using Xunit;

namespace Resolver.Dnssec.Tests;

public sealed class DenialTrapTests
{
    private readonly SignedZone _zone = SignedZone.Load("p256");
    private readonly SignedZone _hashed = SignedZone.Load("p256-nsec3");

    private ReadOnlySpan<byte> Zone => _zone.Origin.Wire;

    private RRset Nsec => _zone["d.example.", RRType.Nsec];

    private RRset Nsec3 => _hashed.Sets.First(static s => s.Type == RRType.Nsec3);

    [Fact]
    public void What_real_signers_made_is_read()
    {
        Assert.True(NsecRange.TryRead(Nsec, Zone, out NsecRange range));
        Assert.Equal("z.sub.ent.example.", NameText.Format(range.Next));
        Assert.Equal(Nsec.Size, range.Set.Size);
        Assert.True(Nsec3Range.TryRead(Nsec3, Zone, out Nsec3Range hashed));
        Assert.Equal(Nsec3.Size, hashed.Set.Size);
    }

    [Fact]
    public void A_next_name_outside_the_zone_is_refused() =>
        Refuse(Nsec.WithRecords([1, (byte)'z', 0, .. Types(Nsec)]));

    [Fact]
    public void An_owner_outside_the_zone_is_refused() => Refuse(Nsec.WithOwner("d.com."));

    [Fact]
    public void A_record_signed_by_another_zone_is_refused()
    {
        Refuse(Nsec.WithSignature(static s => s[20] ^= 1));
        Refuse(Nsec3.WithSignature(static s => s[20] ^= 1));
    }

    [Fact]
    public void A_record_without_signature_is_refused()
    {
        Refuse(Nsec.WithSignatures());
        Refuse(Nsec3.WithSignatures());
        Refuse(Nsec.WithSignatures([1, 2, 3]));
    }

    [Fact]
    public void A_wildcards_record_under_another_owner_is_refused() =>
        Refuse(_zone["*.w.example.", RRType.Nsec].WithOwner("q.w.example."));

    [Fact]
    public void Several_records_in_one_set_are_refused()
    {
        Refuse(Nsec.WithRecords([.. Nsec.ListRecords(), [0, .. Types(Nsec)]]));
        Refuse(Nsec3.WithRecords([.. Nsec3.ListRecords(), [2, .. Nsec3.First[1..]]]));
    }

    [Fact]
    public void Malformed_records_are_refused()
    {
        Refuse(default);
        Refuse(Nsec.WithRecords([64, 1]));
        Refuse(Nsec.WithRecords([.. Nsec.First, 0]));
        Refuse(Nsec3.WithRecords([1]));
        Refuse(Nsec3.WithRecords([1, 0, 0, 0, 200, 1]));
        Refuse(Nsec3.WithRecords([1, 0, 0, 0, 0, 19, .. new byte[20]]));
        Refuse(Nsec3.WithRecords([.. Nsec3.First, 0]));
        Refuse(_zone["xx.example.", RRType.A]);
    }

    [Fact]
    public void Unknown_hash_algorithms_and_flags_are_refused()
    {
        Refuse(Nsec3.WithRecords([2, .. Nsec3.First[1..]]));
        Refuse(Nsec3.WithRecords([1, 2, .. Nsec3.First[2..]]));
        Refuse(Nsec3.WithRecords([1, 128, .. Nsec3.First[2..]]));
    }

    [Fact]
    public void A_hash_that_is_not_directly_below_the_zone_is_refused()
    {
        string label = Nsec3.OwnerName.ToString().Split('.')[0];
        Refuse(Nsec3.WithOwner(label + ".sub.example."));
        Refuse(Nsec3.WithOwner(label + "."));
        Refuse(Nsec3.WithOwner("."));
        Refuse(Nsec3.WithOwner(label[..^1] + ".example."));
    }

    [Fact]
    public void Both_kinds_in_one_answer_prove_nothing()
    {
        DenialEvidence evidence = DenialEvidence.Collect(
            Zone, [.. _zone.Sets, .. _hashed.Sets], new DnssecPolicy());
        Assert.True(evidence.IsEmpty);
        CryptoBudget budget = new() { HashUnitsLeft = 64 };
        Assert.Equal(
            ProofOutcome.NotProven, Denial.OfName(evidence, DomainName.Parse("e.example"), ref budget));
        Assert.Equal(
            DelegationProof.NotProven,
            Denial.OfDelegationSigner(evidence, DomainName.Parse("b.example"), ref budget));
    }

    [Fact]
    public void One_answer_hashes_in_one_way()
    {
        RRset[] others = [.. SignedZone.Load("p256-optout").Sets.Where(s => s.Type == RRType.Nsec3)];
        DenialEvidence evidence = DenialEvidence.Collect(Zone, [Nsec3, .. others], new DnssecPolicy());
        Assert.Equal(1, evidence.Nsec3.Length);
    }

    [Fact]
    public void A_delegations_NSEC_does_not_cover_what_is_below()
    {
        Assert.True(NsecRange.TryRead(_zone["b.example.", RRType.Nsec], Zone, out NsecRange cut));
        Assert.False(cut.Covers(DomainName.Parse("x.b.example").Wire));
        Assert.True(cut.Covers(DomainName.Parse("b-.example").Wire));
        Assert.True(NsecRange.TryRead(Nsec, Zone, out NsecRange dname));
        Assert.False(dname.Covers(DomainName.Parse("x.d.example").Wire));
    }

    [Fact]
    public void The_ends_of_a_range_are_not_in_it()
    {
        Assert.True(Nsec3Range.TryRead(Nsec3, Zone, out Nsec3Range range));
        Assert.False(range.Covers(range.Owner));
        Assert.False(range.Covers(range.Next));
        Assert.True(range.Matches(range.Owner));
        Assert.True(NsecRange.TryRead(Nsec, Zone, out NsecRange names));
        Assert.False(names.Covers(names.Owner));
        Assert.False(names.Covers(names.Next));
        Assert.True(names.Matches(DomainName.Parse("D.Example").Wire));
    }

    [Fact]
    public void A_zone_of_one_name_denies_all_others()
    {
        byte[] hash = NextOf(Nsec3);
        RRset alone = Nsec3
            .WithOwner(Nsec3.OwnerName.ToString())
            .WithRecords([1, 0, 0, 0, 0, 20, .. OwnerHash(Nsec3)]);
        Assert.True(Nsec3Range.TryRead(alone, Zone, out Nsec3Range range));
        Assert.True(range.Covers(NameHash.From(hash)));
        Assert.False(range.Covers(range.Owner));
        RRset apex = _zone["example.", RRType.Nsec];
        Assert.True(NsecRange.TryRead(
            apex.WithRecords([.. Zone, .. Types(apex)]), Zone, out NsecRange single));
        Assert.True(single.Covers(DomainName.Parse("x.example").Wire));
        Assert.False(single.Covers(Zone));
        Assert.False(single.Covers(DomainName.Parse("x.exampleb").Wire));
    }

    private void Refuse(RRset set)
    {
        Assert.False(NsecRange.TryRead(set, Zone, out _));
        Assert.False(Nsec3Range.TryRead(set, Zone, out _));
    }

    private static byte[] Types(RRset nsec) => nsec.First[NameOctets.Measure(nsec.First)..].ToArray();

    private static byte[] NextOf(RRset nsec3) => nsec3.First.Slice(6, 20).ToArray();

    private byte[] OwnerHash(RRset nsec3)
    {
        // The set whose next hash is this one's owner holds it as octets.
        Assert.True(Nsec3Range.TryRead(nsec3, Zone, out Nsec3Range range));
        return NextOf(_hashed.Sets.First(
            s => s.Type == RRType.Nsec3 && NameHash.From(NextOf(s)) == range.Owner));
    }
}
