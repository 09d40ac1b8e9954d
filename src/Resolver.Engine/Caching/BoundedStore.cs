// The memory behind RRsets, denials, delegations and failures: one budget and two tiers. What is new and can
// be written as octets is kept so (NewcomerTier); when it is looked for, it becomes an object and moves to
// the second tier, where all else is from the beginning: a dictionary (EntryTable) that readers look into
// without a lock, and a queue of victims (SieveQueue).
// Writes of one key, and moves between the tiers, are ordered by the lock of its shard; reads see the entry
// before or the entry after.
using System;
using System.Diagnostics.CodeAnalysis;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>A bounded, thread-safe map from keys (see <see cref="EntryKey"/>) to entries.</summary>
internal sealed class BoundedStore : IDisposable
{
    // A shard for each 4 MiB, until more would only spread the locks thinner.
    private const int MaxShards = 8;
    private const long ShardWorth = 4L << 20;

    private readonly EntryTable _table;
    private readonly StoreParts _parts;
    private readonly StoreShard[] _shards;

    public BoundedStore(long budget, ReplacementEpochs epochs, CacheTimes times)
    {
        PresenceFilter present = new(budget);
        _table = new EntryTable(budget);
        _parts = new StoreParts(_table, present, epochs, times);
        _shards = new StoreShard[Math.Clamp(budget / ShardWorth, 1, MaxShards)];
        for (int i = 0; i < _shards.Length; i++)
        {
            _shards[i] = new StoreShard((budget - present.Size) / _shards.Length, _parts);
        }

        Budget = budget;
    }

    /// <summary>
    /// Called before an entry is published, and may throw, as running out of memory would. Null: nothing is.
    /// </summary>
    public Action? OnPublish { set => _parts.OnPublish = value; }

    /// <summary>Octets that the entries may take.</summary>
    public long Budget { get; }

    /// <summary>Octets taken.</summary>
    public long Bytes => Sum(static shard => shard.Room.Bytes);

    /// <summary>Count of entries, expired ones included.</summary>
    public long Count => Sum(static shard => shard.Room.Count);

    /// <summary>Entries that had to go for others.</summary>
    public long Evictions => Sum(static shard => shard.Room.Evictions);

    /// <summary>
    /// False when there is no entry of this owner, which spares writing the key and looking it up.
    /// </summary>
    public bool MayHold(uint owner) => _parts.Present.MayHold(owner);

    /// <summary>Finds an object, expired or not. Takes no lock, allocates nothing.</summary>
    public bool TryGet<TEntry>(ReadOnlySpan<char> key, [NotNullWhen(true)] out TEntry? entry)
        where TEntry : CacheEntry => _table.TryGet(key, out entry);

    /// <summary>
    /// Finds an entry, expired or not. A newcomer becomes an object: it has been asked for again.
    /// </summary>
    public bool TryGet<TEntry>(
        ReadOnlySpan<char> key, KeyHash hash, long now, [NotNullWhen(true)] out TEntry? entry)
        where TEntry : CacheEntry
    {
        if (TryGet(key, out entry))
        {
            return true;
        }

        StoreShard shard = ShardOf(hash);
        lock (shard.Gate)
        {
            entry = (TEntry?)shard.Find(new StoreKey(key, hash), now);
            return entry is not null;
        }
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
        StoreShard shard = ShardOf(hash);
        lock (shard.Gate)
        {
            return (TEntry)shard.Put(new StoreKey(key, hash), candidate, now);
        }
    }

    /// <summary>
    /// Removes an entry that proved wrong, unless it is more to be believed than what contradicts it; answers
    /// made of it die. True when there was one.
    /// </summary>
    public bool Remove(ReadOnlySpan<char> key, KeyHash hash, SecurityStatus contradiction, long now)
    {
        // Seldom is there anything: look before taking the lock.
        if (!MayHold(hash.Owner)
            || (!NewcomerTier.MayHold(new StoreKey(key, hash).Kind) && !TryGet(key, out CacheEntry? _)))
        {
            return false;
        }

        StoreShard shard = ShardOf(hash);
        lock (shard.Gate)
        {
            return shard.Remove(new StoreKey(key, hash), contradiction, now);
        }
    }

    /// <summary>
    /// Removes everything whose owner is <paramref name="ancestor"/> (canonical) or below it.
    /// </summary>
    public int RemoveAtOrBelow(ReadOnlySpan<char> ancestor)
    {
        int removed = 0;
        foreach (StoreShard shard in _shards)
        {
            lock (shard.Gate)
            {
                removed += shard.RemoveAtOrBelow(ancestor);
            }
        }

        return removed;
    }

    /// <inheritdoc/>
    public void Dispose() => _table.Dispose();

    // The high bits choose the shard, the low ones the epoch.
    private StoreShard ShardOf(KeyHash hash) => _shards[(int)((hash.Whole >> 16) % (uint)_shards.Length)];

    private long Sum(Func<StoreShard, long> count)
    {
        long sum = 0;
        foreach (StoreShard shard in _shards)
        {
            lock (shard.Gate)
            {
                sum += count(shard);
            }
        }

        return sum;
    }
}
