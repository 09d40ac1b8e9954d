// RFC 2181 §5.4.1 and §8: ranks, security and TTLs of cached RRsets.
using System;
using System.Linq;
using Resolver.Wire;
using Xunit;
using static Resolver.Engine.Tests.CacheSamples;

namespace Resolver.Engine.Tests;

public sealed class RRsetCacheTests : IDisposable
{
    private readonly ResolverCaches _caches = NewCaches();

    public void Dispose() => _caches.Dispose();

    [Fact]
    public void A_stored_set_is_found_whatever_the_case_and_only_under_its_type()
    {
        CachedRRset stored = Store("www.Example.com", 1, DataRank.AnswerAuth, 0);

        Assert.True(_caches.RRsets.TryGet(Name("WWW.eXample.COM"), RRType.A, 0, out CachedRRset? found));
        Assert.True(found.SaysWhat(stored));
        Assert.False(_caches.RRsets.TryGet(Name("www.example.com"), RRType.Aaaa, 0, out _));
        Assert.False(_caches.RRsets.TryGet(Name("example.com"), RRType.A, 0, out _));
        Assert.Equal(1, _caches.RRsets.Hits);
        Assert.Equal(2, _caches.RRsets.Misses);
    }

    [Fact]
    public void Names_with_octets_above_ascii_are_found_and_kept_apart()
    {
        byte[] name = [3, (byte)'A', 0xE9, (byte)'B', 0];
        byte[] other = [3, (byte)'A', 0xC9, (byte)'B', 0];
        RRsetBuilder builder = new();
        builder.Begin(name, RRType.A, RRClass.IN);
        builder.Add([192, 0, 2, 1], 300);
        _ = _caches.RRsets.Store(builder.Build(), DataRank.AnswerAuth, SecurityStatus.Unchecked, 0);

        Assert.True(_caches.RRsets.TryGet([3, (byte)'a', 0xE9, (byte)'b', 0], RRType.A, 0, out _));
        Assert.False(_caches.RRsets.TryGet(other, RRType.A, 0, out _));
    }

    [Fact]
    public void A_set_lives_to_the_last_tick_of_its_ttl_and_no_longer()
    {
        _ = Store("a.test", 1, DataRank.AnswerAuth, 7);

        Assert.True(_caches.RRsets.TryGet(Name("a.test"), RRType.A, 7 + (300 * Second) - 1, out _));
        Assert.False(_caches.RRsets.TryGet(Name("a.test"), RRType.A, 7 + (300 * Second), out _));
    }

    [Fact]
    public void The_remaining_ttl_counts_down_by_whole_seconds()
    {
        CachedRRset stored = Store("a.test", 1, DataRank.AnswerAuth, 0);

        Assert.Equal(300u, stored.RemainingTtl(0));
        Assert.Equal(300u, stored.RemainingTtl(Second - 1));
        Assert.Equal(299u, stored.RemainingTtl(Second));
        Assert.Equal(1u, stored.RemainingTtl((300 * Second) - 1));
        Assert.Equal(0u, stored.RemainingTtl(400 * Second));
    }

    [Fact]
    public void Ttls_are_held_between_the_configured_bounds()
    {
        using ResolverCaches caches = NewCaches(new CacheOptions
        {
            MinTtl = TimeSpan.FromSeconds(10),
            MaxTtl = TimeSpan.FromSeconds(100),
        });

        Assert.Equal(10u, caches.StoreAddress("a.test", 1, (2, DataRank.AnswerAuth, 0)).Ttl);
        Assert.Equal(50u, caches.StoreAddress("b.test", 1, (50, DataRank.AnswerAuth, 0)).Ttl);
        Assert.Equal(100u, caches.StoreAddress("c.test", 1, (5000, DataRank.AnswerAuth, 0)).Ttl);
    }

