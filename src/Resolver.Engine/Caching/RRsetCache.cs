// Step 11 of the life of a query, and the second half of step 4: RRsets that may be returned or may steer
// iteration, by owner and type. Class IN only. Ranks: RFC 2181 §5.4.1; TTLs: RFC 2181 §8, RFC 8767. What may
// enter at all is the scrubber's decision.
using System;
using System.Diagnostics.CodeAnalysis;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>The RRsets known. Thread-safe; readers take no lock and allocate nothing.</summary>
internal sealed class RRsetCache
{
    private readonly BoundedStore _store;
    private readonly CacheTimes _times;
    private readonly ulong _secret;
    private readonly ResolverLimits _limits;
    private readonly StripedCounter _hits = new();

    // Set by the first wildcard stored: until then nobody looks for one.
    private volatile bool _knowsWildcards;
    private readonly StripedCounter _misses = new();

    internal RRsetCache(BoundedStore store, CacheTimes times, ulong secret, ResolverLimits limits)
    {
        _store = store;
        _times = times;
        _secret = secret;
        _limits = limits;
    }

    /// <summary>Look-ups that found something fresh.</summary>
    public long Hits => _hits.Read();

    /// <summary>Look-ups that did not.</summary>
    public long Misses => _misses.Read();

    /// <summary>True once the source of a wildcard answer was stored.</summary>
    public bool KnowsWildcards => _knowsWildcards;

    /// <summary>Finds a fresh RRset, of any rank: the caller judges whether the rank is enough.</summary>
    public bool TryGet(
        ReadOnlySpan<byte> owner, RRType type, long now, [NotNullWhen(true)] out CachedRRset? entry)
    {
        if (!TryFind(owner, type, now, out entry) || entry.IsExpired(now))
        {
            _misses.Increment();
            entry = null;
            return false;
        }

        _hits.Increment();
        BoundedStore.MarkRead(entry);
        return true;
    }

    /// <summary>
    /// Finds an RRset that is fresh, or expired for less than the configured stale age (RFC 8767).
    /// </summary>
    public bool TryGetStale(
        ReadOnlySpan<byte> owner, RRType type, long now, [NotNullWhen(true)] out CachedRRset? entry)
    {
        if (TryFind(owner, type, now, out entry) && now < entry.ExpiresAt + _times.StaleAge(entry.Ttl))
        {
            BoundedStore.MarkRead(entry);
            return true;
        }

        entry = null;
        return false;
    }

    /// <summary>
    /// Stores an RRset and returns the one that prevails, which is the one held when that is fresh and more
    /// to be believed (<see cref="DataPrecedence"/>). Sets of another class, empty ones and ones with too
    /// many records are returned for the resolution at hand without being kept.
    /// </summary>
    public CachedRRset Store(in RRset set, DataRank rank, SecurityStatus security, long now) =>
        Store(new CachedRRset(set, rank, security, _times.OfRRset(set.Ttl, now)), now);

    /// <summary>
    /// Stores a set that came unchecked, with the proofs that it will need (null for none). One that came
    /// ahead of the end of what is held, and was judged, waits for its own verdict (<see cref="Settle"/>).
    /// </summary>
    public CachedRRset StoreUnchecked(in RRset set, DataRank rank, Attestation? attestation, long now)
    {
        CachedRRset candidate = new(
            set, rank, SecurityStatus.Unchecked, _times.OfRRset(set.Ttl, now), attestation);
        bool isAhead = TryFind(set.Owner, set.Type, now, out CachedRRset? held)
            && held.Security is not (SecurityStatus.Unchecked or SecurityStatus.Bogus)
            && !held.IsExpired(now)
            && held.IsDue(_limits, now);
        return isAhead ? candidate : Store(candidate, now);
    }

