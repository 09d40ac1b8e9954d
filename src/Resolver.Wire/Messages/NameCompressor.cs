// Which name suffixes stand where in the message being written (RFC 1035 §4.1.4). Bounded, so that no message
// makes writing quadratic (CVE-2024-8508): at most 64 suffixes are remembered, a name is looked up by at most
// 17 of its own (itself and the last 16), and of those whose hash is known at most 8 are compared, octet by
// octet, in the message; besides, the name written last. What a bound cuts off costs octets, never
// correctness.
using System;
using System.Runtime.CompilerServices;

namespace Resolver.Wire;

/// <summary>The compression table of one message.</summary>
internal ref struct NameCompressor
{
    private const int Capacity = 64;
    // RFC 1035 §4.1.4: a pointer has 14 bits. The others bound the work per name, at the cost of some
    // octets.
    private const int MaxOffset = 0x3FFF;
    private const int MaxSuffixes = 17;
    private const int MaxComparisons = 8;

    private Slots _hashes;
    private Slots _offsets;
    private int _count;

    // Where the name written last stands; 0: nowhere that a pointer could lead to. Most names of a message
    // are the one before: owners of one set, the question's name, the target of an alias.
    private int _last;

    /// <summary>Count of suffixes remembered; give it back to <see cref="Forget"/> to roll back.</summary>
    public readonly int Count => _count;

    /// <summary>Names compared with octets of the message so far: the work of look-ups, for tests.</summary>
    public int Comparisons { get; private set; }

    /// <summary>
    /// Where the name written last stands, for <see cref="TryPoint"/>; 0 when no pointer leads there.
    /// </summary>
    public readonly int Last => _last;

    /// <summary>Forgets all suffixes remembered after <paramref name="count"/> was read.</summary>
    public void Forget(int count)
    {
        _count = count;
        _last = 0;
    }

    /// <summary>
    /// Writes <paramref name="name"/> at <paramref name="position"/>, compressed where a suffix is known, and
    /// remembers its suffixes. False when there is no room.
    /// </summary>
    public bool TryWrite(scoped Span<byte> message, ref int position, scoped ReadOnlySpan<byte> name)
    {
        if (IsLast(message[..position], name))
        {
            return TryPoint(message, ref position, _last);
        }

        Span<byte> starts = stackalloc byte[NameOctets.MaxLabels];
        int labels = NameOctets.FindLabels(name, starts);
        int first = Math.Max(0, labels - MaxSuffixes);
        starts[first] = 0;
        Span<ushort> hashes = stackalloc ushort[MaxSuffixes];
        HashSuffixes(name, starts[first..labels], hashes);

        int matched = labels;
        int target = -1;
        int comparisons = MaxComparisons;
        for (int i = first; i < labels && target < 0; i++)
        {
            target = Find(message[..position], name[starts[i]..], hashes[i - first], ref comparisons);
            matched = target >= 0 ? i : labels;
        }

        Comparisons += MaxComparisons - comparisons;
        int plain = matched < labels ? starts[matched] : name.Length - 1;
        int length = plain + (target >= 0 ? 2 : 1);
        if (position + length > message.Length)
        {
            return false;
        }

        _last = plain == 0 ? Math.Max(target, 0) : position <= MaxOffset ? position : 0;
        name[..plain].CopyTo(message[position..]);
        for (int i = first; i < matched; i++)
        {
            Remember(position + starts[i], hashes[i - first]);
        }

        position += plain;
        if (target >= 0)
        {
            return TryPoint(message, ref position, target);
        }

        message[position++] = 0;
        return true;
    }

    /// <summary>Writes a pointer to a name that stands at <paramref name="target"/>.</summary>
    public static bool TryPoint(scoped Span<byte> message, ref int position, int target)
    {
        if (position + 2 > message.Length)
        {
            return false;
        }

        message[position] = (byte)(0xC0 | (target >> 8));
        message[position + 1] = (byte)target;
        position += 2;
        return true;
    }

    private bool IsLast(scoped ReadOnlySpan<byte> message, scoped ReadOnlySpan<byte> name)
    {
        if (_last == 0 || name.Length <= 1)
        {
            return false;
        }

        Comparisons++;
        return (_last + name.Length <= message.Length
                && message.Slice(_last, name.Length).SequenceEqual(name))
            || CompressedName.EqualsAt(message, _last, name);
    }

    private static void HashSuffixes(ReadOnlySpan<byte> name, ReadOnlySpan<byte> starts, Span<ushort> hashes)
    {
        // From the right, so that each suffix's hash continues the one of its parent.
        uint hash = 0;
        int end = name.Length - 1;
        for (int i = starts.Length - 1; i >= 0; i--)
        {
            for (int at = starts[i]; at < end; at++)
            {
                hash = (hash ^ NameOctets.Fold(name[at])) * 0x01000193;
            }

            end = starts[i];
            hashes[i] = (ushort)(hash ^ (hash >> 16));
        }
    }

    private readonly int Find(
        ReadOnlySpan<byte> message, ReadOnlySpan<byte> suffix, ushort hash, ref int comparisons)
    {
        ReadOnlySpan<ushort> known = ((ReadOnlySpan<ushort>)_hashes)[.._count];
        for (int from = 0; comparisons > 0; comparisons--)
        {
            int at = known[from..].IndexOf(hash);
            if (at < 0)
            {
                return -1;
            }

            int offset = _offsets[from + at];
            if (CompressedName.EqualsAt(message, offset, suffix))
            {
                comparisons--;
                return offset;
            }

            from += at + 1;
        }

        return -1;
    }

    private void Remember(int offset, ushort hash)
    {
        if (_count < Capacity && offset <= MaxOffset)
        {
            _hashes[_count] = hash;
            _offsets[_count++] = (ushort)offset;
        }
    }

    [InlineArray(Capacity)]
    private struct Slots
    {
        private ushort _first;
    }
}