    [Fact]
    public void Ttl_zero_is_shown_as_zero_and_held_as_long_as_the_limit_says()
    {
        CachedRRset stored = _caches.StoreAddress("a.test", 1, (0, DataRank.AnswerAuth, 0));

        Assert.Equal(0u, stored.RemainingTtl(0));
        Assert.True(_caches.RRsets.TryGet(Name("a.test"), RRType.A, Second - 1, out _));
        Assert.False(_caches.RRsets.TryGet(Name("a.test"), RRType.A, Second, out _));
    }

    [Fact]
    public void Ttl_zero_is_not_held_when_the_limit_is_zero()
    {
        using ResolverCaches caches = NewCaches(limits: new ResolverLimits { ZeroTtlHoldMilliseconds = 0 });
        _ = caches.StoreAddress("a.test", 1, (0, DataRank.AnswerAuth, 0));

        Assert.False(caches.RRsets.TryGet(Name("a.test"), RRType.A, 0, out _));
    }

    [Fact]
    public void An_expired_set_can_be_had_as_stale_until_the_stale_age()
    {
        using ResolverCaches caches = NewCaches(new CacheOptions { StaleMaxAge = TimeSpan.FromSeconds(60) });
        _ = caches.StoreAddress("a.test", 1, (300, DataRank.AnswerAuth, 0));

        Assert.True(caches.RRsets.TryGetStale(Name("a.test"), RRType.A, (360 * Second) - 1, out _));
        Assert.False(caches.RRsets.TryGetStale(Name("a.test"), RRType.A, 360 * Second, out _));
    }

    [Theory]
    [InlineData((int)DataRank.AnswerAuth, (int)DataRank.AnswerNonAuth, false)]
    [InlineData((int)DataRank.AnswerNonAuth, (int)DataRank.Additional, false)]
    [InlineData((int)DataRank.AuthorityAuth, (int)DataRank.AuthorityNonAuth, false)]
    [InlineData((int)DataRank.Additional, (int)DataRank.Additional, true)]
    [InlineData((int)DataRank.AnswerAuth, (int)DataRank.AnswerAuth, true)]
    [InlineData((int)DataRank.AuthorityNonAuth, (int)DataRank.AuthorityAuth, true)]
    public void A_lower_rank_never_replaces_a_fresh_higher_one(int held, int candidate, bool replaces)
    {
        CachedRRset first = Store("a.test", 1, (DataRank)held, 0);
        CachedRRset second = Store("a.test", 2, (DataRank)candidate, Second);

        Assert.Equal(replaces, !second.SaysWhat(first));
        Assert.True(_caches.RRsets.TryGet(Name("a.test"), RRType.A, Second, out CachedRRset? found));
        Assert.True(found.SaysWhat(second));
        Assert.Equal(!replaces, _caches.StoreAnswer(first, Second));
    }

    [Fact]
    public void A_lower_rank_does_not_prolong_what_it_repeats()
    {
        CachedRRset first = Store("a.test", 1, DataRank.AnswerAuth, 0);
        _ = Store("a.test", 1, DataRank.Additional, 200 * Second);

        Assert.Equal(300 * Second, first.ExpiresAt);
        Assert.False(_caches.RRsets.TryGet(Name("a.test"), RRType.A, 300 * Second, out _));
    }

    [Fact]
    public void Any_rank_replaces_what_has_expired()
    {
        _ = Store("a.test", 1, DataRank.AnswerAuth, 0);
        CachedRRset second = Store("a.test", 2, DataRank.Additional, 300 * Second);

        Assert.True(_caches.RRsets.TryGet(Name("a.test"), RRType.A, 300 * Second, out CachedRRset? found));
        Assert.True(found.SaysWhat(second));
    }

