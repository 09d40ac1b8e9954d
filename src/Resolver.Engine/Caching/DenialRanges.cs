// The ranges of validated zones in which no name exists, ordered, so that one proof serves all names in it
// (RFC 8198). The ranges are entries of the common store and fall to its eviction like others; the order
// is kept here, one lock over all zones: it is taken by what misses the caches and is about to ask
// somebody.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Threading;
using Resolver.Dnssec;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>The proven ranges known. Thread-safe.</summary>
internal sealed class DenialRanges
{
    private const int SoaTail = 5 * sizeof(uint);

    private readonly BoundedStore _store;
    private readonly CacheTimes _times;
    private readonly ulong _secret;
    private readonly Lock _gate = new();
    private readonly Dictionary<DomainName, RangeOrder> _zones = [];
    private int _count;

    internal DenialRanges(BoundedStore store, CacheTimes times, ulong secret)
    {
        _store = store;
        _times = times;
        _secret = secret;
    }

    /// <summary>Count of ranges.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>
    /// Keeps a range that came at <paramref name="cameAt"/>. It lives no longer than its own TTL, than the
    /// SOA lets denials live, and than its signatures (RFC 8198 §5.4, RFC 9077). One that came without an
    /// SOA, beside a wildcard's answer, can be the proof of such answers alone, and takes nobody's place who
    /// can do more.
    /// </summary>
    public void Store(DomainName zone, in ProvenRange proven, long cameAt, long now)
    {
        if (!TryReadBound(proven.Soa, out uint bound))
        {
            return;
        }

        uint ttl = Math.Min(Math.Min(proven.Set.Ttl, bound), proven.MaxTtl);
        CachedRange range = new(this, zone, proven, _times.OfDenial(ttl, ttl, cameAt));
        if (range.RemainingTtl(now) == 0 || !IsOf(range) || (!range.MayDeny && IsHeld(range, now)))
        {
            return;
        }

        Span<char> buffer = stackalloc char[EntryKey.MaxLength];
        RRType type = proven.Set.Type;
        ReadOnlySpan<byte> owner = proven.Set.Owner;
        ReadOnlySpan<char> key = EntryKey.Write(owner, type, EntryKind.Range, buffer);
        _ = _store.Put(key, EntryKey.Hash(owner, type, EntryKind.Range, _secret), range, now);
    }

    /// <summary>The deepest zone at or above a name of which ranges are known.</summary>
    public bool TryFindZone(DomainName name, out DomainName zone, out CachedRange any)
    {
        zone = name;
        any = null!;
        if (Count == 0)
        {
            return false;
        }

        lock (_gate)
        {
            RangeOrder? order;
            while (!_zones.TryGetValue(zone, out order))
            {
                if (zone.IsRoot)
                {
                    return false;
                }

                zone = zone.Parent;
            }

            any = order.First;
            return true;
        }
    }

    /// <summary>The NSEC of a zone that matches or may cover a name, if it is fresh.</summary>
    public CachedRange? Find(DomainName zone, ReadOnlySpan<byte> name, long now)
    {
        lock (_gate)
        {
            return Fresh(_zones.GetValueOrDefault(zone)?.Find(name), now);
        }
    }

    /// <summary>The NSEC3 of a zone that matches or may cover a hash, if it is fresh.</summary>
    public CachedRange? Find(DomainName zone, NameHash hash, long now)
    {
        lock (_gate)
        {
            return Fresh(_zones.GetValueOrDefault(zone)?.Find(hash), now);
        }
    }

    /// <summary>
    /// Forgets the ranges that deny a name, or might: of each zone at or above it the NSEC at or before it, or
    /// every NSEC3. Returns their count.
    /// </summary>
    public int Forget(DomainName name)
    {
        List<CachedRange> found = [];
        lock (_gate)
        {
            for (DomainName zone = name; _zones.Count > 0; zone = zone.Parent)
            {
                _zones.GetValueOrDefault(zone)?.CopyWhatMayDeny(name.Wire, found);
                if (zone.IsRoot)
                {
                    break;
                }
            }
        }

        // Not under the lock: the store takes its own first.
        Span<char> buffer = stackalloc char[EntryKey.MaxLength];
        foreach (CachedRange range in found)
        {
            RRType type = range.Set.Type;
            ReadOnlySpan<char> key = EntryKey.Write(range.Set.Owner, type, EntryKind.Range, buffer);
            KeyHash hash = EntryKey.Hash(range.Set.Owner, type, EntryKind.Range, _secret);
            _store.Remove(key, hash, SecurityStatus.Secure, long.MaxValue);
        }

        return found.Count;
    }

    // The store's part: under the lock of the entry's shard, so that what is here is there.
    internal void Add(CachedRange range)
    {
        lock (_gate)
        {
            if (!_zones.TryGetValue(range.Zone, out RangeOrder? order))
            {
                _zones[range.Zone] = order = new RangeOrder();
            }

            _count += order.Add(range);
        }
    }

    internal void Remove(CachedRange range)
    {
        lock (_gate)
        {
            if (_zones.TryGetValue(range.Zone, out RangeOrder? order) && order.Remove(range))
            {
                _count--;
                if (order.Count == 0)
                {
                    _zones.Remove(range.Zone);
                }
            }
        }
    }

    // What an SOA lets denials live (RFC 2308 §5); without one there is no such bound.
    private static bool TryReadBound(RRset soa, out uint bound)
    {
        bound = uint.MaxValue;
        if (soa.IsEmpty)
        {
            return true;
        }

        ReadOnlySpan<byte> rdata = soa.First;
        if (rdata.Length < SoaTail)
        {
            return false;
        }

        bound = Math.Min(soa.Ttl, BinaryPrimitives.ReadUInt32BigEndian(rdata[^sizeof(uint)..]));
        return true;
    }

    // True when the same range is there, which may deny.
    private bool IsHeld(CachedRange range, long now)
    {
        CachedRange? held = range.IsHashed
            ? Find(range.Zone, range.Hash3, now)
            : Find(range.Zone, range.Set.Owner, now);
        return held is { MayDeny: true } && held.Set.HasSameRecords(range.Set)
            && NameOctets.EqualsIgnoreCase(held.Set.Owner, range.Set.Owner);
    }

    private static bool IsOf(CachedRange range) =>
        range.IsHashed || NsecRange.TryRead(range.Set, range.Zone.Wire, out _);

    private static CachedRange? Fresh(CachedRange? range, long now)
    {
        if (range is null || range.IsExpired(now))
        {
            return null;
        }

        BoundedStore.MarkRead(range);
        return range;
    }
}
