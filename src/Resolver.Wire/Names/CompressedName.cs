// Names inside messages: RFC 1035 §4.1.4. A pointer must point strictly before the place where the part of
// the name that holds it began; so each hop lowers a bound, no loop exists, and hops are counted all the
// same.
using System;
using System.Runtime.Intrinsics;

namespace Resolver.Wire;

/// <summary>Reads names that may be compressed.</summary>
internal static class CompressedName
{
    /// <summary>
    /// Most pointers followed in one name. A pointer that saves octets stands behind a label or begins the
    /// name, so a name of 127 labels needs no more; some writers point to a pointer, and stay far below it.
    /// </summary>
    public const int MaxPointers = NameOctets.MaxLabels;

    /// <summary>
    /// Reads the name at <paramref name="offset"/> into <paramref name="destination"/> (room for 255 octets)
    /// in uncompressed form, case kept, and moves the offset behind it. What stood behind the name in the
    /// destination may be overwritten.
    /// </summary>
    public static bool TryRead(
        ReadOnlySpan<byte> message, ref int offset, Span<byte> destination, out int length,
        out WireError error)
    {
        length = 0;
        int written = 0;
        int at = offset;
        int end = -1;
        int bound = offset;
        int pointers = 0;
        while (true)
        {
            // Labels up to the root or a pointer, as one piece of at most so many octets.
            int start = at;
            int most = NameOctets.MaxLength - 1 - written;
            int octet = 0;
            while ((uint)at < (uint)message.Length && at - start <= most && IsLabel(octet = message[at]))
            {
                at += octet + 1;
            }

            int labels = at - start;
            if (at >= message.Length || labels > most)
            {
                error = at > message.Length || labels <= most ? WireError.Truncated : WireError.NameTooLong;
                return false;
            }

            CopyLabels(message[start..], labels, destination[written..]);
            written += labels;
            if (octet == 0)
            {
                destination[written] = 0;
                length = written + 1;
                offset = end >= 0 ? end : at + 1;
                error = WireError.None;
                return true;
            }

            end = end >= 0 ? end : at + 2;
            int target = Follow(message, at, bound, ++pointers);
            if (target < 0)
            {
                error = (WireError)(-target);
                return false;
            }

            bound = target;
            at = target;
        }
    }

    /// <summary>Moves the offset behind the name without following pointers.</summary>
    public static bool TrySkip(ReadOnlySpan<byte> message, ref int offset, out WireError error)
    {
        int at = offset;
        while ((uint)at < (uint)message.Length)
        {
            int octet = message[at];
            if (octet == 0 || octet >= 0xC0)
            {
                int end = at + (octet == 0 ? 1 : 2);
                error = end <= message.Length ? WireError.None : WireError.Truncated;
                offset = error == WireError.None ? end : offset;
                return error == WireError.None;
            }

            if (octet > NameOctets.MaxLabelLength)
            {
                error = WireError.BadLabelType;
                return false;
            }

            at += octet + 1;
            if (at - offset >= NameOctets.MaxLength)
            {
                error = WireError.NameTooLong;
                return false;
            }
        }

        error = WireError.Truncated;
        return false;
    }

    /// <summary>
    /// True when the name at <paramref name="offset"/> is <paramref name="name"/> (uncompressed), case
    /// ignored; compared in place. False as well when the octets there are no name.
    /// </summary>
    public static bool EqualsAt(ReadOnlySpan<byte> message, int offset, ReadOnlySpan<byte> name)
    {
        int at = offset;
        int bound = offset;
        int pointers = 0;
        while ((uint)at < (uint)message.Length)
        {
            int octet = message[at];
            if (octet > NameOctets.MaxLabelLength)
            {
                bound = Follow(message, at, bound, ++pointers);
                if (bound < 0)
                {
                    return false;
                }

                at = bound;
                continue;
            }

            if (octet != name[0] || at + octet >= message.Length)
            {
                return false;
            }

            if (octet == 0)
            {
                return true;
            }

            if (!NameOctets.EqualsIgnoreCase(message.Slice(at + 1, octet), name.Slice(1, octet)))
            {
                return false;
            }

            name = name[(octet + 1)..];
            at += octet + 1;
        }

        return false;
    }

    // A length octet, neither root nor pointer.
    private static bool IsLabel(int octet) => (uint)(octet - 1) < NameOctets.MaxLabelLength;

    // Most are short: one load and one store, or two, whatever the length, where there is room for them.
    private static void CopyLabels(ReadOnlySpan<byte> from, int octets, Span<byte> to)
    {
        if (octets > 2 * Vector128<byte>.Count || from.Length < 2 * Vector128<byte>.Count
            || to.Length < 2 * Vector128<byte>.Count)
        {
            from[..octets].CopyTo(to);
        }
        else if (octets > 0)
        {
            Vector128.Create(from).CopyTo(to);
            Vector128.Create(from[Vector128<byte>.Count..]).CopyTo(to[Vector128<byte>.Count..]);
        }
    }

    // Where the pointer leads; a negative number is that of the error.
    private static int Follow(ReadOnlySpan<byte> message, int at, int bound, int pointers)
    {
        if (message[at] < 0xC0)
        {
            return -(int)WireError.BadLabelType;
        }

        if (at + 1 >= message.Length)
        {
            return -(int)WireError.Truncated;
        }

        int target = ((message[at] & 0x3F) << 8) | message[at + 1];
        return target >= bound || target < MessageHeader.Length ? -(int)WireError.BadPointer
            : pointers > MaxPointers ? -(int)WireError.TooMany
            : target;
    }
}
