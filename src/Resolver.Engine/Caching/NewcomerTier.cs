// The first of two tiers: what was stored and not asked for since. Most fresh names never are, so they are
// kept as octets (PlainEntry) in chunks: first in, first out, a chunk at a time. The collector has one array
// of octets per chunk to look at instead of five objects per entry, and does not move it. What is asked for
// again leaves for the second tier as an object; its octets are a hole until the chunk's turn comes, or until
// nothing else is left in it.
using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Resolver.Engine;

/// <summary>Newcomers of one shard. Not thread-safe: the lock of its shard guards it.</summary>
internal sealed class NewcomerTier(PresenceFilter present)
{
    /// <summary>Octets of a chunk: what goes at once when room is needed.</summary>
    public const int ChunkSize = 1 << ChunkBits;

    private const int ChunkBits = 14;
    private const int AlignmentBits = 3;
    private const int UnitBits = ChunkBits - AlignmentBits;

    // Locations tell twice as many chunks apart.
    private const int MaxChunks = 1 << (31 - UnitBits);

    private readonly NewcomerIndex _index = new();

    // Chunks by number, of which the low bits choose the place; the oldest, and how many there are.
    private Chunk[] _chunks = new Chunk[4];
    private uint _oldest;
    private int _chunkCount;
    private byte[]? _spare;
    private int _arrays;

    /// <summary>Count of newcomers.</summary>
    public int Count { get; private set; }

    /// <summary>Octets reserved.</summary>
    public long Bytes => (_arrays * (long)ChunkSize) + _index.Size;

    private ref Chunk Newest => ref ChunkAt(_oldest + (uint)_chunkCount - 1);

    /// <summary>False for kinds that are never kept here.</summary>
    public static bool MayHold(EntryKind kind) =>
        kind is EntryKind.RRset or EntryKind.Denial or EntryKind.Cut;

    /// <summary>Octets to be reserved for one more newcomer that takes so many.</summary>
    public long NeedFor(int length)
    {
        bool fits = _spare is not null
            || (_chunkCount > 0 && Newest.Fill + length <= ChunkSize);
        return (fits ? 0 : ChunkSize) + _index.Growth;
    }

    /// <summary>Adds a newcomer, whose key must not be here.</summary>
    public void Add(in StoreKey key, in PlainHeader header, CacheEntry entry)
    {
        int length = PlainEntry.LengthOf(key, header.BodyLength);
        if (_chunkCount == 0 || Newest.Fill + length > ChunkSize)
        {
            AddChunk();
        }

        ref Chunk chunk = ref Newest;
        uint number = _oldest + (uint)_chunkCount - 1;
        _index.Add(key.Hash.Whole, (number << UnitBits) | (uint)(chunk.Fill >> AlignmentBits));
        new PlainEntry(chunk.Octets.AsSpan(chunk.Fill, length)).Write(key, header, entry);
        chunk.Fill += length;
        chunk.Live++;
        Count++;
        present.Add(key.Hash.Owner);
    }

    /// <summary>Finds the newcomer of a key, expired or not.</summary>
    public bool TryFind(in StoreKey key, out PlainEntry entry, out uint location)
    {
        int place = -1;
        while (_index.TryNext(key.Hash.Whole, ref place, out location))
        {
            entry = At(location);
            if (entry.Has(key))
            {
                return true;
            }
        }

        entry = default;
        return false;
    }

    /// <summary>Takes out the newcomer at a location.</summary>
    public void Remove(uint location)
    {
        ref PlainHeader header = ref At(location).Header;
        header.IsLive = false;
        _index.Remove(header.Hash.Whole, location);
        present.Remove(header.Hash.Owner);
        Count--;
        ref Chunk chunk = ref ChunkAt(location >> UnitBits);
        if (--chunk.Live == 0)
        {
            Empty(ref chunk);
        }
    }

