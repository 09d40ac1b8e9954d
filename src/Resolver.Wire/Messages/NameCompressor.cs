// Which names stand where in the message being written (RFC 1035 §4.1.4). What is kept of a name is the part
// of it that was written as labels: where that ends, its length, and (in the message itself) what it points
// to. So the parts are a tree with the root at its top, and a name is looked up from its right end: among the
// parts that hang where it has been found so far, the one whose last labels are its next ones leads further.
// Every suffix stands once, so what is found first is the longest.
//
// Bounded, so that no message makes writing quadratic (CVE-2024-8508): at most 64 parts are kept, each is
// compared at most once per name, and of parts whose labels end elsewhere than the name's at most 8. What a
// bound cuts off costs octets, never correctness.
using System;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Resolver.Wire;

/// <summary>The compression table of one message.</summary>
internal ref struct NameCompressor
{
    /// <summary>Octets of a pointer.</summary>
    public const int PointerLength = sizeof(ushort);

    private const int Capacity = 64;

    // Nobody wants more: only names made for it have labels that end alike and begin elsewhere.
    private const int MaxMisfits = 8;

    // RFC 1035 §4.1.4: a pointer has 14 bits.
    private const int MaxOffset = 0x3FFF;

    private Slots _keys;
    private Slots _ends;
    private Lengths _lengths;
    private int _count;

    // The name written last: most names of a message are the one before (owners of one set, the question's
    // name, the target of an alias). Its length, where it stands (0: nowhere that a pointer could lead to),
    // how many octets of it stand there as labels, and where the rest stands.
    private int _lastLength;
    private int _last;
    private int _lastPlain;
    private int _lastRest;

    /// <summary>Count of parts kept; give it back to <see cref="Forget"/> to roll back.</summary>
    public readonly int Count => _count;

    /// <summary>Names compared with octets of the message so far: the work of look-ups, for tests.</summary>
    public int Comparisons { get; private set; }

    /// <summary>
    /// Where the name written last stands, for <see cref="Point"/>; 0 when no pointer leads there.
    /// </summary>
    public readonly int Last => _last;

    /// <summary>Forgets all names written after <paramref name="count"/> was read.</summary>
    public void Forget(int count)
    {
        _count = count;
        _last = 0;
    }

    /// <summary>
    /// Writes <paramref name="name"/> at <paramref name="position"/>, compressed where a suffix is known, and
    /// remembers it. Returns the offset behind it, or -1 when there is no room.
    /// </summary>
    public int Write(scoped Span<byte> message, int position, scoped ReadOnlySpan<byte> name)
    {
        if (IsLast(message, name))
        {
            return Point(message, position, _last);
        }

        int plain = name.Length - 1;
        int target = 0;
        if (_count > 0 && plain > 0)
        {
            Find(message, name, ref plain, ref target);
        }

        int end = position + plain;
        if (end + (target > 0 ? PointerLength : 1) > message.Length)
        {
            return -1;
        }

        name[..plain].CopyTo(message[position..]);
        Remember(position, name, plain, target);
        if (target > 0)
        {
            return Point(message, end, target);
        }

        message[end] = 0;
        return end + 1;
    }

    /// <summary>
    /// Writes a pointer to a name that stands at <paramref name="target"/>. Returns the offset behind it, or
    /// -1 when there is no room.
    /// </summary>
    public static int Point(scoped Span<byte> message, int position, int target) =>
        BinaryPrimitives.TryWriteUInt16BigEndian(message[position..], (ushort)(0xC000 | target))
            ? position + PointerLength
            : -1;

    // In its own case, and what follows the labels in one piece; all else is found like other names.
    private bool IsLast(scoped ReadOnlySpan<byte> message, scoped ReadOnlySpan<byte> name)
    {
        int rest = name.Length - _lastPlain;
        if (name.Length != _lastLength || _last == 0 || _lastRest + rest > message.Length)
        {
            return false;
        }

        Comparisons++;
        return message.Slice(_lastRest, rest).SequenceEqual(name[_lastPlain..])
            && message.Slice(_last, _lastPlain).SequenceEqual(name[.._lastPlain]);
    }

    // Moves the end of what must be written as labels to the left, part by part.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Find(
        scoped ReadOnlySpan<byte> message, scoped ReadOnlySpan<byte> name, ref int plain, ref int target)
    {
        LabelStarts starts = default;
        int misfits = 0;
        int part = -1;
        while (plain > 0
            && misfits < MaxMisfits
            && (part = NextOf(KeyOf(name, plain, target), part + 1)) >= 0)
        {
            Comparisons++;
            int end = _ends[part];
            int length = _lengths[part];
            int equal = NameOctets.CountEqualBefore(message, end, name, plain, Math.Min(length, plain));
            int start = starts.FirstFrom(name, plain - equal);
            if (start == plain || TargetAt(message, end) != target)
            {
                continue;
            }

            // The octets are equal; what counts are those from which on both are whole labels.
            int at = start;
            int offset = end - length;
            while (end - offset != plain - at)
            {
                _ = end - offset > plain - at
                    ? offset += message[offset] + 1
                    : at += name[at] + 1;
            }

            misfits += at == start ? 0 : 1;
            if (at < plain && offset <= MaxOffset)
            {
                plain = at;
                target = offset;
            }
        }
    }

    private readonly int NextOf(ushort key, int from)
    {
        ReadOnlySpan<ushort> keys = _keys;
        Vector128<ushort> sought = Vector128.Create(key);
        uint wanted = uint.MaxValue << (from & (Vector128<ushort>.Count - 1));
        for (int i = from & -Vector128<ushort>.Count; i < _count; i += Vector128<ushort>.Count)
        {
            uint equal = Vector128.Equals(Vector128.Create(keys[i..]), sought).ExtractMostSignificantBits();
            equal &= wanted;
            if (equal != 0)
            {
                int found = i + BitOperations.TrailingZeroCount(equal);
                return found < _count ? found : -1;
            }

            wanted = uint.MaxValue;
        }

        return -1;
    }

    private void Remember(int position, scoped ReadOnlySpan<byte> name, int plain, int target)
    {
        _lastLength = name.Length;
        if (plain == 0 || position > MaxOffset)
        {
            _last = plain == 0 ? target : 0;
            _lastPlain = 0;
            _lastRest = target;
            return;
        }

        _last = position;
        _lastPlain = target > 0 ? plain : 0;
        _lastRest = target > 0 ? target : position;
        if (_count < Capacity)
        {
            _keys[_count] = KeyOf(name, plain, target);
            _ends[_count] = (ushort)(position + plain);
            _lengths[_count++] = (byte)plain;
        }
    }

    // Of the name's label that ends at `end`, the last two octets (a label of one has its length before it),
    // case ignored; and where what follows it stands.
    private static ushort KeyOf(scoped ReadOnlySpan<byte> name, int end, int target) =>
        (ushort)((BinaryPrimitives.ReadUInt16LittleEndian(name[(end - 2)..]) | 0x2020) ^ (target * 0x9E35));

    private static int TargetAt(scoped ReadOnlySpan<byte> message, int end) =>
        message[end] == 0 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(message[end..]) & MaxOffset;

    [InlineArray(Capacity)]
    private struct Slots
    {
        private ushort _first;
    }

    [InlineArray(Capacity)]
    private struct Lengths
    {
        private byte _first;
    }
}
