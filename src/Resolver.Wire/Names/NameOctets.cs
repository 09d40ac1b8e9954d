// Operations on names in uncompressed wire form (length-prefixed labels up to and with the root label), as
// spans. RFC 1035 §3.1; case is ignored for ASCII letters alone (RFC 4343). A length octet is at most 63 and
// so never looks like a letter: whole names can be folded eight octets at a time without finding the labels.
using System;
using System.Buffers.Binary;
using System.Numerics;

namespace Resolver.Wire;

/// <summary>Functions over uncompressed wire-form names; the arguments must be valid names.</summary>
internal static class NameOctets
{
    /// <summary>Most octets of a name, root label included (RFC 1035 §3.1).</summary>
    public const int MaxLength = 255;

    /// <summary>Most octets of a label (RFC 1035 §3.1).</summary>
    public const int MaxLabelLength = 63;

    /// <summary>Most labels of a name, root label apart.</summary>
    public const int MaxLabels = 127;

    /// <summary>Equality with ASCII case ignored.</summary>
    public static bool EqualsIgnoreCase(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        while (left.Length >= sizeof(ulong))
        {
            ulong a = BinaryPrimitives.ReadUInt64LittleEndian(left);
            ulong b = BinaryPrimitives.ReadUInt64LittleEndian(right);
            if (a != b && Fold(a) != Fold(b))
            {
                return false;
            }

            left = left[sizeof(ulong)..];
            right = right[sizeof(ulong)..];
        }

        for (int i = 0; i < left.Length; i++)
        {
            if (Fold(left[i]) != Fold(right[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// How many octets before <paramref name="leftEnd"/> and <paramref name="rightEnd"/> are equal, ASCII
    /// case ignored, counted from the ends up to <paramref name="most"/>, which both sides must have.
    /// </summary>
    public static int CountEqualBefore(
        ReadOnlySpan<byte> left, int leftEnd, ReadOnlySpan<byte> right, int rightEnd, int most)
    {
        int equal = 0;
        while (equal < most)
        {
            ulong a = WordBefore(left, leftEnd - equal);
            ulong b = WordBefore(right, rightEnd - equal);
            if (a != b && Fold(a) != Fold(b))
            {
                equal += BitOperations.LeadingZeroCount(Fold(a) ^ Fold(b)) >> 3;
                break;
            }

            equal += sizeof(ulong);
        }

        return Math.Min(equal, most);
    }

    /// <summary>Copies with ASCII letters in lower case: the canonical form (RFC 4034 §6.2).</summary>
    public static void ToCanonical(ReadOnlySpan<byte> name, Span<byte> destination)
    {
        int at = 0;
        for (; name.Length - at >= sizeof(ulong); at += sizeof(ulong))
        {
            ulong folded = Fold(BinaryPrimitives.ReadUInt64LittleEndian(name[at..]));
            BinaryPrimitives.WriteUInt64LittleEndian(destination[at..], folded);
        }

        for (; at < name.Length; at++)
        {
            destination[at] = Fold(name[at]);
        }
    }

    /// <summary>True without ASCII capitals.</summary>
    public static bool IsCanonical(ReadOnlySpan<byte> name) => !name.ContainsAnyInRange((byte)'A', (byte)'Z');

    /// <summary>
    /// A hash for which names that differ in case only are equal; keyed, so that it cannot be foreseen.
    /// </summary>
    public static ulong Hash(ReadOnlySpan<byte> name, ulong key)
    {
        ulong state = key ^ ((ulong)name.Length * 0x9E3779B97F4A7C15);
        while (name.Length >= sizeof(ulong))
        {
            state = Mix(
                state ^ Fold(BinaryPrimitives.ReadUInt64LittleEndian(name)), 0xA0761D6478BD642F ^ key);
            name = name[sizeof(ulong)..];
        }

        if (name.Length > 0)
        {
            Span<byte> last = stackalloc byte[sizeof(ulong)];
            last.Clear();
            name.CopyTo(last);
            state = Mix(
                state ^ Fold(BinaryPrimitives.ReadUInt64LittleEndian(last)), 0xE7037ED1A0B428DB ^ key);
        }

        return Mix(state, 0x8EBC6AF09C88C6E3);
    }

    /// <summary>Count of labels, the root label apart: 0 for the root, 2 for example.com.</summary>
    public static int CountLabels(ReadOnlySpan<byte> name)
    {
        int count = 0;
        for (int at = 0; name[at] != 0; at += name[at] + 1)
        {
            count++;
        }

        return count;
    }

    /// <summary>True when <paramref name="name"/> is <paramref name="ancestor"/> or below it.</summary>
    public static bool IsSubdomainOf(ReadOnlySpan<byte> name, ReadOnlySpan<byte> ancestor)
    {
        int surplus = name.Length - ancestor.Length;
        if (surplus < 0)
        {
            return false;
        }

        int at = 0;
        while (at < surplus)
        {
            at += name[at] + 1;
        }

        return at == surplus && EqualsIgnoreCase(name[at..], ancestor);
    }

    /// <summary>The name without its first <paramref name="labels"/> labels; stops at the root.</summary>
    public static ReadOnlySpan<byte> Skip(ReadOnlySpan<byte> name, int labels)
    {
        int at = 0;
        for (; labels > 0 && name[at] != 0; labels--)
        {
            at += name[at] + 1;
        }

        return name[at..];
    }

    /// <summary>
    /// Canonical order (RFC 4034 §6.1): labels from the right, each compared as lower-case octets.
    /// </summary>
    public static int CompareCanonical(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> leftStarts = stackalloc byte[MaxLabels];
        Span<byte> rightStarts = stackalloc byte[MaxLabels];
        int leftLabels = FindLabels(left, leftStarts);
        int rightLabels = FindLabels(right, rightStarts);
        while (leftLabels > 0 && rightLabels > 0)
        {
            int order = CompareLabels(left[leftStarts[--leftLabels]..], right[rightStarts[--rightLabels]..]);
            if (order != 0)
            {
                return order;
            }
        }

        return leftLabels.CompareTo(rightLabels);
    }

    /// <summary>
    /// Writes the offset of each label's length octet, root apart, to <paramref name="starts"/> (room for
    /// <see cref="MaxLabels"/>), and returns their count.
    /// </summary>
    public static int FindLabels(ReadOnlySpan<byte> name, Span<byte> starts)
    {
        int count = 0;
        for (int at = 0; name[at] != 0; at += name[at] + 1)
        {
            starts[count++] = (byte)at;
        }

        return count;
    }

    /// <summary>Lower case of an ASCII letter, any other octet unchanged.</summary>
    public static byte Fold(byte octet) =>
        octet is >= (byte)'A' and <= (byte)'Z' ? (byte)(octet | 0x20) : octet;

    /// <summary>
    /// True when the octets are one whole valid uncompressed name: no pointer, at most 255 octets, ending in
    /// the root.
    /// </summary>
    public static bool TryValidate(ReadOnlySpan<byte> octets, out WireError error)
    {
        int at = 0;
        while (at < octets.Length && octets[at] != 0)
        {
            if (octets[at] > MaxLabelLength)
            {
                error = WireError.BadLabelType;
                return false;
            }

            at += octets[at] + 1;
        }

        error = at >= octets.Length ? WireError.Truncated
            : at + 1 > MaxLength ? WireError.NameTooLong
            : at + 1 < octets.Length ? WireError.TrailingOctets
            : WireError.None;
        return error == WireError.None;
    }

    /// <summary>
    /// Octets of the uncompressed name that stands first, or -1 when there is no whole valid one.
    /// </summary>
    public static int Measure(ReadOnlySpan<byte> octets)
    {
        int at = 0;
        while (at < octets.Length && octets[at] is not 0 and <= MaxLabelLength)
        {
            at += octets[at] + 1;
        }

        return at < octets.Length && octets[at] == 0 && at < MaxLength ? at + 1 : -1;
    }

    private static int CompareLabels(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        int shorter = Math.Min(left[0], right[0]);
        for (int i = 1; i <= shorter; i++)
        {
            int order = Fold(left[i]).CompareTo(Fold(right[i]));
            if (order != 0)
            {
                return order;
            }
        }

        return left[0].CompareTo(right[0]);
    }

    // The last octet before the end is the highest of the word; where there are fewer than eight, zeros are
    // low.
    private static ulong WordBefore(ReadOnlySpan<byte> octets, int end)
    {
        if (end >= sizeof(ulong))
        {
            return BinaryPrimitives.ReadUInt64LittleEndian(octets[(end - sizeof(ulong))..]);
        }

        if (octets.Length >= sizeof(ulong))
        {
            return BinaryPrimitives.ReadUInt64LittleEndian(octets) << (8 * (sizeof(ulong) - end));
        }

        ulong word = 0;
        foreach (byte octet in octets[..end])
        {
            word = (word >> 8) | ((ulong)octet << 56);
        }

        return word;
    }

    private static ulong Fold(ulong octets)
    {
        // Per octet: bit 7 of (x + 0x3F) is set from 'A' on, of (x + 0x25) above 'Z'; octets above 0x7F are
        // left out.
        const ulong Low7 = 0x7F7F7F7F7F7F7F7F;
        ulong low = octets & Low7;
        ulong fromA = low + 0x3F3F3F3F3F3F3F3F;
        ulong aboveZ = low + 0x2525252525252525;
        ulong letters = fromA & ~aboveZ & ~octets & 0x8080808080808080;
        return octets | (letters >> 2);
    }

    private static ulong Mix(ulong left, ulong right)
    {
        ulong high = Math.BigMul(left, right, out ulong low);
        return high ^ low;
    }
}