    /// <summary>
    /// Puts data in the place of itself, judged; returns what prevails. Its time goes on from when it came.
    /// </summary>
    public CachedRRset Settle(CachedRRset entry, in Judgement judgement, long now)
    {
        CachedRRset candidate = new(entry, judgement);
        RRset set = entry.Set;
        bool fits = set.Class == RRClass.IN && set.Count > 0 && set.Count <= _limits.MaxRecordsPerRRset;
        if (fits && !candidate.IsExpired(now))
        {
            Span<char> buffer = stackalloc char[EntryKey.MaxLength];
            ReadOnlySpan<char> key = EntryKey.Write(set.Owner, set.Type, EntryKind.RRset, buffer);
            _ = _store.Put(key, EntryKey.Hash(set.Owner, set.Type, EntryKind.RRset, _secret), candidate, now);
        }

        candidate.ForgetJudged();
        return candidate;
    }

    /// <summary>
    /// Keeps the source of a set that was found secure and made from a wildcard, under the wildcard's own
    /// name, for other names that it stands for (RFC 8198 §5.3). It ends when the set does.
    /// </summary>
    public void StoreWildcard(CachedRRset expanded, int encloserLabels, long now)
    {
        if (!WildcardSource.MayServeOthers(expanded.Set.Type) || expanded.IsExpired(now))
        {
            return;
        }

        Lifetime lifetime = new(expanded.Ttl, expanded.StoredAt, expanded.ExpiresAt, _times);
        RRset source = WildcardSource.Of(expanded.Set, encloserLabels);
        _knowsWildcards = true;
        _ = Store(new CachedRRset(source, expanded.Rank, SecurityStatus.Secure, lifetime), now);
    }

    /// <summary>
    /// A set made of a wildcard's source for those who ask now, with the ranges that prove it. It is not
    /// kept.
    /// </summary>
    public CachedRRset Expand(in RRset set, RRset[] proofs, uint ttl, long now) => new(
        set,
        DataRank.AnswerAuth,
        SecurityStatus.Secure,
        new Lifetime(ttl, now, now + (ttl * TimeSpan.TicksPerSecond), _times),
        new Attestation(proofs, null));

    private CachedRRset Store(CachedRRset candidate, long now)
    {
        RRset set = candidate.Set;
        SecurityStatus security = candidate.Security;
        DataRank rank = candidate.Rank;
        if (set.Class != RRClass.IN || set.Count == 0 || set.Count > _limits.MaxRecordsPerRRset)
        {
            return candidate;
        }

        Span<char> buffer = stackalloc char[EntryKey.MaxLength];
        ReadOnlySpan<byte> owner = set.Owner;
        KeyHash hash = EntryKey.Hash(owner, set.Type, EntryKind.RRset, _secret);
        if (rank >= DataRank.AnswerNonAuth && _store.MayHold(hash.Owner))
        {
            RemoveDenials(owner, set.Type, security, now);
        }

        ReadOnlySpan<char> key = EntryKey.Write(owner, set.Type, EntryKind.RRset, buffer);
        return _store.Put(key, hash, candidate, now);
    }

    private bool TryFind(
        ReadOnlySpan<byte> owner, RRType type, long now, [NotNullWhen(true)] out CachedRRset? entry)
    {
        KeyHash hash = EntryKey.Hash(owner, type, EntryKind.RRset, _secret);
        if (!_store.MayHold(hash.Owner))
        {
            entry = null;
            return false;
        }

        Span<char> buffer = stackalloc char[EntryKey.MaxLength];
        ReadOnlySpan<char> key = EntryKey.Write(owner, type, EntryKind.RRset, buffer);
        return _store.TryGet(key, hash, now, out entry);
    }

    // What exists is no longer denied: else answers made of the denial would outlive it.
    private void RemoveDenials(ReadOnlySpan<byte> owner, RRType type, SecurityStatus security, long now)
    {
        Span<char> buffer = stackalloc char[EntryKey.MaxLength];
        foreach (RRType denied in (ReadOnlySpan<RRType>)[type, DenialCache.AnyType])
        {
            ReadOnlySpan<char> key = EntryKey.Write(owner, denied, EntryKind.Denial, buffer);
            KeyHash hash = EntryKey.Hash(owner, denied, EntryKind.Denial, _secret);
            _store.Remove(key, hash, security, now);
        }
    }
}
