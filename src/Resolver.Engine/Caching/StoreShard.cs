// One part of BoundedStore: who prevails when an entry is put in, what happens to those that do not, and how
// newcomers become objects. An entry that becomes a newcomer is copied: whoever stored it holds an object
// that the store knows nothing of, and learns of its end by the counter of its key (ReplacementEpochs).
using System;
using System.Threading;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>A shard. Every member but the lock is used under the lock.</summary>
internal sealed class StoreShard(long budget, StoreParts parts)
{
    /// <summary>
    /// Octets that an object costs beyond its key's characters and its content: the entry, its dictionary
    /// node and its MemoryCache entry. Measured, see the README of this folder.
    /// </summary>
    public const int EntryCost = 344;

    private const int OctetsPerKeyCharacter = 2;

    /// <summary>The lock.</summary>
    public Lock Gate { get; } = new();

    /// <summary>The entries.</summary>
    public StoreRoom Room { get; } = new(budget, parts.Table, parts.Present);

    private NewcomerTier Newcomers => Room.Newcomers;

    /// <summary>
    /// The object of a key, expired or not; null when there is no entry. Of a newcomer one is made, which
    /// takes its place.
    /// </summary>
    public CacheEntry? Find(in StoreKey key, long now)
    {
        if (parts.Table.TryGet(key.Text, out CacheEntry? entry)
            || !Newcomers.TryFind(key, out PlainEntry plain, out uint location))
        {
            return entry;
        }

        entry = plain.Revive(parts.Times);
        Prepare(key, entry, null);
        parts.OnPublish?.Invoke();

        // Meanwhile nobody may be told that there is nothing of this owner.
        parts.Present.Add(key.Hash.Owner);
        Newcomers.Remove(location);
        Room.MakeRoom(entry.Size, now);
        Room.Enter(entry);
        parts.Present.Remove(key.Hash.Owner);
        return entry;
    }

    /// <summary>
    /// Puts an entry in, unless the one held does not yield to it; returns the one that prevails.
    /// </summary>
    public CacheEntry Put(in StoreKey key, CacheEntry candidate, long now)
    {
        // Most of what is put in is new: the filter spares looking for it.
        CacheEntry? held = null;
        if (parts.Present.MayHold(key.Hash.Owner))
        {
            if (TrySettle(key, candidate, now))
            {
                return candidate;
            }

            held = Find(key, now);
        }

        if (held is not null && !held.YieldsTo(candidate, now))
        {
            return held;
        }

        if (held is null && TryAddNewcomer(key, candidate, now))
        {
            return candidate;
        }

        if (!Room.MayTake(SizeOf(key, candidate)))
        {
            RemoveWrong(held, now);
            return candidate;
        }

        PutObject(key, candidate, held, now);
        return candidate;
    }

    /// <summary>
    /// Removes an entry that proved wrong, unless it is more to be believed than what contradicts it; true
    /// when there was one.
    /// </summary>
    public bool Remove(in StoreKey key, SecurityStatus contradiction, long now)
    {
        if (parts.Table.TryGet(key.Text, out CacheEntry? held))
        {
            if (!held.YieldsToContradiction(contradiction) && !YieldsOnceOver(held.ExpiresAt))
            {
                return false;
            }

            RemoveWrong(held, now);
            return true;
        }

        if (!Newcomers.TryFind(key, out PlainEntry newcomer, out uint location)
            || (!DataPrecedence.MayContradict(contradiction, newcomer.Header.Security)
                && !YieldsOnceOver(newcomer.Header.ExpiresAt)))
        {
            return false;
        }

        Raise(key.Hash.Whole, newcomer.Header.ExpiresAt, now);
        Newcomers.Remove(location);
        return true;

        // What has expired may still stand in for data that cannot be had; once that can be had it must not.
        bool YieldsOnceOver(long end) => now >= end && contradiction != SecurityStatus.Bogus;
    }

