// The caches' rules about what has expired, what was proved absent, and what TTLs may be.
using System;
using Resolver.Wire;
using Xunit;
using static Resolver.Engine.Tests.CacheSamples;

namespace Resolver.Engine.Tests;

public sealed class FreshnessRuleTests : IDisposable
{
    private static readonly EngineOptions Options = new() { RootHints = [] };

    private readonly ResolverCaches _caches = NewCaches();

    private LocalSources Local => new(_caches, Options);

    public void Dispose() => _caches.Dispose();

    [Fact]
    public void Below_a_name_that_is_proved_absent_there_is_nothing()
    {
        Deny("b.test", SecurityStatus.Secure);
        Assert.True(Local.TryFind(Ask("x.y.b.test"), 0, out LinkOutcome? found));
        Assert.Equal(LinkEnd.NameError, found.End);
        Assert.False(Local.TryFind(Ask("x.ab.test"), 0, out _));
        Assert.False(Local.TryFind(Ask("test"), 0, out _));
        Assert.False(Local.TryFind(Ask("x.y.b.test"), 301 * Second, out _));
    }

    [Fact]
    public void Below_a_name_that_is_only_said_to_be_absent_there_may_be_something()
    {
        Deny("b.test", SecurityStatus.Unchecked);
        Deny("c.test", SecurityStatus.Insecure);
        Assert.False(Local.TryFind(Ask("x.b.test"), 0, out _));
        Assert.False(Local.TryFind(Ask("x.c.test"), 0, out _));
    }

    [Fact]
    public void What_was_found_forged_does_not_stand_in_when_it_has_expired()
    {
        _ = _caches.RRsets.Store(Address("a.test", 300, 1), DataRank.AnswerAuth, SecurityStatus.Bogus, 0);
        Assert.Null(Local.FindStale(Ask("a.test"), 301 * Second, "", false));
    }

    [Fact]
    public void Forged_data_takes_the_place_of_expired_data_that_then_stands_in_no_more()
    {
        _ = _caches.RRsets.Store(Address("a.test", 300, 1), DataRank.AnswerAuth, SecurityStatus.Secure, 0);
        Assert.NotNull(Local.FindStale(Ask("a.test"), 301 * Second, "", false));
        _ = _caches.RRsets.Store(
            Address("a.test", 300, 2), DataRank.AnswerAuth, SecurityStatus.Bogus, 301 * Second);
        Assert.Null(Local.FindStale(Ask("a.test"), 302 * Second, "", false));
    }

    [Fact]
    public void The_newest_word_counts_when_everything_has_expired()
    {
        _ = _caches.StoreAddress("a.test", 1, (300, DataRank.AnswerAuth, 0));
        DenialEvidence evidence = new(Soa("test", 900, 300), null, SecurityStatus.Unchecked);
        _ = _caches.Denials.Store(
            new DenialSubject(Name("a.test"), RRType.Aaaa, DenialKind.NameError), evidence, 400 * Second);
        LinkOutcome? stale = Local.FindStale(Ask("a.test"), 800 * Second, "", false);
        Assert.Equal(LinkEnd.NameError, stale!.End);
        Assert.Equal(ExtendedErrorCode.StaleNXDomainAnswer, stale.Error!.Code);
    }

    [Fact]
    public void Expired_secure_data_yields_to_a_newer_denial()
    {
        _ = _caches.RRsets.Store(Address("a.test", 300, 1), DataRank.AnswerAuth, SecurityStatus.Secure, 0);
        _ = _caches.Denials.Store(
            new DenialSubject(Name("a.test"), RRType.A, DenialKind.NoData),
            new DenialEvidence(Soa("test", 900, 300), null, SecurityStatus.Insecure),
            301 * Second);
        Assert.False(_caches.RRsets.TryGetStale(Name("a.test"), RRType.A, 301 * Second, out _));
    }

    [Fact]
    public void Zero_TTLs_are_held_for_a_moment_and_neither_stand_in_nor_are_renewed()
    {
        CachedRRset zero = _caches.StoreAddress("a.test", 1, (0, DataRank.AnswerAuth, 0));
        Assert.True(_caches.RRsets.TryGet(Name("a.test"), RRType.A, 0, out CachedRRset? held));
        Assert.Equal(0u, held.RemainingTtl(0));
        Assert.False(_caches.RRsets.TryGetStale(Name("a.test"), RRType.A, Second, out _));
        Assert.Equal(long.MaxValue, zero.DueAt(ResolverLimits.Default));
    }

    [Fact]
    public void The_greatest_TTL_bounds_denials_too()
    {
        using ResolverCaches caches = NewCaches(new CacheOptions { MaxTtl = TimeSpan.FromSeconds(60) });
        CachedDenial denial = caches.StoreDenial(
            "a.test", DenialKind.NameError, new(Soa("test", 900, 300), null, SecurityStatus.Unchecked));
        Assert.Equal(60u, denial.Ttl);
    }

    private static Question Ask(string name) => new(DomainName.Parse(name), RRType.A, default);

    private void Deny(string name, SecurityStatus security) => _ = _caches.StoreDenial(
        name, DenialKind.NameError, new(Soa("test", 900, 300), null, security));
}
