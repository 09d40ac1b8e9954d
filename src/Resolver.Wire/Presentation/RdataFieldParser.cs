// Reads one field of RDATA from words, one method for each kind of RdataField.
using System;
using System.Globalization;

namespace Resolver.Wire;

/// <summary>Reads fields.</summary>
internal static class RdataFieldParser
{
    private const string TextDue = "text";

    /// <summary>Reads a field; false with the parser's error set.</summary>
    public static bool TryRead(ref RdataParser parser, RdataField field) => field switch
    {
        RdataField.U8 => TryReadNumber(ref parser, byte.MaxValue, out uint value)
            && parser.TryWrite([(byte)value]),
        RdataField.U16 => TryReadNumber(ref parser, ushort.MaxValue, out uint value)
            && parser.TryWriteU16((ushort)value),
        RdataField.U32 => TryReadNumber(ref parser, uint.MaxValue, out uint value)
            && parser.TryWriteU32(value),
        RdataField.Seconds => TryReadSeconds(ref parser),
        RdataField.Time => TryReadTime(ref parser),
        RdataField.Name => TryReadName(ref parser),
        RdataField.Ipv4 or RdataField.Ipv6 => TryReadAddress(ref parser, field),
        RdataField.Text or RdataField.Tag => TryReadText(ref parser),
        RdataField.Texts => TryReadTexts(ref parser),
        RdataField.TextRest => TryReadTextRest(ref parser),
        RdataField.Base64 => TryReadBinary(ref parser, 6, "base64", least: 1),
        RdataField.OptionalBase64 => TryReadBinary(ref parser, 6, "base64"),
        RdataField.Hex => TryReadBinary(ref parser, 4, "hexadecimal", least: 1),
        RdataField.CountedHex => TryReadCounted(ref parser, 4, "hexadecimal, or - for none"),
        RdataField.CountedBase32 => TryReadCounted(ref parser, 5, "base32hex"),
        RdataField.TypeBits => TryReadTypeBits(ref parser),
        RdataField.Type => TryReadType(ref parser, out RRType type) && parser.TryWriteU16(type.Value),
        RdataField.Algorithm or RdataField.AlgorithmName => TryReadAlgorithm(ref parser),
        RdataField.CertificateType => TryReadCertificateType(ref parser),
        RdataField.SvcParams => SvcParamsText.TryRead(ref parser),
        RdataField.Location => LocationText.TryRead(ref parser),
        RdataField.Eui48 => TryReadEui(ref parser, 6),
        RdataField.Eui64 => TryReadEui(ref parser, 8),
        RdataField.Locator64 => TryReadLocator(ref parser),
        _ => false,
    };

    /// <summary>Reads all words left as digits of a radix of so many bits.</summary>
    public static bool TryReadBinary(ref RdataParser parser, int radixBits, string due, int least = 0)
    {
        BinaryDecoder decoder = new(radixBits, parser.Room);
        while (parser.HasMore)
        {
            if (!parser.TryTakeBare(due, out ReadOnlySpan<char> word))
            {
                return false;
            }

            if (!decoder.TryAdd(word))
            {
                return parser.FailAt(word, $"is no {due}, or too long");
            }
        }

        if (decoder.Length < least)
        {
            return parser.FailMissing(due);
        }

        parser.Advance(decoder.Length);
        return decoder.IsWhole || parser.Fail($"the {due} does not end with a whole octet");
    }

