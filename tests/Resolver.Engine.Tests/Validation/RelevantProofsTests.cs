// Of a denial with more proofs than any needs, those that could prove it are checked; row 21 of the threats.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Resolver.Dnssec;
using Resolver.Wire;
using Xunit;

namespace Resolver.Engine.Tests;

public sealed class RelevantProofsTests
{
    private static readonly DomainName Zone = DomainName.Parse("example.");
    private static readonly DomainName Absent = DomainName.Parse("m5.example.");

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    public void Few_are_all_checked_and_beyond_the_limit_those_that_matter(int limit)
    {
        Assert.Equal(limit, Choose(limit, Many(limit)).Length);
        Assert.Empty(Choose(limit, Many(limit + 1)));
    }

    [Fact]
    public void Row_21_among_two_hundred_NSEC_those_of_the_name_and_its_wildcard_are_found()
    {
        RRset[] sets = [.. Many(200), Nsec("m.example.", "n.example."), Nsec("example.", "a.example.")];
        Assert.Equal(["m.example.", "example."], Choose(8, sets));
    }

    [Fact]
    public void Row_21_among_two_hundred_NSEC3_encloser_cover_and_wildcard_are_found()
    {
        string apex = Label(Hash("example."));
        RRset[] sets =
        [
            .. Enumerable.Range(0, 250).Select(static i => Hash($"p{Number(i)}.example."))
                .Where(static h => h[^1] < byte.MaxValue).Take(200).Select(static h => Exactly(h, 1)),
            Exactly(Hash("example."), 1),
            Exactly(Below(Hash("m5.example.")), 2),
            Exactly(Below(Hash("*.example.")), 2),
        ];
        string[] chosen = Choose(8, sets);
        Assert.Equal(3, chosen.Length);
        Assert.Equal($"{apex}.example.", chosen[0]);
    }

    [Fact]
    public void A_wildcards_answer_needs_the_range_of_the_name_alone()
    {
        RRset[] sets = [.. Many(200), Nsec("m.example.", "n.example.")];
        using EngineRig rig = new(null, TrustAnchors.None);
        CryptoBudget budget = new() { HashUnitsLeft = 64 };
        ChainRoom room = new(rig.Options, rig.Engine.Parts);
        ProofAim aim = new(Zone, Absent, 1);
        Subject[] chosen = RelevantProofs.Choose(Subjects(sets), aim, room, ref budget);
        Assert.Equal("m.example.", Assert.Single(chosen).Owner.ToString());
    }

    private static string[] Choose(int limit, RRset[] sets)
    {
        using EngineRig rig = new(
            o => o with { Limits = new ResolverLimits { MaxProofsChecked = limit } }, TrustAnchors.None);
        CryptoBudget budget = new() { HashUnitsLeft = 64 };
        ChainRoom room = new(rig.Options, rig.Engine.Parts);
        Subject[] chosen =
            RelevantProofs.Choose(Subjects(sets), new ProofAim(Zone, Absent), room, ref budget);
        return [.. chosen.Select(static c => c.Owner.ToString().ToLowerInvariant())];
    }

    private static Subject[] Subjects(IEnumerable<RRset> sets) =>
        [.. sets.Select(static s => new Subject(s))];

    private static RRset[] Many(int count) =>
    [
        .. Enumerable.Range(0, count).Select(
            static i => Nsec($"p{Number(i)}.example.", $"p{Number(i)}0.example.")),
    ];

    private static string Number(int i) => i.ToString("D4", CultureInfo.InvariantCulture);

    private static RRset Nsec(string owner, string next) => Signed.By(Zone, EngineRig.Set(
        owner, RRType.Nsec, 60, [.. DomainName.Parse(next).Wire, 0, 1, 0x40]));

    private static byte[] Hash(string name)
    {
        NameHash hash = Nsec3Hash.Hash(DomainName.Parse(name).Wire, new Nsec3Parameters(0, []));
        byte[] octets = new byte[NameHash.Length];
        BinaryPrimitives.WriteUInt64BigEndian(octets, hash.High);
        BinaryPrimitives.WriteUInt64BigEndian(octets.AsSpan(8), hash.Middle);
        BinaryPrimitives.WriteUInt32BigEndian(octets.AsSpan(16), hash.Low);
        return octets;
    }

    private static byte[] Below(byte[] hash)
    {
        byte[] below = [.. hash];
        below[^1]--;
        return below;
    }

    // An NSEC3 from a hash to one so much above it.
    private static RRset Exactly(byte[] hash, byte span)
    {
        byte[] next = [.. hash];
        next[^1] += span;
        return Signed.By(Zone, EngineRig.Set(
            Label(hash) + ".example.", RRType.Nsec3, 60, [1, 0, 0, 0, 0, 20, .. next, 0, 1, 0x40]));
    }

    private static string Label(byte[] hash)
    {
        const string Digits = "0123456789abcdefghijklmnopqrstuv";
        System.Numerics.BigInteger number = new(hash, isUnsigned: true, isBigEndian: true);
        char[] label = new char[NameHash.LabelLength];
        for (int i = label.Length - 1; i >= 0; i--)
        {
            label[i] = Digits[(int)(number & 31)];
            number >>= 5;
        }

        return new string(label);
    }
}
