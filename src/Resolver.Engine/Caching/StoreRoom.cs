// The two tiers of one shard, their budget, and how room is made. Newcomers (NewcomerTier) may take all that
// others leave free, and may be driven back to a tenth of the shard; what was asked for again (SieveQueue)
// takes the rest. So names that are asked for once push out each other, not what is popular, and stay long
// enough to be asked for again.
namespace Resolver.Engine;

/// <summary>The entries of one shard. Not thread-safe: the lock of its shard guards it.</summary>
internal sealed class StoreRoom(long budget, EntryTable table, PresenceFilter present)
{
    // Of the shard belongs to newcomers whatever else there is.
    private const int NewcomersShare = 10;
    private const int LargestShare = 4;

    private long _bytes;

    /// <summary>What was not asked for since it came.</summary>
    public NewcomerTier Newcomers { get; } = new(present);

    /// <summary>All else, in its order.</summary>
    public SieveQueue Queue { get; } = new();

    /// <summary>Octets taken.</summary>
    public long Bytes => _bytes + Newcomers.Bytes;

    /// <summary>Count of entries.</summary>
    public long Count => Queue.Count + (long)Newcomers.Count;

    /// <summary>Entries that had to go for others.</summary>
    public long Evictions { get; private set; }

    /// <summary>False for an entry that would take more than a fourth.</summary>
    public bool MayTake(int size) => size <= budget / LargestShare;

    /// <summary>Makes room for an object of so many octets.</summary>
    public void MakeRoom(int size, long now)
    {
        while (Bytes + size > budget)
        {
            bool isAmple = Newcomers.Bytes - NewcomerTier.ChunkSize >= budget / NewcomersShare;
            if (!Newcomers.DropSpare() && !EvictUseless(now)
                && !(isAmple && EvictNewcomers()) && !EvictVictim(now) && !EvictNewcomers())
            {
                return;
            }
        }
    }

    /// <summary>Makes room for a newcomer of so many octets.</summary>
    public void MakeRoomForNewcomer(int length, long now)
    {
        while (Newcomers.NeedFor(length) is var need && need > 0 && Bytes + need > budget)
        {
            bool isAmple = Newcomers.Bytes >= budget / NewcomersShare;
            if (!EvictUseless(now)
                && !(isAmple && EvictNewcomers()) && !EvictVictim(now) && !EvictNewcomers())
            {
                return;
            }
        }
    }

    /// <summary>Publishes an object, whose key is not in the shard.</summary>
    public void Enter(CacheEntry entry)
    {
        // What fails here (for want of memory) leaves everything as it was.
        table.Publish(entry);
        Queue.Add(entry);
        present.Add(entry.OwnerHash);
        _bytes += entry.Size;
        entry.Entered();
    }

    /// <summary>Publishes an object in the place of another.</summary>
    public void Replace(CacheEntry held, CacheEntry successor)
    {
        table.Publish(successor);
        Queue.Replace(held, successor);
        _bytes += successor.Size - held.Size;
        held.Key = null;
        held.Left();
        successor.Entered();
    }

    /// <summary>Takes an object out.</summary>
    public void TakeOut(CacheEntry entry)
    {
        Queue.Remove(entry);
        _bytes -= entry.Size;
        table.Remove(entry);
        present.Remove(entry.OwnerHash);
        entry.Key = null;
        entry.Left();
    }

    private bool EvictUseless(long now) => Evict(Queue.FindUseless(now));

    private bool EvictVictim(long now) => Evict(Queue.FindVictim(now));

    private bool Evict(CacheEntry? victim)
    {
        if (victim is null)
        {
            return false;
        }

        TakeOut(victim);
        Evictions++;
        return true;
    }

    private bool EvictNewcomers()
    {
        int evicted = Newcomers.RemoveOldest();
        Evictions += evicted > 0 ? evicted : 0;
        return evicted >= 0;
    }
}
