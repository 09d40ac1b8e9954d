// The dictionary of entries that are objects. MemoryCache (named in this file only) is the dictionary and the
// wall: its look-up by a span of characters takes no lock and allocates nothing. It judges no time (its clock
// stands still) and never evicts: at its limit it would refuse the new entry, so whoever puts one in makes
// room below the limit first.
using System;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Internal;

namespace Resolver.Engine;

/// <summary>Entries by key (see <see cref="EntryKey"/>). Thread-safe.</summary>
internal sealed class EntryTable(long budget) : IDisposable
{
    private readonly MemoryCache _entries = new(new MemoryCacheOptions
    {
        Clock = new StandingClock(),
        ExpirationScanFrequency = TimeSpan.MaxValue,
        SizeLimit = budget + (budget / 8),
        CompactionPercentage = 0,
        TrackStatistics = false,
        TrackLinkedCacheEntries = false,
    });

    /// <summary>Finds an entry, expired or not. Takes no lock, allocates nothing.</summary>
    public bool TryGet<TEntry>(ReadOnlySpan<char> key, [NotNullWhen(true)] out TEntry? entry)
        where TEntry : CacheEntry
    {
        entry = _entries.TryGetValue(key, out object? value) ? (TEntry)value! : null;
        return entry is not null;
    }

    /// <summary>Puts an entry in, in the place of any other of its key.</summary>
    public void Publish(CacheEntry entry)
    {
        using ICacheEntry slot = _entries.CreateEntry(entry.Key!);
        slot.Size = entry.Size;
        slot.Value = entry;
    }

    /// <summary>Takes an entry out.</summary>
    public void Remove(CacheEntry entry) => _entries.Remove(entry.Key!);

    /// <inheritdoc/>
    public void Dispose() => _entries.Dispose();

    // TTLs are judged by whoever reads; a clock that stands still keeps MemoryCache from judging and from
    // scanning.
    private sealed class StandingClock : ISystemClock
    {
        public DateTimeOffset UtcNow => DateTimeOffset.UnixEpoch;
    }
}
