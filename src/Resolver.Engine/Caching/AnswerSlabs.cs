// Which slot an answer gets. Slots come in a few sizes; memory is taken chunk by chunk, as it is needed, up
// to the share that answers have of the budget. After that a hand goes round the slots of the size wanted and
// takes the first that nobody has read since it last passed (what is popular survives several passes). A size
// that has been turned over once, while another had rest, gets a chunk of that other one: so a change of
// traffic does not starve a size.
using System.Collections.Generic;
using System.Threading;

namespace Resolver.Engine;

/// <summary>
/// The slots of an answer cache. Writers hold the cache's lock; readers use <see cref="TryLocate"/> only.
/// </summary>
internal sealed class AnswerSlabs
{
    /// <summary>The smallest slot.</summary>
    public const int MinSlotSize = 128;

    /// <summary>The largest slot.</summary>
    public const int MaxSlotSize = 4096;

    // A location is 1 + chunk number × 512 + slot number: 512 slots of 128 octets are the most in a chunk.
    private const int SlotBits = 9;
    private const int SlotMask = (1 << SlotBits) - 1;
    // How many slots one search may spare, as in SieveQueue: it bounds the time of a store.
    private const int MaxSpared = 64;

    private readonly AnswerChunk?[] _chunks;
    private readonly SlotSize[] _sizes =
    [
        new(MinSlotSize), new(192), new(256), new(384), new(512), new(768), new(1024), new(2048),
        new(MaxSlotSize),
    ];

    private readonly AnswerIndex _index;
    private int _chunkCount;

    /// <summary>Room for so many octets, whose slots the index points to.</summary>
    public AnswerSlabs(long capacity, AnswerIndex index)
    {
        _chunks = new AnswerChunk?[checked((int)(capacity / AnswerChunk.Size))];
        _index = index;
    }

    /// <summary>Octets taken so far.</summary>
    public long Bytes => (long)Volatile.Read(ref _chunkCount) * AnswerChunk.Size;

    /// <summary>Count of answers; the cache raises it when it fills a slot.</summary>
    public long Count { get; set; }

    /// <summary>Answers that had to go for others.</summary>
    public long Evictions { get; set; }

    /// <summary>
    /// The slot at a location, for readers: false when the location was read while it changed.
    /// </summary>
    public bool TryLocate(uint location, out AnswerSlot slot)
    {
        AnswerChunk? chunk = Volatile.Read(ref _chunks[(int)((location - 1) >> SlotBits)]);
        int number = (int)((location - 1) & SlotMask);
        if (chunk is null || number >= chunk.Count)
        {
            slot = default;
            return false;
        }

        slot = chunk[number];
        return true;
    }

    /// <summary>The slot at a location, for whoever holds the lock.</summary>
    public AnswerSlot SlotAt(uint location) => ChunkOf(location)[(int)((location - 1) & SlotMask)];

    /// <summary>The header of the slot at a location, for whoever holds the lock.</summary>
    public ref AnswerSlotHeader HeaderAt(uint location) => ref SlotAt(location).Header;

    /// <summary>True when the slot is the smallest that holds so many octets.</summary>
    public bool IsFit(uint location, int octets) => ChunkOf(location).SlotSize == SizeFor(octets).Octets;

    /// <summary>
    /// Finds a slot for so many octets, emptying one when all are in use. Returns 0 when there is none: the
    /// share is too small for this size. Slots of another generation, and expired ones, go first.
    /// </summary>
    public uint Take(int octets, long now, uint generation)
    {
        SlotSize size = SizeFor(octets);
        if (size.Free.Count == 0 && _chunkCount < _chunks.Length)
        {
            Volatile.Write(ref _chunks[_chunkCount], new AnswerChunk(size.Octets));
            Join(size, _chunkCount);
            Volatile.Write(ref _chunkCount, _chunkCount + 1);
        }
        else if (size.Free.Count == 0)
        {
            Balance(size);
        }

        if (size.Free.Count > 0)
        {
            uint free = size.Free[^1];
            size.Free.RemoveAt(size.Free.Count - 1);
            return free;
        }

        return size.Chunks.Count == 0 ? 0 : EmptyVictim(size, now, generation);
    }

