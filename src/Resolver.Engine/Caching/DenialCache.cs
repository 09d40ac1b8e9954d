// Negative answers (RFC 2308): names that do not exist, and types that do not exist at a name. Denials that
// prove ranges are in DenialRanges too (RFC 8198).
using System;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>The denials known. Thread-safe; readers take no lock and allocate nothing.</summary>
internal sealed class DenialCache
{
    private const int SoaTail = 5 * sizeof(uint);

    private readonly BoundedStore _store;
    private readonly CacheTimes _times;
    private readonly ResolverLimits _limits;
    private readonly ulong _secret;
    private readonly StripedCounter _hits = new();
    private readonly StripedCounter _misses = new();

    // Set by the first secure denial of a name: until then no look-up walks up a name's ancestors.
    private volatile bool _knowsAbsent;

    internal DenialCache(BoundedStore store, CacheTimes times, ulong secret, ResolverLimits limits)
    {
        _limits = limits;
        _store = store;
        _times = times;
        _secret = secret;
    }

    /// <summary>Look-ups that found something fresh.</summary>
    public long Hits => _hits.Read();

    /// <summary>Look-ups that did not.</summary>
    public long Misses => _misses.Read();

    /// <summary>Stands in keys for "all types": the name itself does not exist.</summary>
    internal static RRType AnyType => default;

    /// <summary>Finds a fresh denial: of the name, which holds for any type, or of the type.</summary>
    public bool TryGet(
        ReadOnlySpan<byte> owner, RRType type, long now, [NotNullWhen(true)] out CachedDenial? entry)
    {
        if (TryFind(owner, AnyType, EntryKind.Denial, now, out entry)
            || TryFind(owner, type, EntryKind.Denial, now, out entry))
        {
            _hits.Increment();
            return true;
        }

        _misses.Increment();
        return false;
    }

    /// <summary>Finds what stood beside a referral to a zone: the proof that it has no DS.</summary>
    public bool TryGetCut(ReadOnlySpan<byte> zone, long now, [NotNullWhen(true)] out CachedDenial? entry) =>
        TryFind(zone, RRType.DS, EntryKind.Cut, now, out entry);

    /// <summary>
    /// Finds a fresh denial of a name above <paramref name="owner"/>: below what does not exist there is
    /// nothing (RFC 8020 §2). Only where that is proved: an unsigned one may be a broken server's word about
    /// an empty non-terminal.
    /// </summary>
    public bool TryGetAncestor(
        ReadOnlySpan<byte> owner, long now, [NotNullWhen(true)] out CachedDenial? entry) =>
        TryGetAncestor(owner, now, out entry, out _);

    /// <summary>The same, with the octets of the name denied.</summary>
    public bool TryGetAncestor(
        ReadOnlySpan<byte> owner, long now, [NotNullWhen(true)] out CachedDenial? entry, out int length)
    {
        while (_knowsAbsent && owner.Length > 1)
        {
            owner = NameOctets.Skip(owner, 1);
            if (TryFind(owner, AnyType, EntryKind.Denial, now, out entry)
                && entry.Security == SecurityStatus.Secure)
            {
                _hits.Increment();
                length = owner.Length;
                return true;
            }
        }

        entry = null;
        length = 0;
        return false;
    }

    /// <summary>Forgets that names above one do not exist; returns how many they were.</summary>
    public int ForgetAbove(ReadOnlySpan<byte> owner)
    {
        int forgotten = 0;
        Span<char> buffer = stackalloc char[EntryKey.MaxLength];
        while (owner.Length > 1)
        {
            owner = NameOctets.Skip(owner, 1);
            ReadOnlySpan<char> key = EntryKey.Write(owner, AnyType, EntryKind.Denial, buffer);
            KeyHash hash = EntryKey.Hash(owner, AnyType, EntryKind.Denial, _secret);

            // As of the beginning of time, when nothing has expired: what is made of it ends too.
            forgotten += _store.Remove(key, hash, SecurityStatus.Secure, 0) ? 1 : 0;
        }

        return forgotten;
    }

    /// <summary>
    /// Finds the newer denial, of the name or of the type, that is fresh or expired for less than the
    /// configured stale age (RFC 8767).
    /// </summary>
    public bool TryGetStale(
        ReadOnlySpan<byte> owner, RRType type, long now, [NotNullWhen(true)] out CachedDenial? entry)
    {
        _ = TryFindAny(owner, AnyType, EntryKind.Denial, now, out CachedDenial? name);
        _ = TryFindAny(owner, type, EntryKind.Denial, now, out entry);
        entry = entry is null || name?.StoredAt > entry.StoredAt ? name ?? entry : entry;
        if (entry is null || now >= entry.ExpiresAt + _times.StaleAge(entry.Ttl))
        {
            entry = null;
            return false;
        }

        BoundedStore.MarkRead(entry);
        return true;
    }

