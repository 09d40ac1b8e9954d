// Octets as hexadecimal, base32hex (RFC 4648 §7, without padding as RFC 5155 §3.3 has it) and base64, both
// ways. Long text is cut by blanks every 56 characters, as dig does; reading, each word may end anywhere.
using System;
using System.Text;

namespace Resolver.Wire;

/// <summary>Text of binary fields.</summary>
internal static class BinaryText
{
    private const int ChunkLength = 56;
    private const string Base32Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUV";

    /// <summary>Appends hexadecimal in chunks.</summary>
    public static StringBuilder AppendHex(StringBuilder text, ReadOnlySpan<byte> octets) =>
        AppendChunks(text, Convert.ToHexString(octets));

    /// <summary>Appends base64 in chunks.</summary>
    public static StringBuilder AppendBase64(StringBuilder text, ReadOnlySpan<byte> octets) =>
        AppendChunks(text, Convert.ToBase64String(octets));

    /// <summary>Appends base32hex without padding, in one piece.</summary>
    public static StringBuilder AppendBase32(StringBuilder text, ReadOnlySpan<byte> octets)
    {
        int bits = 0;
        int held = 0;
        foreach (byte octet in octets)
        {
            held = (held << 8) | octet;
            for (bits += 8; bits >= 5; bits -= 5)
            {
                text.Append(Base32Digits[(held >> (bits - 5)) & 0x1F]);
            }

            held &= 0x1F;
        }

        if (bits > 0)
        {
            text.Append(Base32Digits[(held << (5 - bits)) & 0x1F]);
        }

        return text;
    }

    /// <summary>The value of a digit of a radix of 4, 5 or 6 bits, or -1.</summary>
    public static int DigitOf(char c, int radixBits) => radixBits switch
    {
        4 or 5 => c switch
        {
            >= '0' and <= '9' => c - '0',
            >= 'A' and <= 'F' => c - 'A' + 10,
            >= 'a' and <= 'f' => c - 'a' + 10,
            >= 'G' and <= 'V' when radixBits == 5 => c - 'A' + 10,
            >= 'g' and <= 'v' when radixBits == 5 => c - 'a' + 10,
            _ => -1,
        },
        _ => c switch
        {
            >= 'A' and <= 'Z' => c - 'A',
            >= 'a' and <= 'z' => c - 'a' + 26,
            >= '0' and <= '9' => c - '0' + 52,
            '+' => 62,
            '/' => 63,
            _ => -1,
        },
    };

    private static StringBuilder AppendChunks(StringBuilder text, string digits)
    {
        for (int at = 0; at < digits.Length; at += ChunkLength)
        {
            if (at > 0)
            {
                text.Append(' ');
            }

            text.Append(digits, at, Math.Min(ChunkLength, digits.Length - at));
        }

        return text;
    }
}