    /// <summary>Empties a slot and gives it back.</summary>
    public void Release(uint location)
    {
        Empty(location);
        SizeFor(ChunkOf(location).SlotSize).Free.Add(location);
    }

    private SlotSize SizeFor(int octets)
    {
        int i = 0;
        while (_sizes[i].Octets < octets)
        {
            i++;
        }

        return _sizes[i];
    }

    private void Join(SlotSize size, int chunk)
    {
        size.Chunks.Add(chunk);
        for (int slot = _chunks[chunk]!.Count - 1; slot >= 0; slot--)
        {
            size.Free.Add(Location(chunk, slot));
        }
    }

    private uint EmptyVictim(SlotSize size, long now, uint generation)
    {
        uint location = 0;
        for (int spared = 0; spared <= MaxSpared; spared++)
        {
            location = size.Advance(_chunks);
            ref AnswerSlotHeader header = ref HeaderAt(location);
            if (header.Heat == 0 || header.ExpiresAt <= now || header.Generation != generation)
            {
                break;
            }

            header.Heat--;
        }

        size.Evictions++;
        Evictions += HeaderAt(location).IndexPlace != 0 ? 1 : 0;
        Empty(location);
        return location;
    }

    // A reader that has found the slot already may still copy the answer: it is no less right for being
    // evicted.
    private void Empty(uint location)
    {
        ref AnswerSlotHeader header = ref HeaderAt(location);
        if (header.IndexPlace != 0)
        {
            _index.Clear((int)header.IndexPlace - 1);
            header.IndexPlace = 0;
            Count--;
        }
    }

    // Called when a size has no free slot and no chunk is left to take.
    private void Balance(SlotSize needy)
    {
        int slots = needy.Chunks.Count * (AnswerChunk.Size / needy.Octets);
        if (slots > 0 && needy.Evictions < slots)
        {
            return;
        }

        SlotSize? donor = null;
        foreach (SlotSize size in _sizes)
        {
            int held = size.Chunks.Count * (AnswerChunk.Size / size.Octets);
            bool isAtRest = slots == 0 || size.Evictions * 2 < held;
            bool canGive = size.Chunks.Count > (slots == 0 ? 0 : 1);
            if (size != needy && isAtRest && canGive && size.Chunks.Count > (donor?.Chunks.Count ?? 0))
            {
                donor = size;
            }
        }

        foreach (SlotSize size in _sizes)
        {
            size.Evictions = 0;
        }

        if (donor is not null)
        {
            Move(donor, needy);
        }
    }

    private void Move(SlotSize donor, SlotSize needy)
    {
        int chunk = donor.Leave();
        for (int slot = 0; slot < _chunks[chunk]!.Count; slot++)
        {
            Empty(Location(chunk, slot));
        }

        donor.Free.RemoveAll(location => (int)((location - 1) >> SlotBits) == chunk);
        Volatile.Write(ref _chunks[chunk], new AnswerChunk(needy.Octets));
        Join(needy, chunk);
    }

    private AnswerChunk ChunkOf(uint location) => _chunks[(int)((location - 1) >> SlotBits)]!;

    private static uint Location(int chunk, int slot) => (uint)((chunk << SlotBits) | slot) + 1;

    // The chunks and free slots of one size, and its hand.
    private sealed class SlotSize(int octets)
    {
        private int _handChunk;
        private int _handSlot = -1;

        public int Octets { get; } = octets;

        public List<int> Chunks { get; } = [];

        public List<uint> Free { get; } = [];

        public int Evictions { get; set; }

        public uint Advance(AnswerChunk?[] chunks)
        {
            _handSlot++;
            if (_handChunk >= Chunks.Count)
            {
                _handChunk = 0;
            }

            if (_handSlot >= chunks[Chunks[_handChunk]]!.Count)
            {
                _handSlot = 0;
                _handChunk = (_handChunk + 1) % Chunks.Count;
            }

            return Location(Chunks[_handChunk], _handSlot);
        }

        public int Leave()
        {
            // The hand comes to this one next, so its answers have gone longest without being looked at.
            int index = (_handChunk + 1) % Chunks.Count;
            int chunk = Chunks[index];
            Chunks.RemoveAt(index);
            return chunk;
        }
    }
}
