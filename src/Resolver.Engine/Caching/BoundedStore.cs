// The memory behind RRsets, denials, delegations and failures: one dictionary, one budget, one queue of
// victims. MemoryCache (named in this file only) is the dictionary and the wall: its look-up by a span of
// characters takes no lock and allocates nothing. It judges no time (its clock stands still) and never
// evicts: at its limit it would refuse the new entry, so room is made below the limit, a few victims at a
// time, by SieveQueue.
// Writes of one key are ordered by the lock of its shard; reads see the entry before or the entry after.
using System;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Internal;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>A bounded, thread-safe map from keys (see <see cref="EntryKey"/>) to entries.</summary>
internal sealed class BoundedStore : IDisposable
{
    /// <summary>
    /// Octets that any entry costs beyond its key's characters and its content: the entry, its dictionary
    /// node and its MemoryCache entry. Measured, see the README of this folder.
    /// </summary>
    public const int EntryCost = 344;

    // A shard for each 4 MiB, until more would only spread the locks thinner.
    private const int MaxShards = 8;
    private const long ShardWorth = 4L << 20;
    private const int OctetsPerKeyCharacter = 2;
    private const int LargestShare = 4;

    private readonly MemoryCache _entries;
    private readonly Shard[] _shards;
    private readonly ReplacementEpochs _epochs;
    private readonly PresenceFilter _present;

    public BoundedStore(long budget, ReplacementEpochs epochs)
    {
        _epochs = epochs;
        _present = new PresenceFilter(budget);
        _shards = new Shard[Math.Clamp(budget / ShardWorth, 1, MaxShards)];
        for (int i = 0; i < _shards.Length; i++)
        {
            _shards[i] = new Shard((budget - _present.Size) / _shards.Length);
        }

        Budget = budget;
        _entries = new MemoryCache(new MemoryCacheOptions
        {
            Clock = new StandingClock(),
            ExpirationScanFrequency = TimeSpan.MaxValue,
            SizeLimit = budget + (budget / 8),
            CompactionPercentage = 0,
            TrackStatistics = false,
            TrackLinkedCacheEntries = false,
        });
    }

    /// <summary>
    /// Called before an entry is published, and may throw, as running out of memory would. Null: nothing is.
    /// </summary>
    public Action? OnPublish { get; set; }

    /// <summary>Octets that the entries may take.</summary>
    public long Budget { get; }

    /// <summary>Octets taken.</summary>
    public long Bytes => Sum(static shard => shard.Bytes);

    /// <summary>Count of entries, expired ones included.</summary>
    public long Count => Sum(static shard => shard.Queue.Count);

    /// <summary>Entries that had to go for others.</summary>
    public long Evictions => Sum(static shard => shard.Evictions);

    /// <summary>
    /// False when there is no entry of this owner, which spares writing the key and looking it up.
    /// </summary>
    public bool MayHold(uint owner) => _present.MayHold(owner);

    /// <summary>Finds an entry, expired or not. Takes no lock, allocates nothing.</summary>
    public bool TryGet<TEntry>(ReadOnlySpan<char> key, [NotNullWhen(true)] out TEntry? entry)
        where TEntry : CacheEntry
    {
        entry = _entries.TryGetValue(key, out object? value) ? (TEntry)value! : null;
        return entry is not null;
    }

    /// <summary>Remembers that an entry was of use.</summary>
    public static void MarkRead(CacheEntry entry)
    {
        // Read first: writing each time would move the line between processors.
        if (!entry.WasRead)
        {
            entry.WasRead = true;
        }
    }

    /// <summary>
    /// Puts an entry in, unless the one held does not yield to it; returns the one that prevails. One that is
    /// too large for the store is returned without being kept.
    /// </summary>
    public TEntry Put<TEntry>(ReadOnlySpan<char> key, KeyHash hash, TEntry candidate, long now)
        where TEntry : CacheEntry
    {
        Shard shard = ShardOf(hash.Whole);
        lock (shard.Gate)
        {
            // Most of what is put in is new: the filter spares looking for it.
            TEntry? held = null;
            if (MayHold(hash.Owner) && TryGet(key, out held) && !held.YieldsTo(candidate, now))
            {
                return held;
            }

            int size = EntryCost + (key.Length * OctetsPerKeyCharacter) + candidate.ContentSize;
            if (size > shard.Budget / LargestShare)
            {
                RemoveWrong(shard, held, now);
                return candidate;
            }

            candidate.Hash = hash.Whole;
            candidate.OwnerHash = hash.Owner;
            candidate.Size = size;
            MakeRoom(shard, size, now);
            string? heldKey = held?.Key;
            candidate.Key = heldKey ?? key.ToString();

            // First of all: what fails here (for want of memory) leaves everything as it was.
            OnPublish?.Invoke();
            Publish(candidate);
            if (heldKey is null)
            {
                shard.Queue.Add(candidate);
                _present.Add(hash.Owner);
            }
            else
            {
                shard.Queue.Replace(held!, candidate);
                shard.Bytes -= held!.Size;
                held.Key = null;
                held.Left();
            }

            shard.Bytes += size;
            candidate.Entered();
            if (held is not null && !held.SaysTheSameAs(candidate))
            {
                Displace(held, now);
            }

            return candidate;
        }
    }