    /// <summary>
    /// Removes everything whose owner is <paramref name="ancestor"/> (canonical) or below it.
    /// </summary>
    public int RemoveAtOrBelow(ReadOnlySpan<char> ancestor)
    {
        int removed = Newcomers.RemoveAtOrBelow(ancestor, parts.Epochs.Raise);
        CacheEntry? entry = Room.Queue.Oldest;
        while (entry is not null)
        {
            CacheEntry? next = entry.Newer;
            if (EntryKey.IsAtOrBelow(entry.Key, ancestor))
            {
                // The counter is for those who hold what the entry was copied from.
                entry.Displace();
                parts.Epochs.Raise(entry.Hash);
                Room.TakeOut(entry);
                removed++;
            }

            entry = next;
        }

        return removed;
    }

    private static int SizeOf(in StoreKey key, CacheEntry entry) =>
        EntryCost + (key.Text.Length * OctetsPerKeyCharacter) + entry.ContentSize;

    private bool TryAddNewcomer(in StoreKey key, CacheEntry candidate, long now)
    {
        if (!candidate.TryDescribe(out PlainHeader header))
        {
            return false;
        }

        parts.OnPublish?.Invoke();
        Room.MakeRoomForNewcomer(PlainEntry.LengthOf(key, header.BodyLength), now);
        Newcomers.Add(key, header, candidate);
        EnterAsCopy(key, candidate);
        return true;
    }

    // A newcomer was judged: most are before anyone else asks for them, and stay where they are.
    private bool TrySettle(in StoreKey key, CacheEntry candidate, long now)
    {
        if (candidate.Judged is not { } judged
            || !candidate.TryDescribe(out PlainHeader header)
            || !Newcomers.TryFind(key, out PlainEntry newcomer, out _)
            || header.BodyLength != newcomer.Header.BodyLength
            || !newcomer.IsOf(judged) || !candidate.HasBody(newcomer.Body))
        {
            return false;
        }

        parts.OnPublish?.Invoke();
        if (!judged.SaysTheSameAs(candidate))
        {
            Raise(key.Hash.Whole, newcomer.Header.ExpiresAt, now);
        }

        newcomer.Settle(header);
        EnterAsCopy(key, candidate);
        return true;
    }

    private void EnterAsCopy(in StoreKey key, CacheEntry entry) =>
        entry.EnteredAsCopy(key.Hash.Whole, parts.Epochs.Read(key.Hash.Whole));

    private void PutObject(in StoreKey key, CacheEntry candidate, CacheEntry? held, long now)
    {
        Room.MakeRoom(SizeOf(key, candidate), now);
        Prepare(key, candidate, held);

        // First of all: what fails here (for want of memory) leaves everything as it was.
        parts.OnPublish?.Invoke();
        if (held?.Key is null)
        {
            Room.Enter(candidate);
        }
        else
        {
            Room.Replace(held, candidate);
        }

        if (held is not null && !held.SaysTheSameAs(candidate))
        {
            Displace(held, now);
        }
    }

    private static void Prepare(in StoreKey key, CacheEntry entry, CacheEntry? held)
    {
        entry.Hash = key.Hash.Whole;
        entry.OwnerHash = key.Hash.Owner;
        entry.Size = SizeOf(key, entry);
        entry.Key = held?.Key ?? key.Text.ToString();
    }

    private void RemoveWrong(CacheEntry? held, long now)
    {
        if (held is not null)
        {
            Displace(held, now);
            Room.TakeOut(held);
        }
    }

    // In this order: whoever reads the counter and then finds the entry not displaced has read the old
    // counter.
    private void Displace(CacheEntry held, long now)
    {
        held.Displace();
        Raise(held.Hash, held.ExpiresAt, now);
    }

    // Answers made of what has expired have ended with it.
    private void Raise(uint hash, long end, long now)
    {
        if (now < end)
        {
            parts.Epochs.Raise(hash);
        }
    }
}
