// The closest cut, and that no child outlives the word of its parent (ghost domains).
using System;
using System.Runtime.CompilerServices;
using Resolver.Wire;
using Xunit;
using static Resolver.Engine.Tests.CacheSamples;

namespace Resolver.Engine.Tests;

public sealed class DelegationCacheTests : IDisposable
{
    private const long Hour = 3600 * Second;
    private const long Day = 24 * Hour;

    private readonly ResolverCaches _caches = NewCaches();

    public void Dispose() => _caches.Dispose();

    [Fact]
    public void The_deepest_cut_at_or_above_a_name_is_found()
    {
        StoreAll(".", "com", "example.com");

        Assert.Equal("example.com.", Closest("www.EXAMPLE.com", 0));
        Assert.Equal("example.com.", Closest("example.com", 0));
        Assert.Equal("com.", Closest("xample.com", 0));
        Assert.Equal(".", Closest("net", 0));
        Assert.Equal(".", Closest(".", 0));
    }

    [Fact]
    public void Strictly_above_leaves_out_the_name_itself()
    {
        StoreAll(".", "com", "example.com");

        Assert.True(_caches.Delegations.TryGetStrictlyAbove(Name("example.com"), 0, out Delegation? above));
        Assert.Equal("com.", above.Zone.ToString());
        Assert.False(_caches.Delegations.TryGetStrictlyAbove(Name("."), 0, out _));
    }

    [Fact]
    public void An_expired_cut_is_passed_over_for_the_one_above()
    {
        StoreAll(".", "com");
        _ = _caches.Delegations.Store(NewDelegation("example.com", Hour), 0);

        Assert.Equal("example.com.", Closest("www.example.com", Hour - 1));
        Assert.Equal("com.", Closest("www.example.com", Hour));
    }

    [Fact]
    public void Large_ones_take_no_memory_once_the_store_has_let_them_go()
    {
        WeakReference found = FindLarge();
        _ = _caches.Flush(DomainName.Root);
        GC.Collect();
        Assert.False(found.IsAlive);
    }

    [Fact]
    public void One_found_before_is_found_no_more_once_it_was_replaced_forgotten_or_flushed()
    {
        StoreAll(".", "com", "example.com");
        Assert.Equal("example.com.", Closest("www.example.com", 0));

        _ = _caches.Delegations.Store(NewDelegation("example.com", Hour), 0);
        Assert.True(_caches.Delegations.TryGetClosest(Name("www.example.com"), 0, out Delegation? newer));
        Assert.Equal(Hour, newer.ExpiresAt);

        _caches.Delegations.Forget(Name("example.com"));
        Assert.Equal("com.", Closest("www.example.com", 0));

        _ = _caches.Flush(DomainName.Parse("com"));
        Assert.Equal(".", Closest("www.example.com", 0));
    }

    [Fact]
    public void Those_of_many_zones_are_told_apart_by_more_than_their_place()
    {
        for (int i = 0; i < 500; i++)
        {
            StoreAll($"z{i}.com");
        }

        for (int round = 0; round < 2; round++)
        {
            for (int i = 0; i < 500; i++)
            {
                Assert.Equal($"z{i}.com.", Closest($"www.z{i}.com", 0));
            }
        }
    }

    [Fact]
    public void Nothing_is_found_when_not_even_the_root_is_known()
    {
        Assert.False(_caches.Delegations.TryGetClosest(Name("www.example.com"), 0, out _));
    }

    [Fact]
    public void A_delegation_lives_no_longer_than_the_longest_ttl()
    {
        Delegation stored = _caches.Delegations.Store(NewDelegation("com", 30 * Day), 5);

        Assert.Equal(Day + 5, stored.ExpiresAt);
    }

    [Fact]
    public void Delegations_of_a_zone_end_with_its_own()
    {
        StoreAll(".", "com");
        _ = _caches.Delegations.Store(NewDelegation("ghost.com", Hour), 0);

        Delegation child = _caches.Delegations.Store(NewDelegation("a.ghost.com", Day), Hour - Second);
        Delegation grandchild = _caches.Delegations.Store(NewDelegation("b.a.ghost.com", Day), Hour - 1);

        Assert.Equal(Hour, child.ExpiresAt);
        Assert.Equal(Hour, grandchild.ExpiresAt);
        Assert.Equal("com.", Closest("www.b.a.ghost.com", Hour));
    }

    [Fact]
    public void The_end_of_the_root_s_own_set_does_not_end_the_top_level()
    {
        _ = _caches.Delegations.Store(NewDelegation(".", Hour), 0);

        Assert.Equal(Day, _caches.Delegations.Store(NewDelegation("com", Day), 0).ExpiresAt);
    }

    [Fact]
    public void The_parent_s_newest_word_counts()
    {
        _ = _caches.Delegations.Store(NewDelegation("com", Day), 0);
        Delegation second = _caches.Delegations.Store(NewDelegation("com", Hour), Second);

        Assert.True(_caches.Delegations.TryGetClosest(Name("com"), Second, out Delegation? found));
        Assert.Same(second, found);
    }

    [Fact]
    public void A_forgotten_delegation_is_gone()
    {
        StoreAll(".", "com");
        _caches.Delegations.Forget(Name("com"));

        Assert.Equal(".", Closest("example.com", 0));
    }

    private void StoreAll(params string[] zones)
    {
        foreach (string zone in zones)
        {
            _ = _caches.Delegations.Store(NewDelegation(zone, Day), 0);
        }
    }

    private string Closest(string name, long now)
    {
        Assert.True(_caches.Delegations.TryGetClosest(Name(name), now, out Delegation? found));
        return found.Zone.ToString();
    }

    // On a stack of its own, so that nothing but the cache can hold it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference FindLarge()
    {
        DelegationDraft draft = new();
        _ = draft.Begin();
        for (int server = 0; server < 13; server++)
        {
            _ = draft.AddServer(Name($"ns{server}.{new string('x', 60)}.{new string('y', 60)}.example.com"));
            _ = draft.AddAddress(InetAddress.Parse("2001:db8::1"));
        }

        DomainName zone = DomainName.Parse("example.com");
        _ = _caches.Delegations.Store(new Delegation(zone, draft.Octets, Day), 0);
        Assert.True(_caches.Delegations.TryGetClosest(zone.Wire, 0, out Delegation? found));
        Assert.True(_caches.Delegations.TryGetClosest(zone.Wire, 0, out found));
        Assert.InRange(found.Size, 2049, int.MaxValue);
        return new WeakReference(found);
    }
}
