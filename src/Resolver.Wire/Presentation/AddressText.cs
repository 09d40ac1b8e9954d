// Addresses as text. IPv4 in four decimal parts and no other form; IPv6 as RFC 4291 §2.2 reads and RFC 5952
// prints, with dotted decimal at the end where inet_ntop has it.
using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;

namespace Resolver.Wire;

/// <summary>Reads and writes addresses as text.</summary>
internal static class AddressText
{
    private const int Groups = 8;

    private static readonly SearchValues<char> Ipv6Characters =
        SearchValues.Create("0123456789abcdefABCDEF:.");

    /// <summary>Reads an IPv4 address into four octets.</summary>
    public static bool TryParseIpv4(ReadOnlySpan<char> text, Span<byte> octets)
    {
        int count = 0;
        foreach (Range range in text.Split('.'))
        {
            ReadOnlySpan<char> part = text[range];
            if (count == 4 || part.Length > 3 || (part.Length > 1 && part[0] == '0')
                || !byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out octets[count]))
            {
                return false;
            }

            count++;
        }

        return count == 4;
    }

    /// <summary>Reads an IPv6 address into sixteen octets.</summary>
    public static bool TryParseIpv6(ReadOnlySpan<char> text, Span<byte> octets)
    {
        // IPAddress reads brackets, ports, prefixes and zones too; none of their characters gets there.
        return text.Contains(':') && !text.ContainsAnyExcept(Ipv6Characters)
            && IPAddress.TryParse(text, out IPAddress? address)
            && address.TryWriteBytes(octets, out int length)
            && length == 16;
    }

    /// <summary>Appends an IPv4 address.</summary>
    public static StringBuilder AppendIpv4(StringBuilder text, ReadOnlySpan<byte> octets) =>
        text.Append(CultureInfo.InvariantCulture, $"{octets[0]}.{octets[1]}.{octets[2]}.{octets[3]}");

    /// <summary>Appends an IPv6 address.</summary>
    public static StringBuilder AppendIpv6(StringBuilder text, ReadOnlySpan<byte> octets)
    {
        (int start, int length) = FindZeros(octets);
        bool isMapped = start == 0 && length == 5 && GroupOf(octets, 5) == 0xFFFF;
        bool isCompatible = start == 0 && length == 6;
        int groups = isMapped || isCompatible ? Groups - 2 : Groups;
        for (int i = 0; i < groups; i++)
        {
            if (i == start && length > 1)
            {
                text.Append("::");
                i += length - 1;
                continue;
            }

            if (i > 0 && (length < 2 || i != start + length))
            {
                text.Append(':');
            }

            text.Append(CultureInfo.InvariantCulture, $"{GroupOf(octets, i):x}");
        }

        if (groups == Groups)
        {
            return text;
        }

        return AppendIpv4(isMapped ? text.Append(':') : text, octets[12..]);
    }

    private static ushort GroupOf(ReadOnlySpan<byte> octets, int index) =>
        BinaryPrimitives.ReadUInt16BigEndian(octets[(2 * index)..]);

    // The longest run of zero groups, the first of equals.
    private static (int Start, int Length) FindZeros(ReadOnlySpan<byte> octets)
    {
        (int Start, int Length) best = (0, 0);
        int run = 0;
        for (int i = 0; i < Groups; i++)
        {
            run = GroupOf(octets, i) == 0 ? run + 1 : 0;
            if (run > best.Length)
            {
                best = (i + 1 - run, run);
            }
        }

        return best;
    }
}
