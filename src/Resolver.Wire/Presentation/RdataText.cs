// RDATA as text, both ways: the fields of RdataSchema one after another, or the form of RFC 3597 §5 (\# count
// hex), which is read for every type and printed for opaque types and for octets that are not of their type's
// form.
using System;
using System.Globalization;
using System.IO;
using System.Text;

namespace Resolver.Wire;

/// <summary>Text form of RDATA.</summary>
internal static class RdataText
{
    /// <summary>
    /// Reads RDATA from text as it stands in a zone file, names relative to the root. Reads one entry; for
    /// whole files take <see cref="ZoneFileReader"/>.
    /// </summary>
    public static bool TryParse(RRType type, string text, out byte[] rdata, out string? error)
    {
        rdata = [];
        using StringReader source = new(OctetText.FromString(text));
        ZoneTokenizer words = new(source);
        if (words.TryBegin())
        {
            words.QuotesInWords = type == RRType.Svcb || type == RRType.Https;
            words.TryReadAll();
        }

        error = words.Error;
        if (error is not null)
        {
            return false;
        }

        RdataParser parser = new(words.WordsFrom(0), [0], new byte[RdataForm.MaxLength]);
        if (!parser.TryParse(type))
        {
            error = parser.Error;
            return false;
        }

        rdata = parser.Written.ToArray();
        return true;
    }

    /// <summary>RDATA, names expanded, as dig prints it.</summary>
    public static string Format(RRType type, ReadOnlySpan<byte> rdata)
    {
        StringBuilder text = new();
        Append(text, type, rdata);
        return text.ToString();
    }

    /// <summary>Appends RDATA as dig prints it.</summary>
    public static void Append(StringBuilder text, RRType type, ReadOnlySpan<byte> rdata)
    {
        ReadOnlySpan<RdataField> fields = RdataSchema.Of(type);
        if (fields.IsEmpty || !RdataForm.IsValid(type, rdata))
        {
            AppendOpaque(text, rdata);
            return;
        }

        int begin = text.Length;
        foreach (RdataField field in fields)
        {
            int length = RdataForm.Measure(field, rdata);
            int start = text.Length > begin ? text.Append(' ').Length : begin;
            RdataFormatter.Append(text, field, rdata[..length]);
            if (text.Length == start && start > begin)
            {
                // An empty list of types or parameters: no blank before it either.
                text.Length--;
            }

            rdata = rdata[length..];
        }
    }

    private static void AppendOpaque(StringBuilder text, ReadOnlySpan<byte> rdata)
    {
        text.Append(CultureInfo.InvariantCulture, $"\\# {rdata.Length}");
        if (!rdata.IsEmpty)
        {
            text.Append(' ');
            BinaryText.AppendHex(text, rdata);
        }
    }
}
