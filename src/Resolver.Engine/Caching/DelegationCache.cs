// Where to go on from: the deepest zone cut known at or above a name. Fed by the parent side alone, so a
// child cannot prolong its own life (the "ghost domain" family): not by its NS set, not by glue, and not by
// delegations of its own children, which end with it at the latest.
using System;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>The delegations known. Thread-safe; readers take no lock and allocate nothing.</summary>
internal sealed class DelegationCache
{
    // Some of the delegations found lately are found again by their hash alone: the store's way leads
    // through a dictionary's nodes all over the memory. What has left the store stays here until others come,
    // so there is one place for so many octets of the store.
    private const int OctetsPerPlace = 16384;
    private const int MostPlaces = 8192;
    private const int LeastPlaces = 16;

    // Thirteen servers with short names and an address of each family take half of that. So what has left the
    // store and stays here takes no more than an eighth of it.
    private const int MostOctets = 2048;

    private readonly BoundedStore _store;
    private readonly CacheTimes _times;
    private readonly ulong _secret;
    private readonly Delegation?[] _recent;

    internal DelegationCache(BoundedStore store, CacheTimes times, ulong secret)
    {
        _store = store;
        _times = times;
        _secret = secret;
        _recent = new Delegation?[Math.Clamp(store.Budget / OctetsPerPlace, LeastPlaces, MostPlaces)];
    }

    /// <summary>
    /// Finds the deepest fresh zone cut at or above a name; false when not even the root is known.
    /// </summary>
    public bool TryGetClosest(
        ReadOnlySpan<byte> name, long now, [NotNullWhen(true)] out Delegation? delegation)
    {
        while (true)
        {
            if (TryFind(name, out delegation) && !delegation.IsExpired(now))
            {
                BoundedStore.MarkRead(delegation);
                return true;
            }

            if (name.Length == 1)
            {
                delegation = null;
                return false;
            }

            name = name[(name[0] + 1)..];
        }
    }

    /// <summary>
    /// Finds the deepest fresh zone cut strictly above a name: where its own delegation is learned (DS is
    /// asked there too). False for the root.
    /// </summary>
    public bool TryGetStrictlyAbove(
        ReadOnlySpan<byte> name, long now, [NotNullWhen(true)] out Delegation? delegation)
    {
        if (name.Length == 1)
        {
            delegation = null;
            return false;
        }

        return TryGetClosest(NameOctets.Skip(name, 1), now, out delegation);
    }

    /// <summary>
    /// Stores what the parent said (the caller passes nothing else) and returns it with the end that holds:
    /// no later than the longest TTL allowed, and no later than the delegation of the zone above, the root
    /// excepted (it is delegated by nobody and renewed by priming).
    /// </summary>
    public Delegation Store(Delegation delegation, long now)
    {
        ReadOnlySpan<byte> zone = delegation.Zone.Wire;
        long end = _times.Capped(delegation.ExpiresAt, now);
        if (TryGetStrictlyAbove(zone, now, out Delegation? above) && !above.Zone.IsRoot)
        {
            end = Math.Min(end, above.ExpiresAt);
        }

        Span<char> buffer = stackalloc char[EntryKey.MaxLength];
        ReadOnlySpan<char> key = EntryKey.Write(zone, RRType.NS, EntryKind.Delegation, buffer);
        KeyHash hash = EntryKey.Hash(zone, RRType.NS, EntryKind.Delegation, _secret);
        Delegation? known = null;
        _ = _store.MayHold(hash.Owner) && _store.TryGet(key, out known);
        ZoneTally tally = known?.Tally ?? new ZoneTally();
        return _store.Put(key, hash, new Delegation(delegation, tally, now, end), now);
    }

    // What lies among the recent ones may have left the store meanwhile, or been replaced there.
    private bool TryFind(ReadOnlySpan<byte> name, [NotNullWhen(true)] out Delegation? entry)
    {
        uint owner = EntryKey.HashOwner(name, _secret);
        entry = null;
        if (!_store.MayHold(owner))
        {
            return false;
        }

        ref Delegation? recent = ref _recent[owner % (uint)_recent.Length];
        entry = Volatile.Read(ref recent);
        if (entry is { Key: not null } && NameOctets.EqualsIgnoreCase(entry.Zone.Wire, name))
        {
            return true;
        }

        Span<char> buffer = stackalloc char[EntryKey.MaxLength];
        if (_store.TryGet(EntryKey.Write(name, RRType.NS, EntryKind.Delegation, buffer), out entry))
        {
            if (entry.Size <= MostOctets)
            {
                Volatile.Write(ref recent, entry);
            }
        }

        return entry is not null;
    }

    /// <summary>Forgets a delegation, so that the parent is asked again.</summary>
    public void Forget(ReadOnlySpan<byte> zone)
    {
        Span<char> buffer = stackalloc char[EntryKey.MaxLength];
        ReadOnlySpan<char> key = EntryKey.Write(zone, RRType.NS, EntryKind.Delegation, buffer);
        KeyHash hash = EntryKey.Hash(zone, RRType.NS, EntryKind.Delegation, _secret);
        _store.Remove(key, hash, SecurityStatus.Secure, long.MaxValue);
    }
}
