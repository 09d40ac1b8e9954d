// Names in presentation form, both ways: dots, \. and \DDD escapes, relative names below an origin. RFC 1035
// §5.1, RFC 4343 §2.1. Printable octets stand for themselves save those that zone files treat specially.
using System;
using System.Text;

namespace Resolver.Wire;

/// <summary>Reads and writes names as text.</summary>
internal static class NameText
{
    /// <summary>
    /// Reads a name into <paramref name="wire"/> (room for 255 octets). Without a last dot the name is
    /// relative to <paramref name="origin"/> (wire form); "@" is the origin itself.
    /// </summary>
    public static bool TryParse(
        ReadOnlySpan<char> text, ReadOnlySpan<byte> origin, Span<byte> wire, out int length,
        out WireError error)
    {
        length = 0;
        error = WireError.None;
        if (text is "@" && origin.Length > 1)
        {
            origin.CopyTo(wire);
            length = origin.Length;
            return true;
        }

        if (text is ".")
        {
            wire[0] = 0;
            length = 1;
            return true;
        }

        return TryParseLabels(text, wire, out length, out bool absolute, out error)
            && TryEnd(absolute ? [0] : origin, wire, ref length, ref error);
    }

    /// <summary>Presentation form with a last dot.</summary>
    public static string Format(ReadOnlySpan<byte> name)
    {
        if (name.Length == 1)
        {
            return ".";
        }

        StringBuilder text = new(name.Length + 8);
        Append(text, name);
        return text.ToString();
    }

    /// <summary>Appends a name with a last dot.</summary>
    public static StringBuilder Append(StringBuilder text, ReadOnlySpan<byte> name)
    {
        if (name[0] == 0)
        {
            text.Append('.');
        }

        for (int at = 0; name[at] != 0; at += name[at] + 1)
        {
            AppendLabel(text, name.Slice(at + 1, name[at]));
            text.Append('.');
        }

        return text;
    }

    /// <summary>Appends one label's octets with escapes.</summary>
    public static void AppendLabel(StringBuilder text, ReadOnlySpan<byte> label)
    {
        foreach (byte octet in label)
        {
            if (octet is (byte)'.' or (byte)'\\' or (byte)'"' or (byte)';' or (byte)'(' or (byte)')'
                or (byte)'@'
                or (byte)'$')
            {
                text.Append('\\').Append((char)octet);
            }
            else if (octet is > 0x20 and < 0x7F)
            {
                text.Append((char)octet);
            }
            else
            {
                AppendDecimalEscape(text, octet);
            }
        }
    }

    /// <summary>Appends \DDD.</summary>
    public static void AppendDecimalEscape(StringBuilder text, byte octet) => text.Append('\\')
        .Append((char)('0' + (octet / 100)))
        .Append((char)('0' + (octet / 10 % 10)))
        .Append((char)('0' + (octet % 10)));

    private static bool TryParseLabels(
        ReadOnlySpan<char> text, Span<byte> wire, out int length, out bool absolute, out WireError error)
    {
        absolute = false;
        length = 0;
        error = WireError.BadLabel;
        int lengthAt = 0;
        int at = 1;
        for (int i = 0; i < text.Length;)
        {
            if (text[i] == '.')
            {
                if (at - lengthAt == 1)
                {
                    return false;
                }

                wire[lengthAt] = (byte)(at - lengthAt - 1);
                lengthAt = at++;
                i++;
                absolute = i == text.Length;
                continue;
            }

            if (!TryReadOctet(text, ref i, out byte octet))
            {
                error = WireError.BadText;
                return false;
            }

            if (at - lengthAt > NameOctets.MaxLabelLength)
            {
                return false;
            }

            if (at >= NameOctets.MaxLength - 1)
            {
                error = WireError.NameTooLong;
                return false;
            }

            wire[at++] = octet;
        }

        if (!absolute)
        {
            if (at - lengthAt == 1)
            {
                return false;
            }

            wire[lengthAt] = (byte)(at - lengthAt - 1);
            lengthAt = at;
        }

        length = lengthAt;
        error = WireError.None;
        return true;
    }

    /// <summary>
    /// Reads one character, at most <paramref name="most"/>, or one escape (RFC 1035 §5.1) at <paramref
    /// name="i"/> as an octet.
    /// </summary>
    internal static bool TryReadOctet(ReadOnlySpan<char> text, ref int i, out byte octet, char most = '\x7F')
    {
        octet = 0;
        char c = text[i++];
        if (c != '\\')
        {
            octet = (byte)c;
            return c <= most;
        }

        if (i >= text.Length)
        {
            return false;
        }

        if (!char.IsAsciiDigit(text[i]))
        {
            octet = (byte)text[i];
            return text[i++] <= most;
        }

        if (i + 3 > text.Length || !char.IsAsciiDigit(text[i + 1]) || !char.IsAsciiDigit(text[i + 2]))
        {
            return false;
        }

        int value = ((text[i] - '0') * 100) + ((text[i + 1] - '0') * 10) + (text[i + 2] - '0');
        i += 3;
        octet = (byte)value;
        return value <= 255;
    }

    private static bool TryEnd(
        ReadOnlySpan<byte> origin, Span<byte> wire, ref int length, ref WireError error)
    {
        if (length + origin.Length > NameOctets.MaxLength)
        {
            error = WireError.NameTooLong;
            return false;
        }

        origin.CopyTo(wire[length..]);
        length += origin.Length;
        return true;
    }
}
