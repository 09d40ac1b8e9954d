// Chooses which entry makes room: SIEVE. New entries join at the head; a hand walks from the tail to the
// head, spares entries that were read since it last passed (once) and takes the first that was not. What is
// read stays where it is, so a hit needs no lock; what is never read again leaves soon, so a scan of random
// names cannot push out the popular.
namespace Resolver.Engine;

/// <summary>
/// A queue of entries linked through themselves. Every member is called under its owner's lock.
/// </summary>
internal sealed class SieveQueue
{
    // How many entries one search may spare: it bounds the time under the lock. When all of these were read,
    // the one under the hand goes, although it was read once too.
    private const int MaxSpared = 64;

    private CacheEntry? _newest;
    private CacheEntry? _oldest;
    private CacheEntry? _hand;

    /// <summary>Count of entries.</summary>
    public int Count { get; private set; }

    /// <summary>The oldest entry; with <see cref="CacheEntry.Newer"/> all can be walked.</summary>
    public CacheEntry? Oldest => _oldest;

    /// <summary>Joins at the head.</summary>
    public void Add(CacheEntry entry)
    {
        entry.Older = _newest;
        entry.Newer = null;
        if (_newest is null)
        {
            _oldest = entry;
        }
        else
        {
            _newest.Newer = entry;
        }

        _newest = entry;
        Count++;
    }

    /// <summary>Puts an entry in the place of another; what was learned of its popularity stays.</summary>
    public void Replace(CacheEntry held, CacheEntry successor)
    {
        successor.Older = held.Older;
        successor.Newer = held.Newer;
        successor.WasRead = held.WasRead;
        Relink(held, successor, successor);
        _hand = _hand == held ? successor : _hand;
        held.Older = null;
        held.Newer = null;
    }

    /// <summary>Takes an entry out.</summary>
    public void Remove(CacheEntry entry)
    {
        _hand = _hand == entry ? entry.Newer : _hand;
        Relink(entry, entry.Newer, entry.Older);
        entry.Older = null;
        entry.Newer = null;
        Count--;
    }

    /// <summary>The entry to go next (not yet taken out), or null when there is none.</summary>
    public CacheEntry? FindVictim(long now)
    {
        CacheEntry? candidate = _hand ?? _oldest;
        for (int spared = 0; candidate is not null && spared < MaxSpared; spared++)
        {
            if (!candidate.WasRead || candidate.IsUseless(now))
            {
                break;
            }

            candidate.WasRead = false;
            candidate = candidate.Newer ?? _oldest;
        }

        _hand = candidate;
        return candidate;
    }

    /// <summary>The entry to go next, if it is of no use any more; else null.</summary>
    public CacheEntry? FindUseless(long now)
    {
        CacheEntry? candidate = _hand ?? _oldest;
        return candidate is not null && candidate.IsUseless(now) ? candidate : null;
    }

    // Makes the neighbours of an entry (or the ends) point to others instead.
    private void Relink(CacheEntry entry, CacheEntry? forOlder, CacheEntry? forNewer)
    {
        if (entry.Older is null)
        {
            _oldest = forOlder;
        }
        else
        {
            entry.Older.Newer = forOlder;
        }

        if (entry.Newer is null)
        {
            _newest = forNewer;
        }
        else
        {
            entry.Newer.Older = forNewer;
        }
    }
}
