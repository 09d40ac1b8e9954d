// Anchors, built-in and given; negative anchors with their ends; sentinel and key tag names; the time floor.
// RFC 7958, RFC 7646, RFC 8509, RFC 8145.
using System;
using System.Collections.Generic;
using System.Linq;
using Resolver.Wire;
using Xunit;

namespace Resolver.Dnssec.Tests;

public sealed class TrustStateTests
{
    private static readonly DomainName Example = DomainName.Parse("example.");
    private static readonly KeyLibrary Library = KeyLibrary.Choose(new DnssecPolicy());

    [Fact]
    public void The_built_in_anchors_are_the_roots_two_keys()
    {
        Assert.True(TrustAnchors.Root.TryGet(DomainName.Root, out RRset signers));
        Assert.Equal(2, signers.Count);
        Assert.Equal(DelegationUse.Usable, DelegationSigners.Judge(signers, new DnssecPolicy()));
        TrustState state = new(TrustAnchors.Root, new(Library), new NegativeTrustAnchors());
        Assert.Equal([20326, 38696], state.RootTags().Select(static t => (int)t));
        Assert.True(state.FailsSentinel(DomainName.Parse("root-key-sentinel-not-ta-38696.x."), RRType.A));
        Assert.False(state.FailsSentinel(DomainName.Parse("root-key-sentinel-is-ta-38696.x."), RRType.A));
        Assert.False(state.FailsSentinel(DomainName.Parse("www.x."), RRType.A));
        Assert.Empty(new TrustState(TrustAnchors.None, new(Library), state.Negative).RootTags());
    }

    [Fact]
    public void Given_DS_and_DNSKEY_records_are_anchors()
    {
        SignedZone zone = SignedZone.Load("p256");
        ZoneRecord[] records =
        [
            Record("Example.", RRType.Dnskey, zone.EntryKey()),
            Record("example.", RRType.DS, [1, 2, 13, 2, .. new byte[32]]),
            Record("sub.example.", RRType.DS, [3, 4, 13, 2, .. new byte[32]]),
            Record("example.", RRType.Txt, [0]),
            Record("short.", RRType.Dnskey, [1, 1, 3, 13]),
        ];
        TrustAnchors anchors = TrustAnchors.From(records);
        Assert.Equal(2, anchors.Names.Count);
        Assert.True(anchors.TryFindAbove(DomainName.Parse("www.example."), out RRset signers));
        Assert.True(signers.Contains(DelegationSigner.FromKey(Example.Wire, zone.EntryKey())));
        Assert.True(anchors.TryFindAbove(DomainName.Parse("x.sub.example."), out RRset closer));
        Assert.Equal(3, closer.OwnerName.LabelCount + closer.Count);
        Assert.False(anchors.TryFindAbove(DomainName.Parse("org."), out _));
        TrustAnchors less = anchors.With(Example, []);
        Assert.False(less.TryGet(Example, out _));
        Assert.True(less.With(Example, RootAnchors.Signers).TryGet(Example, out _));
    }

    [Fact]
    public void A_change_of_anchors_is_a_new_generation()
    {
        TrustState state = new(TrustAnchors.Root, new(Library), new NegativeTrustAnchors());
        state.Replace(TrustAnchors.None);
        Assert.Equal(1, state.Generation);
        Assert.Empty(state.Anchors.Names);
    }

    [Fact]
    public void A_negative_anchor_ends_by_itself()
    {
        NegativeTrustAnchors negative = new();
        Assert.True(negative.IsEmpty);
        Assert.False(negative.TryFind(Example, 0, out _));
        Assert.Equal(1_000 + 3_600, negative.Add(Example, 1_000));
        Assert.True(negative.TryFind(DomainName.Parse("www.EXAMPLE."), 4_599, out DomainName anchor));
        Assert.Equal(Example, anchor);
        Assert.False(negative.TryFind(Example, 4_600, out _));
        Assert.False(negative.TryFind(DomainName.Parse("org."), 1_000, out _));
        Assert.Equal(0, negative.Sweep(4_599));
        Assert.Equal(1, negative.Sweep(4_600));
        Assert.True(negative.IsEmpty);
    }

    [Fact]
    public void A_negative_anchor_lasts_a_day_at_most()
    {
        NegativeTrustAnchors negative = new();
        Assert.Equal(NegativeTrustAnchors.MaxSeconds, negative.Add(Example, 0, int.MaxValue));
        Assert.Equal(1, negative.Add(Example, 0, -5));
        Assert.True(negative.Remove(Example));
        Assert.False(negative.Remove(Example));
    }