    /// <summary>
    /// Takes out the oldest chunk and what is in it, and keeps its memory for the next one; returns how many
    /// newcomers had to go, or -1 when there is no chunk.
    /// </summary>
    public int RemoveOldest()
    {
        int before = Count;
        bool found = false;
        for (; !found && _chunkCount > 0; _oldest++, _chunkCount--)
        {
            ref Chunk oldest = ref ChunkAt(_oldest);
            found = oldest.Octets is not null;
            RemoveAll(oldest, _oldest);
            Release(ref oldest);
        }

        _index.Trim();
        return found ? before - Count : -1;
    }

    /// <summary>Gives back the memory kept for the next chunk; false when there is none.</summary>
    public bool DropSpare()
    {
        bool had = _spare is not null;
        _arrays -= had ? 1 : 0;
        _spare = null;
        return had;
    }

    /// <summary>
    /// Takes out everything whose owner is <paramref name="ancestor"/> (canonical) or below it, and tells
    /// which hashes these had; returns their count.
    /// </summary>
    public int RemoveAtOrBelow(ReadOnlySpan<char> ancestor, Action<uint> onRemoved)
    {
        int before = Count;
        for (int i = 0; i < _chunkCount; i++)
        {
            uint number = _oldest + (uint)i;
            Chunk chunk = ChunkAt(number);
            foreach (uint location in new Locations(chunk, number))
            {
                PlainEntry entry = At(chunk, location);
                if (entry.Header.IsLive && EntryKey.IsAtOrBelow(entry.Owner, ancestor))
                {
                    onRemoved(entry.Header.Hash.Whole);
                    Remove(location);
                }
            }
        }

        while (Count == 0 && _chunkCount > 0)
        {
            _ = RemoveOldest();
            _ = DropSpare();
        }

        return before - Count;
    }

    private ref Chunk ChunkAt(uint number) => ref _chunks[number & (uint)(_chunks.Length - 1)];

    private PlainEntry At(uint location) => At(ChunkAt(location >> UnitBits), location);

    private static PlainEntry At(in Chunk chunk, uint location) =>
        new(chunk.Octets.AsSpan((int)(location << AlignmentBits) & (ChunkSize - 1)));

    private void RemoveAll(Chunk chunk, uint number)
    {
        foreach (uint location in new Locations(chunk, number))
        {
            if (At(chunk, location).Header.IsLive)
            {
                Remove(location);
            }
        }
    }

    private void AddChunk()
    {
        if (_chunkCount == MaxChunks)
        {
            _ = RemoveOldest();
        }

        byte[] octets = _spare ?? GC.AllocateUninitializedArray<byte>(ChunkSize, pinned: true);
        if (_chunkCount == _chunks.Length)
        {
            Chunk[] chunks = new Chunk[BitOperations.RoundUpToPowerOf2((uint)_chunkCount + 1)];
            for (uint number = _oldest; number != _oldest + (uint)_chunkCount; number++)
            {
                chunks[number & (uint)(chunks.Length - 1)] = ChunkAt(number);
            }

            _chunks = chunks;
        }

        _arrays += _spare is null ? 1 : 0;
        _spare = null;
        ChunkAt(_oldest + (uint)_chunkCount++) = new Chunk { Octets = octets };
    }

    // Nothing is left in it. The newest one is written to again from its beginning.
    private void Empty(ref Chunk chunk)
    {
        if (Unsafe.AreSame(ref chunk, ref Newest))
        {
            chunk.Fill = 0;
        }
        else
        {
            Release(ref chunk);
        }
    }

    private void Release(ref Chunk chunk)
    {
        if (chunk.Octets is not null)
        {
            _arrays -= _spare is null ? 0 : 1;
            _spare ??= chunk.Octets;
        }

        chunk = default;
    }

    // What was written into it, and how much of it is here still. Without memory when nothing is.
    private struct Chunk
    {
        public byte[]? Octets;
        public int Fill;
        public int Live;
    }

    // The locations of all that was ever written into a chunk.
    private ref struct Locations(in Chunk chunk, uint number)
    {
        private readonly Chunk _chunk = chunk;
        private readonly uint _first = number << UnitBits;
        private int _next;

        public uint Current { get; private set; }

        public readonly Locations GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_next >= _chunk.Fill)
            {
                return false;
            }

            Current = _first | (uint)(_next >> AlignmentBits);
            _next += At(_chunk, Current).Length;
            return true;
        }
    }
}
