// Budgets under floods, and what is kept: popular names beside scans, compared with plain LRU.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Resolver.Wire;
using Xunit;
using static Resolver.Engine.Tests.CacheSamples;

namespace Resolver.Engine.Tests;

/// <summary>What the stores keep when they may not keep everything.</summary>
public sealed class EvictionTests(ITestOutputHelper output)
{
    private readonly RRsetBuilder _builder = new();
    private readonly byte[] _copy = new byte[4096];

    [Fact]
    public void A_flood_of_random_names_stays_within_the_budget() => Flood(100_000, 4L << 20);

    [Fact(Explicit = true)]
    public void Ten_million_random_names_stay_within_the_budget() => Flood(10_000_000, 32L << 20);

    [Fact]
    public void Popular_sets_survive_a_scan_better_than_with_least_recently_used()
    {
        const int Seed = 20240601;
        using ResolverCaches caches = NewCaches(new CacheOptions { Size = 4L << 20 });
        Traffic traffic = new(Seed, names: 20_000, scans: 0.5);
        LruModel lru = new(capacity: 12_000);
        int asked = 0;
        int hits = 0;
        int lruHits = 0;
        for (int i = 0; i < 250_000; i++)
        {
            uint name = traffic.Next(out bool isScan);
            bool hit = TryGetOrStore(caches, name);
            bool lruHit = lru.TouchOrAdd(name);
            if (!isScan && i > 100_000)
            {
                asked++;
                hits += hit ? 1 : 0;
                lruHits += lruHit ? 1 : 0;
            }
        }

        output.WriteLine($"seed {Seed}: {caches.Entries} entries; sieve {100.0 * hits / asked:F1} %, "
            + $"LRU of {lru.Capacity} {100.0 * lruHits / asked:F1} %");
        Assert.True(caches.Entries <= lru.Capacity);
        Assert.True(hits > lruHits);
    }

    [Fact]
    public void The_hot_set_is_served_through_a_scan_ten_times_the_cache()
    {
        const uint Hot = 1_000;
        using ResolverCaches caches = NewCaches(new CacheOptions { Size = 4L << 20 });
        Traffic traffic = new(7, names: (int)Hot, scans: 0);
        int asked = 0;
        int hits = 0;
        for (uint i = 0; i < 100_000; i++)
        {
            hits += TryGetOrStore(caches, traffic.Next(out _)) && i > 20_000 ? 1 : 0;
            asked += i > 20_000 ? 1 : 0;
            _ = TryGetOrStore(caches, Hot + 1_000 + i);
        }

        output.WriteLine($"seed 7: hot set {100.0 * hits / asked:F2} %, {caches.Evictions} evictions");
        Assert.True(hits >= asked * 0.95);
    }

    [Fact]
    public void What_is_of_no_use_any_more_goes_first()
    {
        using ResolverCaches caches = NewCaches(
            new CacheOptions { Size = 1L << 20, StaleMaxAge = TimeSpan.Zero });
        Span<byte> wire = stackalloc byte[16];
        _ = caches.StoreAddress("old.test", 1, (10, DataRank.AnswerAuth, 0));
        Assert.True(caches.RRsets.TryGet(Name("old.test"), RRType.A, 0, out _));
        long full = 0;
        for (uint i = 0; caches.Evictions == 0; i++)
        {
            full = caches.Entries;
            Store(caches, i, 20 * Second);
            _ = caches.RRsets.TryGet(Write(wire, i), RRType.A, 20 * Second, out _);
        }

        Assert.Equal(full, caches.Entries);
        Assert.False(caches.RRsets.TryGetStale(Name("old.test"), RRType.A, 0, out _));
    }

    [Fact]
    public void What_is_too_large_for_the_store_is_only_returned()
    {
        using ResolverCaches caches = NewCaches(new CacheOptions { Size = 1L << 20 });
        RRsetBuilder builder = new();
        builder.Begin(Name("big.test"), RRType.Txt, RRClass.IN);
        for (int i = 0; i < 8; i++)
        {
            byte[] rdata = new byte[60_000];
            rdata[0] = (byte)i;
            builder.Add(rdata, 300);
        }

        CachedRRset stored = caches.RRsets.Store(
            builder.Build(), DataRank.AnswerAuth, SecurityStatus.Unchecked, 0);

        Assert.Equal(8, stored.Set.Count);
        Assert.Equal(0, caches.Entries);
    }

    [Fact]
    public void Popular_answers_survive_a_scan_and_the_share_is_kept()
    {
        const int Seed = 11;
        const int Hot = 500;
        using ResolverCaches caches = NewCaches(new CacheOptions { Size = 4L << 20 });
        Traffic traffic = new(Seed, Hot, scans: 0);
        int asked = 0;
        int hits = 0;
        for (uint i = 0; i < 100_000; i++)
        {
            bool hit = TryCopyOrStore(caches, traffic.Next(out _));
            hits += hit && i > 20_000 ? 1 : 0;
            asked += i > 20_000 ? 1 : 0;
            _ = TryCopyOrStore(caches, 1_000_000 + i);
        }

        output.WriteLine($"seed {Seed}: hot answers {100.0 * hits / asked:F2} %, "
            + $"{caches.Answers.Count} answers, {caches.Answers.Evictions} evictions, "
            + $"{caches.Answers.Bytes} octets");
        Assert.InRange(caches.Answers.Bytes, 1, 1L << 20);
        Assert.True(hits >= asked * 0.95);
    }

