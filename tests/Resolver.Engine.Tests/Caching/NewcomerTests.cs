// What is stored and not asked for: how long it stays, and whom it may push out.
using System;
using System.Buffers.Binary;
using Resolver.Wire;
using Xunit;
using static Resolver.Engine.Tests.CacheSamples;

namespace Resolver.Engine.Tests;

public sealed class NewcomerTests(ITestOutputHelper output)
{
    private readonly RRsetBuilder _builder = new();
    private readonly byte[] _name = new byte[32];

    [Theory(Explicit = true)]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_counted_for_an_entry_is_what_it_costs(bool areAskedAgain)
    {
        const int Count = 300_000;
        using ResolverCaches caches = NewCaches(new CacheOptions { Size = 1L << 30 });
        long before = GC.GetTotalMemory(true);
        for (uint i = 0; i < Count; i++)
        {
            Store(caches, i);
            Assert.True(!areAskedAgain || Has(caches, i));
        }

        double real = (double)(GC.GetTotalMemory(true) - before) / Count;
        double counted = (double)(caches.Bytes - caches.Answers.Bytes) / Count;
        output.WriteLine($"{real:F0} octets in memory, {counted:F0} counted, per entry");
        Assert.InRange(counted, real * 0.9, real * 1.2);
    }

    [Fact]
    public void A_newcomer_takes_a_fifth_of_what_an_object_takes()
    {
        using ResolverCaches caches = NewCaches(new CacheOptions { Size = 64L << 20 });
        long before = caches.Bytes;
        for (uint i = 0; i < 100_000; i++)
        {
            Store(caches, i);
        }

        double octets = (caches.Bytes - before) / 100_000.0;
        output.WriteLine($"{octets:F1} octets per newcomer");
        Assert.Equal(100_000, caches.Entries);
        Assert.InRange(octets, 64, 96);
    }

    [Fact]
    public void What_was_asked_for_again_leaves_no_hole_behind()
    {
        using ResolverCaches caches = NewCaches(new CacheOptions { Size = 64L << 20 });
        for (uint i = 0; i < 10_000; i++)
        {
            Store(caches, i);
            Assert.True(Has(caches, i));
        }

        long objects = 10_000 * (StoreShard.EntryCost + (2 * 17) + 34);
        Assert.InRange(caches.Bytes - caches.Answers.Bytes - objects, 0, 8 * 2 * NewcomerTier.ChunkSize);
    }

    [Fact]
    public void Newcomers_go_in_the_order_in_which_they_came()
    {
        using ResolverCaches caches = NewCaches(new CacheOptions { Size = CacheOptions.MinSize });
        uint stored = 0;
        for (; caches.Evictions < 5000; stored++)
        {
            Store(caches, stored);
        }

        // One shard: what is left is what came last.
        uint left = (uint)caches.Entries;
        for (uint i = 0; i < stored; i += 97)
        {
            Assert.Equal(i >= stored - left, Has(caches, i));
        }
    }

    [Fact]
    public void What_was_asked_for_again_is_not_pushed_out_by_newcomers()
    {
        using ResolverCaches caches = NewCaches(new CacheOptions { Size = CacheOptions.MinSize });
        StoreAndAskAgain(caches, 1000);

        for (uint i = 1000; i < 101_000; i++)
        {
            Store(caches, i);
        }

        Assert.True(caches.Evictions > 50_000);
        for (uint i = 0; i < 1000; i++)
        {
            Assert.True(Has(caches, i));
        }
    }

    [Fact]
    public void A_newcomer_has_time_to_be_asked_for_again_beside_a_store_full_of_objects()
    {
        using ResolverCaches caches = NewCaches(new CacheOptions { Size = CacheOptions.MinSize });
        StoreAndAskAgain(caches, 20_000);

        // A tenth of the store, at 80 octets each.
        for (uint i = 20_000; i < 40_000; i++)
        {
            Store(caches, i);
            Assert.True(i < 21_000 || Has(caches, i - 600));
        }

        Assert.InRange(caches.Bytes, 1, CacheOptions.MinSize);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_budget_holds_whatever_comes(int seed)
    {
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        using ResolverCaches caches = NewCaches(new CacheOptions { Size = CacheOptions.MinSize });
        byte[] rdata = new byte[PlainEntry.MaxBody * 2];
        for (int i = 0; i < 30_000; i++)
        {
            // Phases of floods, of popular names, of large sets, and of failures, which are always objects.
            int phase = i / 3000 % 4;
            uint name = (uint)random.Next(phase == 1 ? 3000 : 1_000_000);
            int length = phase == 2 ? random.Next(rdata.Length) : 4;
            _builder.Begin(Write(name), RRType.A, RRClass.IN);
            _builder.Add(rdata.AsSpan(0, length), 3600);
            CacheEntry stored = phase == 3
                ? caches.Failures.Store(
                    Write(name), RRType.A, new ExtendedError(ExtendedErrorCode.Other, ""), 0)
                : caches.RRsets.Store(_builder.Build(), DataRank.AnswerAuth, default, 0);
            Assert.False(stored.IsExpired(0));
            _ = Has(caches, (uint)random.Next(phase == 1 ? 3000 : 1_000_000));
            Assert.InRange(caches.Bytes, 1, CacheOptions.MinSize);
        }

        output.WriteLine($"{caches.Entries} entries, {caches.Bytes} octets, {caches.Evictions} evictions");
        caches.Flush(DomainName.Root);
        Assert.Equal(0, caches.Entries);
        Assert.Equal(caches.Answers.Bytes, caches.Bytes);
    }

    [Fact]
    public void What_fails_for_want_of_memory_changes_nothing()
    {
        using ResolverCaches caches = NewCaches();
        Store(caches, 1);
        caches.OnPublish = static () => throw new InvalidOperationException("no memory");
        Assert.Throws<InvalidOperationException>(() => Store(caches, 2));
        Assert.Throws<InvalidOperationException>(() => Has(caches, 1));
        caches.OnPublish = null;

        Assert.Equal(1, caches.Entries);
        Assert.True(Has(caches, 1));
        Assert.False(Has(caches, 2));
    }

    private bool Has(ResolverCaches caches, uint name) =>
        caches.RRsets.TryGet(Write(name), RRType.A, 0, out _);

    private void StoreAndAskAgain(ResolverCaches caches, uint count)
    {
        for (uint i = 0; i < count; i++)
        {
            Store(caches, i);
            Assert.True(Has(caches, i));
        }
    }

    private void Store(ResolverCaches caches, uint name)
    {
        _builder.Begin(Write(name), RRType.A, RRClass.IN);
        _builder.Add([192, 0, 2, 1], 3600);
        _ = caches.RRsets.Store(_builder.Build(), DataRank.AnswerAuth, SecurityStatus.Unchecked, 0);
    }

    // Eight hexadecimal digits below "test": no two names alike.
    private ReadOnlySpan<byte> Write(uint name)
    {
        Span<byte> octets = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(octets, name);
        _name[0] = 8;
        _ = Convert.TryToHexStringLower(octets, _name.AsSpan(1), out _);
        "\u0004test\0"u8.CopyTo(_name.AsSpan(9));
        return _name.AsSpan(0, 15);
    }
}
