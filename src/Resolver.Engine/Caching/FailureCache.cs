// Memory of failed resolutions, so that a broken zone is not asked again by every client (RFC 9520 §3.2):
// from a first time on it doubles, up to five minutes, and a success forgets it.
using System;
using System.Diagnostics.CodeAnalysis;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>The failures remembered. Thread-safe; readers take no lock and allocate nothing.</summary>
internal sealed class FailureCache
{
    private readonly BoundedStore _store;
    private readonly CacheTimes _times;
    private readonly ulong _secret;

    internal FailureCache(BoundedStore store, CacheTimes times, ulong secret)
    {
        _store = store;
        _times = times;
        _secret = secret;
    }

    /// <summary>Finds a failure that still holds.</summary>
    public bool TryGet(
        ReadOnlySpan<byte> owner, RRType type, long now, [NotNullWhen(true)] out CachedFailure? failure)
    {
        Span<char> buffer = stackalloc char[EntryKey.MaxLength];
        failure = null;
        if (MayHold(owner)
            && _store.TryGet(EntryKey.Write(owner, type, EntryKind.Failure, buffer), out failure)
            && !failure.IsExpired(now))
        {
            BoundedStore.MarkRead(failure);
            return true;
        }

        failure = null;
        return false;
    }

    /// <summary>
    /// Remembers a failure; after a recent one for twice as long. Returns the one that holds.
    /// </summary>
    public CachedFailure Store(ReadOnlySpan<byte> owner, RRType type, ExtendedError reason, long now) =>
        Store(owner, type, new FailureReason(reason, false), now);

    /// <summary>The same, saying whether validation failed.</summary>
    public CachedFailure Store(ReadOnlySpan<byte> owner, RRType type, FailureReason reason, long now)
    {
        Span<char> buffer = stackalloc char[EntryKey.MaxLength];
        ReadOnlySpan<char> key = EntryKey.Write(owner, type, EntryKind.Failure, buffer);
        long remembered = _times.FirstFailure;
        if (_store.TryGet(key, out CachedFailure? previous) && previous.IsRecent(now))
        {
            remembered = Math.Min(previous.Remembered.Ticks * 2, _times.MaxFailure);
        }

        CachedFailure candidate = new(reason, now, remembered);
        return _store.Put(key, EntryKey.Hash(owner, type, EntryKind.Failure, _secret), candidate, now);
    }

    /// <summary>
    /// Remembers a failure for which old data stands in: for one time that does not grow, as those who get
    /// old data should not wait long for new (RFC 8767 §5, the failure recheck timer). Takes the place of
    /// what was remembered.
    /// </summary>
    public void StoreForStale(ReadOnlySpan<byte> owner, RRType type, ExtendedError reason, long now)
    {
        Span<char> buffer = stackalloc char[EntryKey.MaxLength];
        ReadOnlySpan<char> key = EntryKey.Write(owner, type, EntryKind.Failure, buffer);
        CachedFailure candidate = new(new FailureReason(reason, false), now, _times.StaleRecheck)
        {
            IsNewestWord = true,
        };
        _ = _store.Put(key, EntryKey.Hash(owner, type, EntryKind.Failure, _secret), candidate, now);
    }

    /// <summary>Forgets, after a success.</summary>
    public void Forget(ReadOnlySpan<byte> owner, RRType type)
    {
        if (!MayHold(owner))
        {
            return;
        }

        Span<char> buffer = stackalloc char[EntryKey.MaxLength];
        ReadOnlySpan<char> key = EntryKey.Write(owner, type, EntryKind.Failure, buffer);
        KeyHash hash = EntryKey.Hash(owner, type, EntryKind.Failure, _secret);
        _store.Remove(key, hash, SecurityStatus.Secure, long.MaxValue);
    }

    private bool MayHold(ReadOnlySpan<byte> owner) =>
        _store.MayHold(EntryKey.Beside(EntryKey.HashOwner(owner, _secret)));
}
