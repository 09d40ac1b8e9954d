// One field of RDATA as text, the way dig 9.18 prints it; the octets are known to be of the field's form.
using System;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Resolver.Wire;

/// <summary>Prints fields.</summary>
internal static class RdataFormatter
{
    /// <summary>Appends the field's text; nothing when it is an empty list.</summary>
    public static StringBuilder Append(StringBuilder text, RdataField field, ReadOnlySpan<byte> octets) =>
        field switch
        {
            RdataField.U8 or RdataField.Algorithm => text.Append(octets[0]),
            RdataField.U16 => text.Append(BinaryPrimitives.ReadUInt16BigEndian(octets)),
            RdataField.U32 or RdataField.Seconds => text.Append(BinaryPrimitives.ReadUInt32BigEndian(octets)),
            RdataField.Time => Durations.AppendTime(text, BinaryPrimitives.ReadUInt32BigEndian(octets)),
            RdataField.Name => NameText.Append(text, octets),
            RdataField.Ipv4 => AddressText.AppendIpv4(text, octets),
            RdataField.Ipv6 => AddressText.AppendIpv6(text, octets),
            RdataField.Text => OctetText.AppendQuoted(text, octets[1..]),
            RdataField.Texts => AppendTexts(text, octets),
            RdataField.Tag => OctetText.AppendEscaped(text, octets[1..]),
            RdataField.TextRest => OctetText.AppendQuoted(text, octets),
            RdataField.Base64 or RdataField.OptionalBase64 => BinaryText.AppendBase64(text, octets),
            RdataField.Hex => BinaryText.AppendHex(text, octets),
            RdataField.CountedHex =>
                text.Append(octets.Length == 1 ? "-" : Convert.ToHexString(octets[1..])),
            RdataField.CountedBase32 => BinaryText.AppendBase32(text, octets[1..]),
            RdataField.TypeBits => text.AppendJoin(' ', TypeBitmap.ToList(octets)),
            RdataField.Type => text.Append(new RRType(BinaryPrimitives.ReadUInt16BigEndian(octets)).ToString()),
            RdataField.AlgorithmName => text.Append(Mnemonics.OfAlgorithm(octets[0])),
            RdataField.CertificateType =>
                text.Append(Mnemonics.OfCertificateType(BinaryPrimitives.ReadUInt16BigEndian(octets))),
            RdataField.SvcParams => SvcParamsText.Append(text, octets),
            RdataField.Location => LocationText.Append(text, octets),
            RdataField.Eui48 or RdataField.Eui64 =>
                text.Append(BitConverter.ToString(octets.ToArray()).ToLowerInvariant()),
            RdataField.Locator64 => AppendLocator(text, octets),
            _ => text,
        };

    private static StringBuilder AppendTexts(StringBuilder text, ReadOnlySpan<byte> octets)
    {
        for (int at = 0; at < octets.Length; at += octets[at] + 1)
        {
            OctetText.AppendQuoted(at > 0 ? text.Append(' ') : text, octets.Slice(at + 1, octets[at]));
        }

        return text;
    }

    private static StringBuilder AppendLocator(StringBuilder text, ReadOnlySpan<byte> octets)
    {
        for (int at = 0; at < octets.Length; at += 2)
        {
            text.Append(at > 0 ? ":" : "").Append(
                CultureInfo.InvariantCulture, $"{BinaryPrimitives.ReadUInt16BigEndian(octets[at..]):x}");
        }

        return text;
    }
}