    [Fact]
    public void A_configured_negative_anchor_stays()
    {
        NegativeTrustAnchors negative = new([Example]);
        Assert.Equal(50, negative.Add(Example, 49, 1));
        Assert.True(negative.TryFind(Example, long.MaxValue - 1, out _));
        Assert.Equal(long.MaxValue, negative.All[Example]);
    }

    [Theory]
    [InlineData("root-key-sentinel-is-ta-20326.example.", "A", false)]
    [InlineData("root-key-sentinel-is-ta-11111.example.", "A", true)]
    [InlineData("Root-Key-Sentinel-Is-TA-11111.example.", "AAAA", true)]
    [InlineData("root-key-sentinel-not-ta-20326.example.", "AAAA", true)]
    [InlineData("root-key-sentinel-not-ta-11111.example.", "A", false)]
    [InlineData("root-key-sentinel-is-ta-11111.example.", "TXT", false)]
    [InlineData("root-key-sentinel-is-ta-1111.example.", "A", false)]
    [InlineData("root-key-sentinel-is-ta-99999.example.", "A", false)]
    [InlineData("root-key-sentinel-is-ta-1111x.example.", "A", false)]
    [InlineData("www.root-key-sentinel-is-ta-11111.example.", "A", false)]
    [InlineData(".", "A", false)]
    public void A_sentinel_fails_as_it_should(string name, string type, bool mustFail) =>
        Assert.Equal(
            mustFail, KeySentinel.MustFail(DomainName.Parse(name), RRType.Parse(type), [20326, 38696]));

    [Fact]
    public void A_key_tag_query_names_the_tags_in_order()
    {
        Assert.Equal("_ta-4f66-9728.", Name(DomainName.Root, [38696, 20326, 38696]));
        Assert.Equal("_ta-0001.example.", Name(Example, [1]));
        Assert.True(KeyTagQuery.NameOf(Example, Enumerable.Range(0, 99).Select(static i => (ushort)i))
            .Wire[0] <= 63);
        Assert.True(KeyTagQuery.IsKeyTagQuery(DomainName.Parse("_TA-4f66.")));
        Assert.False(KeyTagQuery.IsKeyTagQuery(DomainName.Root));
        Assert.False(KeyTagQuery.IsKeyTagQuery(DomainName.Parse("_tb-4f66.")));
    }

    [Fact]
    public void A_clock_behind_the_floor_is_wrong_and_not_believed()
    {
        TimeFloor floor = new(1_000_000);
        Assert.False(floor.IsWrong(1_000_000 - TimeFloor.Tolerance));
        Assert.True(floor.IsWrong(1_000_000 - TimeFloor.Tolerance - 1));
        Assert.Equal(1_000_000, floor.Apply(5));
        Assert.Equal(1_000_001, floor.Apply(1_000_001));
        Assert.Equal(floor, floor.Raise(5));
        Assert.Equal(new TimeFloor(1_000_001), floor.Raise(1_000_001));
        Assert.False(default(TimeFloor).IsWrong(0));
        TrustState state = new(TrustAnchors.None, new(Library), new NegativeTrustAnchors()) { Floor = floor };
        Assert.Equal(1_000_000u, state.TimeAt(DateTimeOffset.UnixEpoch));
        Assert.Equal(floor, state.Floor);
    }

    [Theory]
    [InlineData(Importers.Framework)]
    [InlineData(Importers.Libcrypto)]
    public void A_library_is_asked_whether_it_takes_SHA1(string importer)
    {
        IKeyImporter own = Importers.Of(importer);
        Assert.True(KeyLibrary.Of(own, new DnssecPolicy()).Policy.AcceptRsaSha1);
        Assert.False(
            KeyLibrary.Of(own, new DnssecPolicy { AcceptRsaSha1 = false }).Policy.AcceptRsaSha1);
        Assert.False(KeyLibrary.Of(new RefusingImporter(), new DnssecPolicy()).Policy.AcceptRsaSha1);
        Assert.Equal(importer == Importers.Libcrypto, KeyLibrary.Of(own, new DnssecPolicy()).IsNative);
    }

    private static string Name(DomainName zone, IEnumerable<ushort> tags) =>
        KeyTagQuery.NameOf(zone, tags).ToString();

    private static ZoneRecord Record(string owner, RRType type, byte[] rdata) => new()
    {
        Owner = DomainName.Parse(owner),
        Type = type,
        Class = RRClass.IN,
        Ttl = 0,
        Rdata = rdata,
        File = "test",
        Line = 1,
    };

    private sealed class RefusingImporter : IKeyImporter
    {
        public PublicKey? Import(DnssecAlgorithm algorithm, ReadOnlySpan<byte> key) => null;
    }
}
