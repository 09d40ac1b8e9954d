// The ranges of one zone in their order: NSEC by canonical name (RFC 4034 §6.1), NSEC3 by hash (RFC 5155
// §3). A zone denies by one kind and, but for the moment in which it changes, by one way of hashing: the
// newest decides.
using System;
using System.Collections.Generic;
using Resolver.Dnssec;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>An ordered list of ranges. Not thread-safe.</summary>
internal sealed class RangeOrder
{
    private readonly List<CachedRange> _ranges = [];

    /// <summary>Count of ranges.</summary>
    public int Count => _ranges.Count;

    /// <summary>Any of them; there is one.</summary>
    public CachedRange First => _ranges[0];

    /// <summary>Adds a range; returns by how many there are more now.</summary>
    public int Add(CachedRange range)
    {
        int before = _ranges.Count;
        if (before > 0 && !IsLike(_ranges[0], range))
        {
            _ranges.Clear();
        }

        int at = FindLast(range);
        if (at >= 0 && Compare(_ranges[at], range) == 0)
        {
            _ranges[at] = range;
        }
        else
        {
            _ranges.Insert(at + 1, range);
        }

        return _ranges.Count - before;
    }

    /// <summary>Removes a range; false when another stands in its place.</summary>
    public bool Remove(CachedRange range)
    {
        int at = _ranges.Count > 0 && _ranges[0].IsHashed == range.IsHashed ? FindLast(range) : -1;
        if (at < 0 || _ranges[at] != range)
        {
            return false;
        }

        _ranges.RemoveAt(at);
        return true;
    }

    /// <summary>The last NSEC that begins at or before a name; null when there is none.</summary>
    public CachedRange? Find(ReadOnlySpan<byte> name)
    {
        if (_ranges.Count == 0 || _ranges[0].IsHashed)
        {
            return null;
        }

        int at = FindLast(name);
        return at < 0 ? null : _ranges[at];
    }

    /// <summary>
    /// The last NSEC3 that begins at or before a hash; before the first it is the last of all, which wraps
    /// around.
    /// </summary>
    public CachedRange? Find(NameHash hash)
    {
        if (_ranges.Count == 0 || !_ranges[0].IsHashed)
        {
            return null;
        }

        int at = FindLast(hash);
        return _ranges[at < 0 ? _ranges.Count - 1 : at];
    }

    /// <summary>Adds to a list what may deny a name: the NSEC at or before it, or every NSEC3.</summary>
    public void CopyWhatMayDeny(ReadOnlySpan<byte> name, List<CachedRange> to)
    {
        if (_ranges[0].IsHashed)
        {
            to.AddRange(_ranges);
        }
        else if (Find(name) is { } range)
        {
            to.Add(range);
        }
    }

    private static bool IsLike(CachedRange held, CachedRange added)
    {
        if (!held.IsHashed || !added.IsHashed)
        {
            return held.IsHashed == added.IsHashed;
        }

        return Nsec3Range.TryRead(held.Set, held.Zone.Wire, out Nsec3Range one)
            && Nsec3Range.TryRead(added.Set, added.Zone.Wire, out Nsec3Range other)
            && one.HasSameParameters(other);
    }

    private static int Compare(CachedRange one, CachedRange other) => one.IsHashed
        ? one.Hash3.CompareTo(other.Hash3)
        : NameOctets.CompareCanonical(one.Set.Owner, other.Set.Owner);

    private int FindLast(CachedRange range) =>
        range.IsHashed ? FindLast(range.Hash3) : FindLast(range.Set.Owner);

    private int FindLast(ReadOnlySpan<byte> name)
    {
        int low = 0;
        int high = _ranges.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            bool isBefore = NameOctets.CompareCanonical(_ranges[middle].Set.Owner, name) <= 0;
            (low, high) = isBefore ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }

    private int FindLast(NameHash hash)
    {
        int low = 0;
        int high = _ranges.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _ranges[middle].Hash3.CompareTo(hash) <= 0 ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }
}