    [Theory]
    [InlineData(SecurityStatus.Unchecked, (int)DataRank.AnswerAuth, false)]
    [InlineData(SecurityStatus.Bogus, (int)DataRank.AnswerAuth, false)]
    [InlineData(SecurityStatus.Insecure, (int)DataRank.AnswerAuth, false)]
    [InlineData(SecurityStatus.Secure, (int)DataRank.AuthorityAuth, true)]
    public void Validated_data_yields_to_validated_data_only(
        SecurityStatus candidate, int rank, bool replaces)
    {
        CachedRRset first = _caches.RRsets.Store(
            Address("a.test", 300, 1), DataRank.AuthorityAuth, SecurityStatus.Secure, 0);
        CachedRRset second = _caches.RRsets.Store(Address("a.test", 300, 66), (DataRank)rank, candidate, 0);

        Assert.Equal(replaces, !second.SaysWhat(first));
    }

    [Fact]
    public void Bogus_data_replaces_nothing_fresh_and_yields_to_everything_else()
    {
        CachedRRset plain = Store("a.test", 1, DataRank.Additional, 0);
        Assert.True(StoreBogus("a.test").SaysWhat(plain));

        CachedRRset bogus = StoreBogus("b.test");
        Assert.False(Store("b.test", 1, DataRank.Additional, 0).SaysWhat(bogus));
    }

    [Fact]
    public void A_set_at_the_limit_of_records_is_kept_and_one_above_is_only_returned()
    {
        using ResolverCaches caches = NewCaches(limits: new ResolverLimits { MaxRecordsPerRRset = 16 });
        byte[] many = [.. Enumerable.Range(1, 17).Select(i => (byte)i)];
        RRset most = Address("most.test", 300, many[..16]);
        RRset tooMany = Address("many.test", 300, many);

        _ = caches.RRsets.Store(most, DataRank.AnswerAuth, SecurityStatus.Unchecked, 0);
        CachedRRset returned = caches.RRsets.Store(tooMany, DataRank.AnswerAuth, SecurityStatus.Unchecked, 0);

        Assert.Equal(17, returned.Set.Count);
        Assert.True(caches.RRsets.TryGet(Name("most.test"), RRType.A, 0, out _));
        Assert.False(caches.RRsets.TryGet(Name("many.test"), RRType.A, 0, out _));
    }

    [Fact]
    public void Sets_of_another_class_are_only_returned()
    {
        RRsetBuilder builder = new();
        builder.Begin(Name("a.test"), RRType.A, RRClass.CH);
        builder.Add([192, 0, 2, 1], 300);

        _ = _caches.RRsets.Store(builder.Build(), DataRank.AnswerAuth, SecurityStatus.Unchecked, 0);

        Assert.False(_caches.RRsets.TryGet(Name("a.test"), RRType.A, 0, out _));
        Assert.Equal(0, _caches.Entries);
    }

    [Fact]
    public void Flush_forgets_a_name_and_all_below_it_and_nothing_beside_it()
    {
        foreach (string name in (string[])["test", "a.test", "x.a.test", "aa.test", "b.test"])
        {
            _ = Store(name, 1, DataRank.AnswerAuth, 0);
        }

        _caches.Flush(DomainName.Parse("A.test"));

        Assert.False(_caches.RRsets.TryGet(Name("a.test"), RRType.A, 0, out _));
        Assert.False(_caches.RRsets.TryGet(Name("x.a.test"), RRType.A, 0, out _));
        Assert.True(_caches.RRsets.TryGet(Name("test"), RRType.A, 0, out _));
        Assert.True(_caches.RRsets.TryGet(Name("aa.test"), RRType.A, 0, out _));
        Assert.True(_caches.RRsets.TryGet(Name("b.test"), RRType.A, 0, out _));

        _caches.Flush(DomainName.Root);
        Assert.Equal(0, _caches.Entries);
    }

    private CachedRRset Store(string owner, byte last, DataRank rank, long now) =>
        _caches.StoreAddress(owner, last, (300, rank, now));

    private CachedRRset StoreBogus(string owner) => _caches.RRsets.Store(
        Address(owner, 300, 66), DataRank.AnswerAuth, SecurityStatus.Bogus, 0);
}
