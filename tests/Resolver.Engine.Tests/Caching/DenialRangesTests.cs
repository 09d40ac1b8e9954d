// Proven ranges in the common store: found by order, bounded by the one budget, gone with what is flushed.
using System;
using System.Globalization;
using Resolver.Wire;
using Xunit;

namespace Resolver.Engine.Tests;

public sealed class DenialRangesTests : IDisposable
{
    private static readonly DomainName Zone = DomainName.Parse("example.");

    private readonly ResolverCaches _caches = new(
        CacheOptions.Default with { Size = 4L << 20 }, ResolverLimits.Default, new CryptographicRandomSource());

    public void Dispose() => _caches.Dispose();

    [Fact]
    public void The_range_at_or_before_a_name_is_found()
    {
        Keep("b", "d");
        Keep("d", "m");
        Assert.Equal("b.example.", At("b"));
        Assert.Equal("b.example.", At("c"));
        Assert.Equal("d.example.", At("d"));
        Assert.Equal("d.example.", At("zz"));
        Assert.Null(At("a"));
        Assert.True(_caches.Ranges.TryFindZone(DomainName.Parse("x.y.example."), out DomainName zone, out _));
        Assert.Equal(Zone, zone);
        Assert.False(_caches.Ranges.TryFindZone(DomainName.Parse("example.com."), out _, out _));
    }

    [Theory]
    [InlineData(300, 60, 900, 60)]
    [InlineData(30, 60, 900, 30)]
    [InlineData(300, 60, 10, 10)]
    public void A_range_lives_as_long_as_the_shortest_of_its_own_the_SOAs_and_the_signatures_time(
        uint own, byte minimum, uint signatures, uint seconds)
    {
        RRset nsec = Nsec("b", "d", own);
        ProvenRange range = new(nsec, EngineRig.Soa("example.", minimum), signatures);
        _caches.Ranges.Store(Zone, range, 0, 0);
        Assert.NotNull(At("c", (seconds * TimeSpan.TicksPerSecond) - 1));
        Assert.Null(At("c", seconds * TimeSpan.TicksPerSecond));
    }

    [Fact]
    public void One_that_came_without_an_SOA_denies_nothing_and_takes_no_place_of_one_that_does()
    {
        ProvenRange bare = new(Nsec("b", "d", 300), default, 900);
        _caches.Ranges.Store(Zone, bare, 0, 0);
        Assert.False(Get("c")!.MayDeny);
        Keep("b", "d");
        Assert.True(Get("c")!.MayDeny);
        _caches.Ranges.Store(Zone, bare, 0, 0);
        Assert.True(Get("c")!.MayDeny);
        _caches.Ranges.Store(Zone, new ProvenRange(Nsec("b", "c", 300), default, 900), 0, 0);
        Assert.False(Get("c")!.MayDeny);
        Assert.Equal(1, _caches.Ranges.Count);
    }

    [Fact]
    public void With_an_SOA_that_is_none_or_an_end_outside_the_zone_nothing_is_kept()
    {
        RRset soa = EngineRig.Set("example.", RRType.Soa, 300, [0, 0]);
        _caches.Ranges.Store(Zone, new ProvenRange(Nsec("b", "d", 300), soa, 900), 0, 0);
        RRset outside = EngineRig.Set(
            "b.example.", RRType.Nsec, 300, [.. DomainName.Parse("d.other.").Wire, 0, 1, 0x40]);
        _caches.Ranges.Store(Zone, new ProvenRange(outside, EngineRig.Soa("example."), 900), 0, 0);
        Assert.Equal(0, _caches.Ranges.Count);
    }

    [Fact]
    public void A_hundred_thousand_ranges_stay_within_the_budget_and_in_order()
    {
        for (int i = 0; i < 100_000; i++)
        {
            Keep(Text(i), Text(i) + "0");
        }

        Assert.True(_caches.Bytes <= _caches.Size);
        Assert.InRange(_caches.Ranges.Count, 1_000, 20_000);
        Assert.Equal(_caches.Entries, _caches.Ranges.Count);
        string last = Text(99_999);
        Assert.Equal(last + ".example.", At(last));
    }

    [Fact]
    public void What_is_flushed_is_forgotten()
    {
        Keep("b", "d");
        Keep("d", "m");
        Assert.Equal(1, _caches.Flush(DomainName.Parse("d.example.")));
        Assert.Equal("b.example.", At("e"));
        Assert.Equal(1, _caches.Flush(DomainName.Parse("c.example.")));
        Assert.Null(At("c"));
        Keep("b", "d");
        _ = _caches.Flush(DomainName.Root);
        Assert.Equal(0, _caches.Ranges.Count);
        Assert.False(_caches.Ranges.TryFindZone(Zone, out _, out _));
    }

    [Fact]
    public void A_range_that_comes_again_takes_the_place_of_the_old_one()
    {
        Keep("b", "d");
        Keep("b", "c");
        Assert.Equal(1, _caches.Ranges.Count);
    }

    private static string Text(int number) => number.ToString("D6", CultureInfo.InvariantCulture);

    // The bitmap says A.
    private static RRset Nsec(string owner, string next, uint ttl)
    {
        byte[] rdata = [.. DomainName.Parse(next + ".example.").Wire, 0, 1, 0x40];
        return Signed.By(Zone, EngineRig.Set(owner + ".example.", RRType.Nsec, ttl, rdata));
    }

    private void Keep(string owner, string next) => _caches.Ranges.Store(
        Zone, new ProvenRange(Nsec(owner, next, 300), EngineRig.Soa("example."), 900), 0, 0);

    private string? At(string name, long now = 0) => Get(name, now)?.Set.OwnerName.ToString();

    private CachedRange? Get(string name, long now = 0) =>
        _caches.Ranges.Find(Zone, DomainName.Parse(name + ".example.").Wire, now);
}