    /// <summary>
    /// Stores a denial and returns the one that prevails. It displaces what contradicts it and is not more to
    /// be believed: the RRset of that type, and, for NODATA, the denial of the whole name.
    /// </summary>
    public CachedDenial Store(
        in DenialSubject subject, in DenialEvidence evidence, long now)
    {
        CachedDenial candidate = new(subject.Kind, evidence, LifetimeOf(evidence, now));
        if (IsAhead(subject, candidate, now))
        {
            return candidate;
        }

        Displace(subject, evidence.Security, now);
        return Put(subject, candidate, now);
    }

    /// <summary>
    /// Puts a denial in the place of itself, judged; returns it. Its time goes on from when it came.
    /// </summary>
    public CachedDenial Settle(
        in DenialSubject subject, CachedDenial entry, in DenialJudgement judgement, long now)
    {
        CachedDenial candidate = new(entry, judgement.Verdict, judgement.Cut);
        if (!candidate.IsExpired(now))
        {
            Displace(subject, judgement.Verdict.Security, now);
            _ = Put(subject, candidate, now);
        }

        candidate.ForgetJudged();
        return candidate;
    }

    /// <summary>A denial made of proven ranges, for those who ask now. It is not kept.</summary>
    public CachedDenial Synthesize(DenialKind kind, in DenialEvidence evidence, uint ttl, long now) =>
        new(kind, evidence, _times.OfDenial(ttl, ttl, now));

    // A denial fetched ahead: the one held was judged and gives way to a judged one.
    private bool IsAhead(in DenialSubject subject, CachedDenial candidate, long now)
    {
        RRType type = subject.Kind == DenialKind.NameError ? AnyType : subject.Type;
        return candidate.Security == SecurityStatus.Unchecked
            && !candidate.IsOfReferral
            && TryFind(subject.Owner, type, EntryKind.Denial, now, out CachedDenial? held)
            && held.Security is not (SecurityStatus.Unchecked or SecurityStatus.Bogus)
            && held.IsDue(_limits, now);
    }

    // What came beside a referral has no SOA to show to clients, and so a place of its own.
    private CachedDenial Put(in DenialSubject subject, CachedDenial candidate, long now)
    {
        Span<char> buffer = stackalloc char[EntryKey.MaxLength];
        RRType type = subject.Kind == DenialKind.NameError ? AnyType : subject.Type;
        EntryKind kind = candidate.IsOfReferral ? EntryKind.Cut : EntryKind.Denial;
        _knowsAbsent |= candidate.Kind == DenialKind.NameError && candidate.Security == SecurityStatus.Secure;
        ReadOnlySpan<char> key = EntryKey.Write(subject.Owner, type, kind, buffer);
        return _store.Put(key, EntryKey.Hash(subject.Owner, type, kind, _secret), candidate, now);
    }

    private bool TryFind(
        ReadOnlySpan<byte> owner,
        RRType type,
        EntryKind kind,
        long now,
        [NotNullWhen(true)] out CachedDenial? entry)
    {
        if (TryFindAny(owner, type, kind, now, out entry) && !entry.IsExpired(now))
        {
            BoundedStore.MarkRead(entry);
            return true;
        }

        entry = null;
        return false;
    }

    // Expired ones too.
    private bool TryFindAny(
        ReadOnlySpan<byte> owner,
        RRType type,
        EntryKind kind,
        long now,
        [NotNullWhen(true)] out CachedDenial? entry)
    {
        KeyHash hash = EntryKey.Hash(owner, type, kind, _secret);
        if (!_store.MayHold(hash.Owner))
        {
            entry = null;
            return false;
        }

        Span<char> buffer = stackalloc char[EntryKey.MaxLength];
        return _store.TryGet(EntryKey.Write(owner, type, kind, buffer), hash, now, out entry);
    }

    // RFC 2308 §5: a denial without SOA should not be cached; it lives like TTL 0. A proof beside a referral
    // is data of the parent with a TTL of its own.
    private Lifetime LifetimeOf(in DenialEvidence evidence, long now)
    {
        if (evidence.IsOfReferral)
        {
            uint ttl = uint.MaxValue;
            foreach (RRset proof in evidence.Proofs!)
            {
                ttl = Math.Min(ttl, proof.Ttl);
            }

            return _times.OfDenial(ttl, ttl, now);
        }

        RRset soa = evidence.Soa;
        ReadOnlySpan<byte> rdata = soa.IsEmpty ? default : soa.First;
        return rdata.Length < SoaTail
            ? _times.OfDenial(0, 0, now)
            : _times.OfDenial(soa.Ttl, BinaryPrimitives.ReadUInt32BigEndian(rdata[^sizeof(uint)..]), now);
    }

    private void Displace(in DenialSubject subject, SecurityStatus security, long now)
    {
        Remove(subject.Owner, subject.Type, EntryKind.RRset, security);
        if (subject.Kind == DenialKind.NoData)
        {
            Remove(subject.Owner, AnyType, EntryKind.Denial, security);
        }

        void Remove(ReadOnlySpan<byte> owner, RRType type, EntryKind kind, SecurityStatus contradiction)
        {
            Span<char> buffer = stackalloc char[EntryKey.MaxLength];
            ReadOnlySpan<char> key = EntryKey.Write(owner, type, kind, buffer);
            _store.Remove(key, EntryKey.Hash(owner, type, kind, _secret), contradiction, now);
        }
    }
}
