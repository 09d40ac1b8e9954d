// How one answer lies in its slot: this header, then its parts (hash and epoch of each), then the offsets of
// its TTLs, then the message. A slot is a sequence lock: the number is odd while somebody writes; a reader
// copies without asking, and throws the copy away when the number was odd or has changed. So whatever a
// reader finds here may be torn, and is used for nothing but bounded copying until the number has been looked
// at again.
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Resolver.Engine;

/// <summary>
/// The fixed fields of a slot. Fields are written by whoever holds the cache's lock, save the last three.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct AnswerSlotHeader
{
    /// <summary>Odd while being written.</summary>
    public uint Sequence;

    /// <summary>1 + place in the index; 0 when the slot is free.</summary>
    public uint IndexPlace;

    /// <summary>Hash of the key.</summary>
    public ulong Hash;

    /// <summary>The TTLs in the message are those of this moment.</summary>
    public long StoredAt;

    /// <summary>The end of the shortest-lived part.</summary>
    public long ExpiresAt;

    /// <summary>From here on a popular answer is due for prefetch.</summary>
    public long DueAt;

    /// <summary>The cache's generation when it was stored.</summary>
    public uint Generation;

    /// <summary>Flags and view of the key.</summary>
    public uint Variant;

    /// <summary>Octets of the message.</summary>
    public ushort MessageLength;

    /// <summary>Count of TTL offsets.</summary>
    public ushort TtlCount;

    /// <summary>Count of parts.</summary>
    public byte PartCount;

    /// <summary>
    /// Reads not yet forgiven by the eviction hand, saturating. Written by readers without a lock.
    /// </summary>
    public byte Heat;

    /// <summary>Reads since it was stored, saturating. Written by readers without a lock.</summary>
    public byte Hits;

    /// <summary>1 once a reader has taken the prefetch on itself.</summary>
    public byte IsClaimed;
}

/// <summary>A part of an answer: where its epoch is counted, and what it was.</summary>
/// <param name="Hash">Hash of the part's key.</param>
/// <param name="Epoch">Its epoch when the answer was stored.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct AnswerPart(uint Hash, uint Epoch);

/// <summary>A slot's octets, taken apart.</summary>
internal readonly ref struct AnswerSlot
{
    /// <summary>The most heat that a slot holds: it survives so many passes of the eviction hand.</summary>
    public const byte MaxHeat = 3;

    private readonly Span<byte> _octets;

    public AnswerSlot(Span<byte> octets) => _octets = octets;

    /// <summary>Octets of a slot's header.</summary>
    public static int HeaderSize => Unsafe.SizeOf<AnswerSlotHeader>();

    /// <summary>The fixed fields.</summary>
    public ref AnswerSlotHeader Header => ref MemoryMarshal.AsRef<AnswerSlotHeader>(_octets);

    /// <summary>Octets that an answer needs.</summary>
    public static int SizeOf(int messageLength, int parts, int ttls) =>
        HeaderSize + (parts * Unsafe.SizeOf<AnswerPart>()) + (ttls * sizeof(ushort)) + messageLength;

    /// <summary>False when the counts cannot be true: they were read while somebody wrote.</summary>
    public bool Holds(in AnswerSlotHeader header) =>
        SizeOf(header.MessageLength, header.PartCount, header.TtlCount) <= _octets.Length;

    /// <summary>The parts, for counts that <see cref="Holds"/>.</summary>
    public Span<AnswerPart> Parts(int count) => MemoryMarshal.Cast<byte, AnswerPart>(
        _octets.Slice(HeaderSize, count * Unsafe.SizeOf<AnswerPart>()));

    /// <summary>The TTL offsets, for counts that <see cref="Holds"/>.</summary>
    public Span<ushort> TtlOffsets(int parts, int count) => MemoryMarshal.Cast<byte, ushort>(
        _octets.Slice(HeaderSize + (parts * Unsafe.SizeOf<AnswerPart>()), count * sizeof(ushort)));

    /// <summary>The message, for counts that <see cref="Holds"/>.</summary>
    public Span<byte> Message(int parts, int ttls, int length) =>
        _octets.Slice(SizeOf(0, parts, ttls), length);
}
