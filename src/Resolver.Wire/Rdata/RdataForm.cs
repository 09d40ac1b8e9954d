// Whether octets are well-formed RDATA of a type, field by field, as RdataSchema lists them. Nothing is
// allocated and each octet is seen once: every record from the network passes here.
using System;
using System.Buffers.Binary;

namespace Resolver.Wire;

/// <summary>The form of RDATA.</summary>
internal static class RdataForm
{
    /// <summary>Most octets of RDATA (RFC 1035 §4.1.3: a 16-bit count).</summary>
    public const int MaxLength = ushort.MaxValue;

    private const int LocationLength = 16;
    private const uint Equator = 0x80000000;
    // RFC 1876 §2: degrees in thousandths of a second of arc.
    private const uint MaxLatitude = 90 * 3_600_000;
    private const uint MaxLongitude = 180 * 3_600_000;

    /// <summary>
    /// True when the octets, names expanded, are of the form of the type; any are of an opaque type.
    /// </summary>
    public static bool IsValid(RRType type, ReadOnlySpan<byte> rdata)
    {
        ReadOnlySpan<RdataField> fields = RdataSchema.Of(type);
        if (fields.IsEmpty)
        {
            return rdata.Length <= MaxLength;
        }

        int at = 0;
        foreach (RdataField field in fields)
        {
            int length = Measure(field, rdata[at..]);
            if (length < 0)
            {
                return false;
            }

            at += length;
        }

        return at == rdata.Length && at <= MaxLength;
    }

    /// <summary>Octets of the field that stands first, or -1 when it is malformed or not all there.</summary>
    public static int Measure(RdataField field, ReadOnlySpan<byte> octets) => field switch
    {
        RdataField.U8 or RdataField.Algorithm or RdataField.AlgorithmName => Fixed(octets, 1),
        RdataField.U16 or RdataField.Type or RdataField.CertificateType => Fixed(octets, 2),
        RdataField.U32 or RdataField.Seconds or RdataField.Time or RdataField.Ipv4 => Fixed(octets, 4),
        RdataField.Ipv6 => Fixed(octets, 16),
        RdataField.Eui48 => Fixed(octets, 6),
        RdataField.Eui64 or RdataField.Locator64 => Fixed(octets, 8),
        RdataField.Name => NameOctets.Measure(octets),
        RdataField.Text or RdataField.CountedHex => Counted(octets, 0),
        RdataField.CountedBase32 => Counted(octets, 1),
        RdataField.Tag => Tag(octets),
        RdataField.Texts => Texts(octets),
        RdataField.TextRest or RdataField.OptionalBase64 => octets.Length,
        RdataField.Base64 or RdataField.Hex => octets.IsEmpty ? -1 : octets.Length,
        RdataField.TypeBits => TypeBitmap.IsValid(octets) ? octets.Length : -1,
        RdataField.SvcParams => SvcParamsForm.IsValid(octets) ? octets.Length : -1,
        RdataField.Location => IsLocation(octets) ? LocationLength : -1,
        _ => -1,
    };

    private static int Fixed(ReadOnlySpan<byte> octets, int length) => octets.Length >= length ? length : -1;

    private static int Counted(ReadOnlySpan<byte> octets, int least) =>
        octets.IsEmpty || octets[0] < least || octets[0] >= octets.Length ? -1 : octets[0] + 1;

    private static int Texts(ReadOnlySpan<byte> octets)
    {
        int at = 0;
        while (at < octets.Length)
        {
            at += octets[at] + 1;
        }

        return at == octets.Length && at > 0 ? at : -1;
    }

    private static int Tag(ReadOnlySpan<byte> octets)
    {
        int length = Counted(octets, 1);
        for (int i = 1; i < length; i++)
        {
            if (!char.IsAsciiLetterOrDigit((char)octets[i]))
            {
                return -1;
            }
        }

        return length;
    }

    // RFC 1876 §2: version 0; sizes as a digit and a power of ten; angles in thousandths of a second of arc.
    private static bool IsLocation(ReadOnlySpan<byte> octets) =>
        octets.Length >= LocationLength && octets[0] == 0
        && IsPrecision(octets[1]) && IsPrecision(octets[2]) && IsPrecision(octets[3])
        && IsAngle(BinaryPrimitives.ReadUInt32BigEndian(octets[4..]), MaxLatitude)
        && IsAngle(BinaryPrimitives.ReadUInt32BigEndian(octets[8..]), MaxLongitude);

    private static bool IsPrecision(byte octet) =>
        octet == 0 || ((octet & 0xF) <= 9 && (octet >> 4) is >= 1 and <= 9);

    private static bool IsAngle(uint value, uint most) => value >= Equator - most && value <= Equator + most;
}
