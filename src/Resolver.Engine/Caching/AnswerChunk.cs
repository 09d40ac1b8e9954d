// A piece of slab memory, cut into slots of one size: octets only, at a fixed address, so the collector
// neither visits nor moves it. When a chunk changes hands a new one takes its place: who still reads the old
// one reads old memory.
using System;
using System.Runtime.InteropServices;

namespace Resolver.Engine;

/// <summary>Slots of one size, of at least two cache lines each.</summary>
internal sealed class AnswerChunk
{
    /// <summary>Octets of the slots together.</summary>
    public const int Size = 1 << 16;

    // Two cache lines: processors fetch them in such pairs, and most answers fill one pair.
    private const int Alignment = 128;

    private readonly byte[] _octets = GC.AllocateArray<byte>(Size + Alignment, pinned: true);
    private readonly int _start;

    public AnswerChunk(int slotSize)
    {
        SlotSize = slotSize;
        Count = Size / slotSize;
        _start = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(_octets, 0) & (Alignment - 1));
    }

    /// <summary>Octets of a slot.</summary>
    public int SlotSize { get; }

    /// <summary>Count of slots.</summary>
    public int Count { get; }

    /// <summary>A slot by its number.</summary>
    public AnswerSlot this[int slot] => new(_octets.AsSpan(_start + (slot * SlotSize), SlotSize));
}
