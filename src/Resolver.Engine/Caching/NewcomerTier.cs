// The first of two tiers: what was stored and not asked for since. Most fresh names never are, so they are
// kept as octets (PlainEntry) in chunks: first in, first out, a chunk at a time. The collector has one array
// of octets per chunk to look at instead of five objects per entry, and does not move it. What is asked for
// again leaves for the second tier as an object; its octets are a hole until the chunk's turn comes.
using System;
using System.Numerics;

namespace Resolver.Engine;

/// <summary>Newcomers of one shard. Not thread-safe: the lock of its shard guards it.</summary>
internal sealed class NewcomerTier(PresenceFilter present)
{
    /// <summary>Octets of a chunk: what goes at once when room is needed.</summary>
    public const int ChunkSize = 1 << ChunkBits;

    /// <summary>The most octets of content that a newcomer may have: an eighth of a chunk.</summary>
    public const int MaxContent = ChunkSize / 8;

    private const int ChunkBits = 14;
    private const int AlignmentBits = 3;
    private const int UnitBits = ChunkBits - AlignmentBits;

    private readonly NewcomerIndex _index = new();

    // Chunks by number, of which the low bits choose the place; the oldest, and how many there are.
    private Chunk[] _chunks = new Chunk[4];
    private uint _oldest;
    private int _chunkCount;
    private byte[]? _spare;

    /// <summary>Count of newcomers.</summary>
    public int Count { get; private set; }

    /// <summary>Octets reserved.</summary>
    public long Bytes => ((_chunkCount + (_spare is null ? 0 : 1)) * (long)ChunkSize) + _index.Size;

    private ref Chunk Newest => ref ChunkAt(_oldest + (uint)_chunkCount - 1);

    /// <summary>False for kinds that are never kept here.</summary>
    public static bool MayHold(EntryKind kind) => kind == EntryKind.RRset;

    /// <summary>Octets to be reserved for one more newcomer with so much content.</summary>
    public long NeedFor(int contentLength)
    {
        bool fits = _spare is not null
            || (_chunkCount > 0 && Newest.Fill + PlainEntry.SizeOf(contentLength) <= ChunkSize);
        return (fits ? 0 : ChunkSize) + _index.Growth;
    }

    /// <summary>Adds a newcomer, whose key must not be here.</summary>
    public void Add(in StoreKey key, in PlainHeader header, ReadOnlySpan<byte> content)
    {
        int size = PlainEntry.SizeOf(content.Length);
        if (_chunkCount == 0 || Newest.Fill + size > ChunkSize)
        {
            AddChunk();
        }

        ref Chunk chunk = ref Newest;
        uint number = _oldest + (uint)_chunkCount - 1;
        _index.Add(key.Hash.Whole, (number << UnitBits) | (uint)(chunk.Fill >> AlignmentBits));
        PlainEntry entry = new(chunk.Octets.AsSpan(chunk.Fill, size));
        entry.Header = header;
        entry.Header.Hash = key.Hash;
        entry.Header.IsLive = true;
        entry.Header.Length = (ushort)content.Length;
        content.CopyTo(entry.Content);
        chunk.Fill += size;
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
    }

    /// <summary>
    /// Takes out the oldest chunk and what is in it, and keeps its memory for the next one; returns how many
    /// newcomers had to go, or -1 when there is no chunk.
    /// </summary>
    public int RemoveOldest()
    {
        if (_chunkCount == 0)
        {
            return -1;
        }

        int before = Count;
        foreach (uint location in new Locations(ChunkAt(_oldest), _oldest))
        {
            if (At(location).Header.IsLive)
            {
                Remove(location);
            }
        }

        ref Chunk chunk = ref ChunkAt(_oldest);
        _spare = chunk.Octets;
        chunk = default;
        _oldest++;
        _chunkCount--;
        _index.Trim();
        return before - Count;
    }

    /// <summary>Gives back the memory kept for the next chunk; false when there is none.</summary>
    public bool DropSpare()
    {
        bool had = _spare is not null;
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
            foreach (uint location in new Locations(ChunkAt(number), number))
            {
                PlainEntry entry = At(location);
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

    private void AddChunk()
    {
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

        _spare = null;
        ChunkAt(_oldest + (uint)_chunkCount++) = new Chunk { Octets = octets };
    }

    // What was written into it so far.
    private struct Chunk
    {
        public byte[] Octets;
        public int Fill;
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
            _next += PlainEntry.SizeOf(At(_chunk, Current).Header.Length);
            return true;
        }
    }
}
