// Locations as text: degrees, minutes, seconds, a direction, twice; altitude, size and two precisions in
// metres. RFC 1876 §3. Angles are thousandths of a second of arc from 2^31, altitude is centimetres from 100
// km below.
using System;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Resolver.Wire;

/// <summary>Reads and writes locations as text.</summary>
internal static class LocationText
{
    private const uint Equator = 0x80000000;
    private const long AltitudeFloor = 100_000_00;
    // RFC 1876 §2: 90,000,000 metres, in centimetres.
    private const long MaxPrecision = 90_000_000_00;

    private static readonly long[] PowersOfTen =
        [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];

    /// <summary>Appends a valid location.</summary>
    public static StringBuilder Append(StringBuilder text, ReadOnlySpan<byte> octets)
    {
        AppendAngle(text, BinaryPrimitives.ReadUInt32BigEndian(octets[4..]), 'N', 'S');
        AppendAngle(text, BinaryPrimitives.ReadUInt32BigEndian(octets[8..]), 'E', 'W');
        long altitude = BinaryPrimitives.ReadUInt32BigEndian(octets[12..]) - AltitudeFloor;
        (string sign, altitude) = altitude < 0 ? ("-", -altitude) : ("", altitude);
        text.Append(CultureInfo.InvariantCulture, $"{sign}{altitude / 100}.{altitude % 100:00}m");
        for (int i = 1; i <= 3; i++)
        {
            long value = (octets[i] >> 4) * PowersOfTen[octets[i] & 0xF];
            text.Append(CultureInfo.InvariantCulture, $" {value / 100}");
            if (value < 100)
            {
                text.Append(CultureInfo.InvariantCulture, $".{value:00}");
            }

            text.Append('m');
        }

        return text;
    }

    /// <summary>Reads a location from the words left.</summary>
    public static bool TryRead(ref RdataParser parser)
    {
        if (!TryReadAngle(ref parser, 90, "NS", out uint latitude)
            || !TryReadAngle(ref parser, 180, "EW", out uint longitude)
            || !TryReadMetres(ref parser, out long altitude))
        {
            return false;
        }

        if (altitude < -AltitudeFloor || altitude + AltitudeFloor > uint.MaxValue)
        {
            return parser.Fail("an altitude is from -100000.00 to 42849672.95 metres");
        }

        // RFC 1876 §3: size 1 m, horizontal precision 10 km, vertical 10 m.
        ReadOnlySpan<byte> defaults = [0x12, 0x16, 0x13];
        Span<byte> head = [0, 0, 0, 0];
        for (int i = 0; i < defaults.Length; i++)
        {
            head[i + 1] = defaults[i];
            if (parser.HasMore && !TryReadPrecision(ref parser, out head[i + 1]))
            {
                return false;
            }
        }

        return parser.TryWrite(head) && parser.TryWriteU32(latitude) && parser.TryWriteU32(longitude)
            && parser.TryWriteU32((uint)(altitude + AltitudeFloor));
    }

    private static void AppendAngle(StringBuilder text, uint value, char positive, char negative)
    {
        char direction = value >= Equator ? positive : negative;
        uint angle = value >= Equator ? value - Equator : Equator - value;
        uint seconds = angle / 1_000;
        text.Append(
            CultureInfo.InvariantCulture,
            $"{seconds / 3600} {seconds / 60 % 60} {seconds % 60}.{angle % 1000:000} {direction} ");
    }

    // Degrees, then minutes and seconds when given, then the direction.
    private static bool TryReadAngle(ref RdataParser parser, int most, string directions, out uint value)
    {
        value = Equator;
        long angle = 0;
        for (int part = 0; part <= 3; part++)
        {
            if (!parser.TryTakeBare("an angle", out ReadOnlySpan<char> word))
            {
                return false;
            }

            int direction = word.Length == 1 ? directions.IndexOf(char.ToUpperInvariant(word[0])) : -1;
            if (direction >= 0 && part > 0)
            {
                value = direction == 0 ? (uint)(Equator + angle) : (uint)(Equator - angle);
                return angle <= most * 3_600_000L || parser.Fail($"an angle here is at most {most} degrees");
            }

            // Seconds have three decimals; degrees and minutes none. Each is counted in thousandths of a
            // second.
            if (part == 3 || !TryParseFixed(word, part == 2 ? 3 : 0, out long number)
                || number > (part == 0 ? most : part == 1 ? 59 : 59_999))
            {
                return parser.FailAt(
                    word, $"is no part of an angle, which ends in {directions[0]} or {directions[1]}");
            }

            angle += part == 0 ? number * 3_600_000 : part == 1 ? number * 60_000 : number;
        }

        return false;
    }

    private static bool TryReadPrecision(ref RdataParser parser, out byte octet)
    {
        octet = 0;
        if (!TryReadMetres(ref parser, out long centimetres))
        {
            return false;
        }

        if (centimetres is < 0 or > MaxPrecision)
        {
            return parser.Fail("a size or precision is from 0 to 90000000.00 metres");
        }

        // One digit and a power of ten: what does not fit is cut off.
        int power = 0;
        for (; centimetres > 9; centimetres /= 10)
        {
            power++;
        }

        octet = (byte)((centimetres << 4) | (uint)power);
        return true;
    }

    private static bool TryReadMetres(ref RdataParser parser, out long centimetres)
    {
        centimetres = 0;
        if (!parser.TryTakeBare("a length in metres", out ReadOnlySpan<char> word))
        {
            return false;
        }

        ReadOnlySpan<char> number = word is [.., 'm' or 'M'] ? word[..^1] : word;
        bool isNegative = number is ['-', ..];
        if (!TryParseFixed(isNegative ? number[1..] : number, 2, out centimetres))
        {
            return parser.FailAt(word, "is no length in metres");
        }

        centimetres = isNegative ? -centimetres : centimetres;
        return true;
    }

    // A decimal number with at most so many decimals, times the power of ten that makes it whole.
    private static bool TryParseFixed(ReadOnlySpan<char> text, int decimals, out long value)
    {
        int point = text.IndexOf('.');
        ReadOnlySpan<char> whole = point < 0 ? text : text[..point];
        ReadOnlySpan<char> fraction = point < 0 ? default : text[(point + 1)..];
        uint part = 0;
        bool valid = uint.TryParse(whole, NumberStyles.None, CultureInfo.InvariantCulture, out uint count)
            && fraction.Length <= decimals && (point < 0 || decimals > 0)
            && (fraction.IsEmpty
                || uint.TryParse(fraction, NumberStyles.None, CultureInfo.InvariantCulture, out part));
        value = (count * PowersOfTen[decimals])
            + (part * PowersOfTen[decimals - Math.Min(decimals, fraction.Length)]);
        return valid;
    }
}
