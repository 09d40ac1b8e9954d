// Names below which signatures are not judged for a while: RFC 7646. An anchor ends by itself; those of the
// configuration last as long as they stand in it.
using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using Resolver.Wire;

namespace Resolver.Dnssec;

/// <summary>The negative trust anchors in force. Thread-safe; looking up takes no lock.</summary>
internal sealed class NegativeTrustAnchors
{
    /// <summary>How long an anchor lasts when nothing else is said (RFC 7646 §2: short).</summary>
    public const int DefaultSeconds = 3_600;

    /// <summary>How long an anchor lasts at most.</summary>
    public const int MaxSeconds = 86_400;

    private ImmutableDictionary<DomainName, long> _ends = ImmutableDictionary<DomainName, long>.Empty;

    /// <summary>No anchors.</summary>
    public NegativeTrustAnchors()
        : this([])
    {
    }

    /// <summary>Anchors that last as long as the configuration names them.</summary>
    public NegativeTrustAnchors(IEnumerable<DomainName> configured)
    {
        foreach (DomainName name in configured)
        {
            _ends = _ends.SetItem(name, long.MaxValue);
        }
    }

    /// <summary>True when there is none, so that nobody needs to look.</summary>
    public bool IsEmpty => _ends.IsEmpty;

    /// <summary>The anchors with the second at which each ends; never for a configured one.</summary>
    public ImmutableDictionary<DomainName, long> All => _ends;

    /// <summary>
    /// Adds an anchor, or prolongs one; returns the second at which it ends. Seconds since 1970.
    /// </summary>
    public long Add(DomainName name, long now, int seconds = DefaultSeconds)
    {
        long end = now + Math.Clamp(seconds, 1, MaxSeconds);
        ImmutableInterlocked.AddOrUpdate(
            ref _ends, name, end, (_, before) => before == long.MaxValue ? before : end);
        return end;
    }

    /// <summary>Removes an anchor; false when there was none.</summary>
    public bool Remove(DomainName name) => ImmutableInterlocked.TryRemove(ref _ends, name, out _);

    /// <summary>True for an anchor of the configuration, which ends with it alone.</summary>
    public bool IsConfigured(DomainName name) => EndOf(name) == long.MaxValue;

    /// <summary>The second at which an anchor ends; 0 when there is none.</summary>
    public long EndOf(DomainName name) => Volatile.Read(ref _ends).GetValueOrDefault(name);

    /// <summary>The anchor at or above a name, if one is in force.</summary>
    public bool TryFind(DomainName name, long now, out DomainName anchor)
    {
        anchor = name;
        ImmutableDictionary<DomainName, long> ends = Volatile.Read(ref _ends);
        if (ends.IsEmpty)
        {
            return false;
        }

        while (!ends.TryGetValue(anchor, out long end) || end <= now)
        {
            if (anchor.IsRoot)
            {
                return false;
            }

            anchor = anchor.Parent;
        }

        return true;
    }

    /// <summary>Forgets anchors that have ended; returns how many.</summary>
    public int Sweep(long now)
    {
        int swept = 0;
        foreach ((DomainName name, long end) in _ends)
        {
            swept += end <= now && Remove(name) ? 1 : 0;
        }

        return swept;
    }
}
