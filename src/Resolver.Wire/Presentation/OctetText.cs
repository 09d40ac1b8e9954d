// Octets as characters: zone files are read octet by octet (Latin-1), so text from elsewhere becomes UTF-8
// first; and character-strings (RFC 1035 §5.1) with their escapes.
using System;
using System.Text;

namespace Resolver.Wire;

/// <summary>Text of octet strings.</summary>
internal static class OctetText
{
    /// <summary>A text whose characters are the octets of the given text in UTF-8.</summary>
    public static string FromString(string text) =>
        Ascii.IsValid(text) ? text : Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>Reads escapes; false when one is wrong or when more octets come than fit.</summary>
    public static bool TryUnescape(ReadOnlySpan<char> text, Span<byte> destination, out int length)
    {
        length = 0;
        for (int i = 0; i < text.Length;)
        {
            if (length == destination.Length
                || !NameText.TryReadOctet(text, ref i, out destination[length], '\xFF'))
            {
                return false;
            }

            length++;
        }

        return true;
    }

    /// <summary>
    /// A word for an error's sentence: cut when long, characters that are not printable ASCII as "?".
    /// </summary>
    public static string Show(ReadOnlySpan<char> word)
    {
        // For people.
        const int MostShown = 40;
        bool isCut = word.Length > MostShown;
        StringBuilder text = new();
        foreach (char c in isCut ? word[..MostShown] : word)
        {
            text.Append(c is >= ' ' and < '\x7F' ? c : '?');
        }

        return text.Append(isCut ? "..." : "").ToString();
    }

    /// <summary>Appends octets in quotes, as dig does.</summary>
    public static StringBuilder AppendQuoted(StringBuilder text, ReadOnlySpan<byte> octets) =>
        AppendEscaped(text.Append('"'), octets).Append('"');

    /// <summary>Appends octets as they stand between quotes.</summary>
    public static StringBuilder AppendEscaped(StringBuilder text, ReadOnlySpan<byte> octets)
    {
        foreach (byte octet in octets)
        {
            if (octet is (byte)'"' or (byte)'\\')
            {
                text.Append('\\').Append((char)octet);
            }
            else if (octet is >= 0x20 and < 0x7F)
            {
                text.Append((char)octet);
            }
            else
            {
                NameText.AppendDecimalEscape(text, octet);
            }
        }

        return text;
    }
}
