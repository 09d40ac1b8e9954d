// RFC 2308: what a denial covers, how long it lives, and what it displaces or yields to.
using System;
using Resolver.Wire;
using Xunit;
using static Resolver.Engine.Tests.CacheSamples;

namespace Resolver.Engine.Tests;

public sealed class DenialCacheTests : IDisposable
{
    private readonly ResolverCaches _caches = NewCaches();

    public void Dispose() => _caches.Dispose();

    [Fact]
    public void A_name_error_holds_for_any_type_and_for_that_name_alone()
    {
        _ = _caches.StoreDenial("no.test", DenialKind.NameError, Evidence());

        Assert.True(_caches.Denials.TryGet(Name("NO.test"), RRType.MX, 0, out CachedDenial? found));
        Assert.Equal(DenialKind.NameError, found.Kind);
        Assert.False(_caches.Denials.TryGet(Name("test"), RRType.A, 0, out _));
        Assert.False(_caches.Denials.TryGet(Name("a.no.test"), RRType.A, 0, out _));
    }

    [Fact]
    public void A_nodata_holds_for_its_type_alone()
    {
        _ = _caches.StoreDenial("some.test", DenialKind.NoData, Evidence());

        Assert.True(_caches.Denials.TryGet(Name("some.test"), RRType.A, 0, out CachedDenial? found));
        Assert.Equal(DenialKind.NoData, found.Kind);
        Assert.False(_caches.Denials.TryGet(Name("some.test"), RRType.Aaaa, 0, out _));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_denies_a_name_from_above_is_forgotten_with_it_and_without_memory(bool wasRead)
    {
        _ = _caches.StoreDenial("no.test", DenialKind.NameError, Evidence());
        Assert.True(!wasRead || _caches.Denials.TryGet(Name("no.test"), RRType.A, 0, out _));
        _caches.OnPublish = static () => throw new InvalidOperationException("no memory");

        Assert.Equal(1, _caches.Flush(DomainName.Parse("a.b.no.test")));
        Assert.Equal(0, _caches.Flush(DomainName.Parse("a.b.no.test")));
        Assert.False(_caches.Denials.TryGet(Name("no.test"), RRType.A, 0, out _));
    }

    [Theory]
    [InlineData(900, 300, 300)]
    [InlineData(60, 300, 60)]
    [InlineData(86400, 86400, 3600)]
    public void A_denial_lives_by_the_least_of_soa_ttl_soa_minimum_and_the_bound(
        uint ttl, uint minimum, uint expected)
    {
        CachedDenial stored = _caches.StoreDenial(
            "no.test", DenialKind.NameError, Evidence() with { Soa = Soa("test", ttl, minimum) });

        Assert.Equal(expected, stored.Ttl);
        Assert.True(_caches.Denials.TryGet(Name("no.test"), RRType.A, (expected * Second) - 1, out _));
        Assert.False(_caches.Denials.TryGet(Name("no.test"), RRType.A, expected * Second, out _));
    }

    [Fact]
    public void A_denial_without_soa_is_held_for_a_moment_only()
    {
        _ = _caches.StoreDenial("no.test", DenialKind.NameError, Evidence() with { Soa = default });

        Assert.True(_caches.Denials.TryGet(Name("no.test"), RRType.A, 0, out _));
        Assert.False(_caches.Denials.TryGet(Name("no.test"), RRType.A, Second, out _));
    }

    [Fact]
    public void Data_that_turns_up_removes_the_denial()
    {
        _ = _caches.StoreDenial("a.test", DenialKind.NameError, Evidence());
        _ = _caches.StoreDenial("b.test", DenialKind.NoData, Evidence());
        _ = _caches.StoreAddress("a.test", 1, (300, DataRank.AnswerAuth, 0));
        _ = _caches.StoreAddress("b.test", 1, (300, DataRank.AnswerAuth, 0));

        Assert.False(_caches.Denials.TryGet(Name("a.test"), RRType.A, 0, out _));
        Assert.False(_caches.Denials.TryGet(Name("b.test"), RRType.A, 0, out _));
    }

    [Fact]
    public void Glue_does_not_remove_a_denial()
    {
        _ = _caches.StoreDenial("a.test", DenialKind.NameError, Evidence());
        _ = _caches.StoreAddress("a.test", 1, (300, DataRank.Additional, 0));

        Assert.True(_caches.Denials.TryGet(Name("a.test"), RRType.A, 0, out _));
    }

    [Fact]
    public void A_denial_removes_the_data_that_it_denies()
    {
        _ = _caches.StoreAddress("a.test", 1, (300, DataRank.AnswerAuth, 0));
        _ = _caches.StoreDenial("a.test", DenialKind.NoData, Evidence());

        Assert.False(_caches.RRsets.TryGet(Name("a.test"), RRType.A, 0, out _));
    }

    [Fact]
    public void A_forged_denial_does_not_push_out_validated_data()
    {
        _ = _caches.RRsets.Store(Address("a.test", 300, 1), DataRank.AnswerAuth, SecurityStatus.Secure, 0);
        _ = _caches.StoreDenial("a.test", DenialKind.NameError, Evidence());

        Assert.True(_caches.RRsets.TryGet(Name("a.test"), RRType.A, 0, out _));
    }

    [Fact]
    public void Unchecked_data_does_not_push_out_a_validated_denial()
    {
        CachedDenial secure = _caches.StoreDenial(
            "a.test", DenialKind.NameError, Evidence() with { Security = SecurityStatus.Secure });
        _ = _caches.StoreAddress("a.test", 66, (300, DataRank.AnswerAuth, 0));
        CachedDenial forged = _caches.StoreDenial("a.test", DenialKind.NameError, Evidence());

        Assert.Equal(SecurityStatus.Secure, forged.Security);
        Assert.True(_caches.Denials.TryGet(Name("a.test"), RRType.A, 0, out CachedDenial? found));
        Assert.Same(forged, found);
        Assert.Equal((secure.Kind, secure.ExpiresAt), (found.Kind, found.ExpiresAt));
    }

    [Fact]
    public void A_nodata_proves_the_name_and_so_removes_its_name_error()
    {
        _ = _caches.StoreDenial("a.test", DenialKind.NameError, Evidence());
        _ = _caches.StoreDenial("a.test", DenialKind.NoData, Evidence());

        Assert.False(_caches.Denials.TryGet(Name("a.test"), RRType.MX, 0, out _));
        Assert.True(_caches.Denials.TryGet(Name("a.test"), RRType.A, 0, out _));
    }

    private static DenialEvidence Evidence() => new(Soa("test", 900, 300), null, SecurityStatus.Unchecked);
}