    [Fact]
    public void Answers_of_a_size_that_comes_late_get_room_too()
    {
        using ResolverCaches caches = NewCaches(new CacheOptions { Size = 4L << 20 });
        for (uint i = 0; i < 20_000; i++)
        {
            _ = TryCopyOrStore(caches, i);
        }

        byte[] name = Name("large.test");
        CachedRRset large = caches.RRsets.Store(
            Large(name), DataRank.AnswerAuth, SecurityStatus.Unchecked, 0);
        Assert.True(caches.Answers.Evictions > 0);
        Assert.True(caches.StoreAnswer(large, 0));
        Assert.True(caches.HasAnswer("large.test", 0));
    }

    private void Flood(int names, long size)
    {
        const int Seed = 5;
        CacheOptions options = new() { Size = size };
        using ResolverCaches caches = NewCaches(options);
        Random random = new(Seed);
        for (int i = 0; i < names; i++)
        {
            Store(caches, (uint)random.Next(), 0);
            Assert.True(i % 1000 != 0 || caches.Bytes <= options.Size);
        }

        output.WriteLine($"seed {Seed}: {names} names, {caches.Entries} entries, "
            + $"{caches.Bytes} octets counted, {caches.Evictions} evictions");
        Assert.InRange(caches.Bytes, 1, options.Size);
        Assert.True(caches.Evictions > names / 4);
    }

    private bool TryGetOrStore(ResolverCaches caches, uint name)
    {
        Span<byte> wire = stackalloc byte[16];
        if (caches.RRsets.TryGet(Write(wire, name), RRType.A, 0, out _))
        {
            return true;
        }

        Store(caches, name, 0);
        return false;
    }

    private bool TryCopyOrStore(ResolverCaches caches, uint name)
    {
        Span<byte> wire = stackalloc byte[16];
        if (caches.Answers.TryCopy(caches.Answers.Key(Write(wire, name)), 0, _copy, out _))
        {
            return true;
        }

        Assert.True(caches.StoreAnswer(Store(caches, name, 0), 0));
        return false;
    }

    private CachedRRset Store(ResolverCaches caches, uint name, long now)
    {
        Span<byte> wire = stackalloc byte[16];
        _builder.Begin(Write(wire, name), RRType.A, RRClass.IN);
        _builder.Add([192, 0, 2, 1], 3600);
        return caches.RRsets.Store(_builder.Build(), DataRank.AnswerAuth, SecurityStatus.Unchecked, now);
    }

    private static RRset Large(byte[] name)
    {
        RRsetBuilder builder = new();
        builder.Begin(name, RRType.A, RRClass.IN);
        for (byte i = 0; i < 150; i++)
        {
            builder.Add([192, 0, 2, i], 3600);
        }

        return builder.Build();
    }

    // Eight hexadecimal digits below "test": no two names alike.
    private static ReadOnlySpan<byte> Write(Span<byte> wire, uint name)
    {
        wire[0] = 8;
        Span<byte> octets = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(octets, name);
        _ = Convert.TryToHexStringLower(octets, wire[1..], out _);
        "\u0004test\0"u8.CopyTo(wire[9..]);
        return wire[..15];
    }

    // Zipf-distributed names, mixed with names that come once.
    private sealed class Traffic
    {
        private readonly Random _random;
        private readonly double[] _cumulative;
        private readonly double _scans;
        private uint _scan = uint.MaxValue / 2;

        public Traffic(int seed, int names, double scans)
        {
            _random = new Random(seed);
            _scans = scans;
            _cumulative = new double[names];
            double sum = 0;
            for (int i = 0; i < names; i++)
            {
                sum += 1.0 / Math.Pow(i + 1, 0.9);
                _cumulative[i] = sum;
            }
        }

        public uint Next(out bool isScan)
        {
            isScan = _random.NextDouble() < _scans;
            if (isScan)
            {
                return _scan++;
            }

            int found = Array.BinarySearch(_cumulative, _random.NextDouble() * _cumulative[^1]);
            return (uint)(found >= 0 ? found : ~found);
        }
    }

    private sealed class LruModel(int capacity)
    {
        private readonly Dictionary<uint, LinkedListNode<uint>> _nodes = [];
        private readonly LinkedList<uint> _order = new();

        public int Capacity { get; } = capacity;

        public bool TouchOrAdd(uint name)
        {
            if (_nodes.TryGetValue(name, out LinkedListNode<uint>? node))
            {
                _order.Remove(node);
                _order.AddFirst(node);
                return true;
            }

            if (_nodes.Count == Capacity)
            {
                _ = _nodes.Remove(_order.Last!.Value);
                _order.RemoveLast();
            }

            _nodes[name] = _order.AddFirst(name);
            return false;
        }
    }
}
