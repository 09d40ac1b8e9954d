// What every cached item has in common: when it was stored and when it ends, and its place in the eviction
// queue. Times are timestamps of ILoop.Time: 100 ns ticks on a monotonic scale.
using System;
using System.Threading;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>
/// An item of <see cref="BoundedStore"/>. What readers see of it never changes; the links of the queue belong
/// to the store and are touched under its lock only. An entry can be in one store at most.
/// </summary>
internal abstract class CacheEntry
{
    private bool _isDisplaced;
    private bool _isCopied;
    private uint _epoch;
    private byte _reads;
    private byte _isClaimed;

    private protected CacheEntry(long storedAt, long expiresAt)
    {
        StoredAt = storedAt;
        ExpiresAt = expiresAt;
    }

    /// <summary>When it was stored.</summary>
    public long StoredAt { get; }

    /// <summary>From here on it is expired.</summary>
    public long ExpiresAt { get; }

    /// <summary>True once its time is over.</summary>
    public bool IsExpired(long now) => now >= ExpiresAt;

    /// <summary>
    /// From here on it is near its end. What lives a second at most (TTL 0 is held so long) never is.
    /// </summary>
    public long DueAt(ResolverLimits limits)
    {
        long life = ExpiresAt - StoredAt;
        return life > TimeSpan.TicksPerSecond
            ? ExpiresAt - (life / 100 * limits.PrefetchWindowPercent)
            : long.MaxValue;
    }

    /// <summary>True in the last part of its life, as the limits have it.</summary>
    public bool IsDue(ResolverLimits limits, long now) => now >= DueAt(limits);

    /// <summary>
    /// Counts a read over the entry's life; true for one read, when it is popular and near its end. Without a
    /// lock: counts may be lost.
    /// </summary>
    public bool CountRead(ResolverLimits limits, long now)
    {
        if (_reads < limits.PrefetchMinHits)
        {
            _reads++;
        }

        return _reads >= limits.PrefetchMinHits
            && IsDue(limits, now)
            && Interlocked.Exchange(ref _isClaimed, 1) == 0;
    }

    /// <summary>
    /// True once another entry took its place, or it was removed as wrong; eviction for room does not count.
    /// Nothing more may be made of it. <paramref name="epoch"/> is the counter of its key, read before.
    /// </summary>
    public bool IsDisplaced(uint epoch) =>
        Volatile.Read(ref _isDisplaced) || (_isCopied && epoch != _epoch);

    /// <summary>Octets of what hangs on the entry beyond the fixed cost of any entry.</summary>
    internal abstract int ContentSize { get; }

    /// <summary>How long after <see cref="ExpiresAt"/> it is still of use, in ticks.</summary>
    internal virtual long UsefulAfterEnd => 0;

    /// <summary>True when it is of no use any more.</summary>
    internal bool IsUseless(long now) => now >= ExpiresAt + UsefulAfterEnd;

    // The store's part.
    internal string? Key { get; set; }

    internal uint Hash { get; set; }

    internal uint OwnerHash { get; set; }

    internal int Size { get; set; }

    internal CacheEntry? Newer { get; set; }

    internal CacheEntry? Older { get; set; }

    /// <summary>
    /// Set by readers without a lock, cleared by the eviction hand: a lost write costs nothing.
    /// </summary>
    internal bool WasRead { get; set; }

    /// <summary>
    /// Whether <paramref name="candidate"/>, of the same key, takes this entry's place. Called under the
    /// store's lock.
    /// </summary>
    internal abstract bool YieldsTo(CacheEntry candidate, long now);

    /// <summary>Whether data of this status, which says the opposite, removes this entry.</summary>
    internal virtual bool YieldsToContradiction(SecurityStatus security) => true;

    /// <summary>
    /// Whether answers made of this entry stay right when <paramref name="successor"/> takes its place.
    /// </summary>
    internal abstract bool SaysTheSameAs(CacheEntry successor);

    /// <summary>
    /// What it says as plain octets (<see cref="PlainEntry"/>), its key apart; false for what cannot be
    /// written so.
    /// </summary>
    internal virtual bool TryDescribe(out PlainHeader header)
    {
        header = default;
        return false;
    }

    /// <summary>Writes the body of what it says: as many octets as the header has for it.</summary>
    internal virtual void WriteBody(Span<byte> body)
    {
    }

    /// <summary>True when <see cref="WriteBody"/> writes these octets.</summary>
    internal bool HasBody(ReadOnlySpan<byte> body)
    {
        Span<byte> mine = stackalloc byte[body.Length];
        WriteBody(mine);
        return mine.SequenceEqual(body);
    }

    /// <summary>The entry whose judged form this is, until that has taken its place.</summary>
    internal virtual CacheEntry? Judged => null;

    /// <summary>True when another says the same, its times included: it may be a copy.</summary>
    private protected bool IsSameAs(CacheEntry? other) => other == this
        || (other is not null
            && TryDescribe(out PlainHeader mine)
            && other.TryDescribe(out PlainHeader theirs)
            && mine == theirs
            && HasBodyOf(other, mine.BodyLength));

    /// <summary>It is in the store now. Called under the store's lock.</summary>
    internal virtual void Entered()
    {
    }

    /// <summary>It is in the store no more. Called under the store's lock.</summary>
    internal virtual void Left()
    {
    }

    /// <summary>
    /// Not itself but a copy of it is in the store, whose end <paramref name="epoch"/>, the counter of its
    /// key, will tell by changing. Called under the store's lock.
    /// </summary>
    internal void EnteredAsCopy(uint hash, uint epoch)
    {
        Hash = hash;
        _epoch = epoch;
        _isCopied = true;
    }

    internal void Displace() => Volatile.Write(ref _isDisplaced, true);

    private bool HasBodyOf(CacheEntry other, int length)
    {
        Span<byte> theirs = stackalloc byte[length];
        other.WriteBody(theirs);
        return HasBody(theirs);
    }

    /// <summary>
    /// Seconds that are left of <paramref name="ttl"/>: counted down by whole seconds since it was stored, so
    /// that a fresh record shows its TTL as it came.
    /// </summary>
    private protected uint SecondsLeft(uint ttl, long now)
    {
        long elapsed = Math.Max(0, now - StoredAt) / TimeSpan.TicksPerSecond;
        return elapsed >= ttl ? 0 : ttl - (uint)elapsed;
    }
}
