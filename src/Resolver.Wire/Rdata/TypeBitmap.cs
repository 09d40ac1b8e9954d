// Sets of types as windows of bits: RFC 4034 §4.1.2. A window is its number, a count of 1 to 32 and so many
// octets; numbers rise and no window ends in a zero octet, so each set has one form.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace Resolver.Wire;

/// <summary>Reads and writes type bitmaps.</summary>
internal static class TypeBitmap
{
    /// <summary>Most octets of a bitmap: 256 windows of 32 octets.</summary>
    public const int MaxLength = 256 * (2 + MaxWindowLength);

    // RFC 4034 §4.1.2: a bit for each of 256 types.
    private const int MaxWindowLength = 32;

    /// <summary>True when the octets are a bitmap; none at all are the empty set.</summary>
    public static bool IsValid(ReadOnlySpan<byte> octets)
    {
        int last = -1;
        while (!octets.IsEmpty)
        {
            if (octets.Length < 3 || octets[0] <= last || octets[1] is 0 or > MaxWindowLength
                || octets.Length < 2 + octets[1] || octets[1 + octets[1]] == 0)
            {
                return false;
            }

            last = octets[0];
            octets = octets[(2 + octets[1])..];
        }

        return true;
    }

    /// <summary>True when the valid bitmap holds the type.</summary>
    public static bool Contains(ReadOnlySpan<byte> bitmap, RRType type)
    {
        int window = type.Value >> 8;
        int octet = (type.Value & 0xFF) >> 3;
        while (!bitmap.IsEmpty && bitmap[0] <= window)
        {
            if (bitmap[0] == window)
            {
                return octet < bitmap[1] && (bitmap[2 + octet] & (0x80 >> (type.Value & 7))) != 0;
            }

            bitmap = bitmap[(2 + bitmap[1])..];
        }

        return false;
    }

    /// <summary>The types in a valid bitmap, rising.</summary>
    public static IReadOnlyList<RRType> ToList(ReadOnlySpan<byte> bitmap)
    {
        List<RRType> types = [];
        for (; !bitmap.IsEmpty; bitmap = bitmap[(2 + bitmap[1])..])
        {
            for (int bit = 0; bit < bitmap[1] * 8; bit++)
            {
                if ((bitmap[2 + (bit >> 3)] & (0x80 >> (bit & 7))) != 0)
                {
                    types.Add(new RRType((ushort)((bitmap[0] << 8) | bit)));
                }
            }
        }

        return types;
    }

    /// <summary>
    /// Writes the set to <paramref name="destination"/> (room for <see cref="MaxLength"/>) and returns its
    /// octets. Sorts <paramref name="types"/>; duplicates count once.
    /// </summary>
    public static int Write(Span<ushort> types, Span<byte> destination)
    {
        types.Sort();
        int length = 0;
        int window = -1;
        int start = 0;
        foreach (ushort type in types)
        {
            if (type >> 8 != window)
            {
                window = type >> 8;
                start = length;
                BinaryPrimitives.WriteUInt16BigEndian(destination[length..], (ushort)(window << 8));
                length += 2;
            }

            int octet = start + 2 + ((type & 0xFF) >> 3);
            while (length <= octet)
            {
                destination[length++] = 0;
            }

            destination[octet] |= (byte)(0x80 >> (type & 7));
            destination[start + 1] = (byte)(length - start - 2);
        }

        return length;
    }
}