    private static bool TryReadNumber(ref RdataParser parser, uint most, out uint value)
    {
        value = 0;
        return parser.TryTakeBare("a number", out ReadOnlySpan<char> word)
            && ((uint.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out value)
                    && value <= most)
                || parser.FailAt(word, $"is no number from 0 to {most}"));
    }

    private static bool TryReadSeconds(ref RdataParser parser)
    {
        uint seconds = 0;
        return parser.TryTakeBare("a time in seconds", out ReadOnlySpan<char> word)
            && (Durations.TryParse(word, out seconds) || parser.FailAt(word, "is no time such as 3600 or 1h"))
            && parser.TryWriteU32(seconds);
    }

    private static bool TryReadTime(ref RdataParser parser)
    {
        uint seconds = 0;
        return parser.TryTakeBare("a date", out ReadOnlySpan<char> word)
            && (Durations.TryParseTime(word, out seconds)
                || parser.FailAt(word, "is no date of the form YYYYMMDDHHmmSS"))
            && parser.TryWriteU32(seconds);
    }

    private static bool TryReadName(ref RdataParser parser)
    {
        Span<byte> name = stackalloc byte[NameOctets.MaxLength];
        if (!parser.TryTakeBare("a name", out ReadOnlySpan<char> word))
        {
            return false;
        }

        return ZoneNames.TryParse(word, parser.Origin, name, out int length, out WireError error)
            ? parser.TryWrite(name[..length])
            : parser.FailAt(word, ZoneNames.Explain(error));
    }

    private static bool TryReadAddress(ref RdataParser parser, RdataField field)
    {
        Span<byte> octets = stackalloc byte[16];
        bool isIpv4 = field == RdataField.Ipv4;
        string due = isIpv4 ? "an IPv4 address" : "an IPv6 address";
        if (!parser.TryTakeBare(due, out ReadOnlySpan<char> word))
        {
            return false;
        }

        bool valid = isIpv4 ? AddressText.TryParseIpv4(word, octets) : AddressText.TryParseIpv6(word, octets);
        return valid ? parser.TryWrite(isIpv4 ? octets[..4] : octets) : parser.FailAt(word, $"is not {due}");
    }

    private static bool TryReadText(ref RdataParser parser)
    {
        Span<byte> octets = stackalloc byte[1 + byte.MaxValue];
        if (!parser.TryTakeAny(out ReadOnlySpan<char> word))
        {
            return parser.FailMissing(TextDue);
        }

        if (!OctetText.TryUnescape(word, octets[1..], out int length))
        {
            return parser.FailAt(word, "is no text of at most 255 octets with escapes \\X or \\DDD");
        }

        octets[0] = (byte)length;
        return parser.TryWrite(octets[..(1 + length)]);
    }

    private static bool TryReadTexts(ref RdataParser parser)
    {
        do
        {
            if (!TryReadText(ref parser))
            {
                return false;
            }
        }
        while (parser.HasMore);
        return true;
    }

    private static bool TryReadTextRest(ref RdataParser parser)
    {
        if (!parser.TryTakeAny(out ReadOnlySpan<char> word))
        {
            return parser.FailMissing(TextDue);
        }

        if (!OctetText.TryUnescape(word, parser.Room, out int length))
        {
            return parser.FailAt(word, "is no text with escapes \\X or \\DDD, or too long");
        }

        parser.Advance(length);
        return true;
    }

    private static bool TryReadCounted(ref RdataParser parser, int radixBits, string due)
    {
        Span<byte> octets = stackalloc byte[1 + byte.MaxValue];
        if (!parser.TryTakeBare(due, out ReadOnlySpan<char> word))
        {
            return false;
        }

        BinaryDecoder decoder = new(radixBits, octets[1..]);
        bool isNone = radixBits == 4 && word is "-";
        if (!isNone && (!decoder.TryAdd(word) || !decoder.IsWhole))
        {
            return parser.FailAt(word, $"is no {due}");
        }

        octets[0] = (byte)decoder.Length;
        return parser.TryWrite(octets[..(1 + decoder.Length)]);
    }

    private static bool TryReadTypeBits(ref RdataParser parser)
    {
        // As many types as there are.
        const int MaxTypes = 1 << 16;
        Span<byte> bitmap = stackalloc byte[TypeBitmap.MaxLength];
        ushort[] types = new ushort[32];
        int count = 0;
        while (parser.HasMore)
        {
            if (!TryReadType(ref parser, out RRType type))
            {
                return false;
            }

            if (count == types.Length)
            {
                if (count == MaxTypes)
                {
                    return parser.Fail("a set of types holds at most 65,536");
                }

                Array.Resize(ref types, count * 2);
            }

            types[count++] = type.Value;
        }

        return parser.TryWrite(bitmap[..TypeBitmap.Write(types.AsSpan(0, count), bitmap)]);
    }

    private static bool TryReadType(ref RdataParser parser, out RRType type)
    {
        type = default;
        return parser.TryTakeBare("a type", out ReadOnlySpan<char> word)
            && (RRType.TryParse(word, out type) || parser.FailAt(word, "is no type"));
    }

    private static bool TryReadAlgorithm(ref RdataParser parser)
    {
        byte value = 0;
        return parser.TryTakeBare("an algorithm", out ReadOnlySpan<char> word)
            && (Mnemonics.TryParseAlgorithm(word, out value) || parser.FailAt(word, "is no algorithm"))
            && parser.TryWrite([value]);
    }

    private static bool TryReadCertificateType(ref RdataParser parser)
    {
        ushort value = 0;
        return parser.TryTakeBare("a kind of certificate", out ReadOnlySpan<char> word)
            && (Mnemonics.TryParseCertificateType(word, out value)
                || parser.FailAt(word, "is no kind of certificate"))
            && parser.TryWriteU16(value);
    }

    // RFC 7043 §3.2 and §4.2: two digits for each octet.
    private static bool TryReadEui(ref RdataParser parser, int length)
    {
        Span<byte> octets = stackalloc byte[8];
        int count = 0;
        if (!parser.TryTakeBare("an identifier", out ReadOnlySpan<char> word))
        {
            return false;
        }

        bool valid = true;
        foreach (Range range in word.Split('-'))
        {
            ReadOnlySpan<char> part = word[range];
            valid = valid && part.Length == 2 && count < length
                && byte.TryParse(
                    part, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out octets[count++]);
        }

        return valid && count == length
            ? parser.TryWrite(octets[..length])
            : parser.FailAt(word, $"is not {length} octets such as 00-00-5e with - between");
    }

    // RFC 6742 §2.1.2: four groups of one to four digits.
    private static bool TryReadLocator(ref RdataParser parser)
    {
        int count = 0;
        if (!parser.TryTakeBare("a locator", out ReadOnlySpan<char> word))
        {
            return false;
        }

        bool valid = true;
        foreach (Range range in word.Split(':'))
        {
            ushort group = 0;
            ReadOnlySpan<char> part = word[range];
            valid = valid && part.Length is >= 1 and <= 4 && count++ < 4
                && ushort.TryParse(
                    part, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out group);
            if (valid && !parser.TryWriteU16(group))
            {
                return false;
            }
        }

        return (valid && count == 4) || parser.FailAt(word, "is not four groups of hexadecimal digits");
    }
}