    /// <summary>
    /// Removes an entry that proved wrong, unless it is more to be believed than what contradicts it; answers
    /// made of it die.
    /// </summary>
    public void Remove(ReadOnlySpan<char> key, KeyHash hash, SecurityStatus contradiction, long now)
    {
        // Seldom is there anything: look before taking the lock.
        if (!MayHold(hash.Owner) || !TryGet(key, out CacheEntry? _))
        {
            return;
        }

        Shard shard = ShardOf(hash.Whole);
        lock (shard.Gate)
        {
            if (TryGet(key, out CacheEntry? held) && YieldsTo(held, contradiction, now))
            {
                RemoveWrong(shard, held, now);
            }
        }
    }

    /// <summary>
    /// Removes everything whose owner is <paramref name="ancestor"/> (canonical) or below it.
    /// </summary>
    public int RemoveAtOrBelow(ReadOnlySpan<char> ancestor)
    {
        int removed = 0;
        foreach (Shard shard in _shards)
        {
            lock (shard.Gate)
            {
                CacheEntry? entry = shard.Queue.Oldest;
                while (entry is not null)
                {
                    CacheEntry? next = entry.Newer;
                    if (EntryKey.IsAtOrBelow(entry.Key, ancestor))
                    {
                        entry.Displace();
                        TakeOut(shard, entry);
                        removed++;
                    }

                    entry = next;
                }
            }
        }

        return removed;
    }

    /// <inheritdoc/>
    public void Dispose() => _entries.Dispose();

    // The high bits choose the shard, the low ones the epoch.
    private Shard ShardOf(uint hash) => _shards[(int)((hash >> 16) % (uint)_shards.Length)];

    // What has expired may still stand in for data that cannot be had; once that can be had it must not.
    private static bool YieldsTo(CacheEntry held, SecurityStatus contradiction, long now) =>
        held.YieldsToContradiction(contradiction)
        || (held.IsExpired(now) && contradiction != SecurityStatus.Bogus);

    private void MakeRoom(Shard shard, int size, long now)
    {
        while (shard.Bytes + size > shard.Budget && shard.Queue.FindVictim(now) is { } victim)
        {
            TakeOut(shard, victim);
            shard.Evictions++;
        }
    }

    private void RemoveWrong(Shard shard, CacheEntry? held, long now)
    {
        if (held is not null)
        {
            Displace(held, now);
            TakeOut(shard, held);
        }
    }

    // In this order: whoever reads the counter and then finds the entry not displaced has read the old
    // counter.
    private void Displace(CacheEntry held, long now)
    {
        held.Displace();
        if (!held.IsExpired(now))
        {
            _epochs.Raise(held.Hash);
        }
    }

    private void TakeOut(Shard shard, CacheEntry entry)
    {
        shard.Queue.Remove(entry);
        shard.Bytes -= entry.Size;
        _entries.Remove(entry.Key!);
        _present.Remove(entry.OwnerHash);
        entry.Key = null;
        entry.Left();
    }

    private void Publish(CacheEntry entry)
    {
        using ICacheEntry slot = _entries.CreateEntry(entry.Key!);
        slot.Size = entry.Size;
        slot.Value = entry;
    }

    private long Sum(Func<Shard, long> count)
    {
        long sum = 0;
        foreach (Shard shard in _shards)
        {
            lock (shard.Gate)
            {
                sum += count(shard);
            }
        }

        return sum;
    }

    private sealed class Shard(long budget)
    {
        public Lock Gate { get; } = new();

        public SieveQueue Queue { get; } = new();

        public long Budget { get; } = budget;

        public long Bytes { get; set; }

        public long Evictions { get; set; }
    }

    // TTLs are judged by whoever reads; a clock that stands still keeps MemoryCache from judging and from
    // scanning.
    private sealed class StandingClock : ISystemClock
    {
        public DateTimeOffset UtcNow => DateTimeOffset.UnixEpoch;
    }
}
