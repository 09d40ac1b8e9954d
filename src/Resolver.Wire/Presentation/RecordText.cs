// A record as a line of a zone file, in dig's columns: the owner, then at columns 24, 32, 40 and 48, reached
// by tabs of eight, TTL, class, type and RDATA; what is too long for its column is followed by one blank or
// tab.
using System;
using System.Text;

namespace Resolver.Wire;

/// <summary>Text form of records.</summary>
internal static class RecordText
{
    private const int TabWidth = 8;

    /// <summary>The record as dig prints it, without an end of line; RDATA with its names expanded.</summary>
    public static string Format(in RecordHeader header, ReadOnlySpan<byte> rdata)
    {
        StringBuilder text = new();
        Append(text, header, rdata);
        return text.ToString();
    }

    /// <summary>Appends the record as dig prints it, without an end of line.</summary>
    public static void Append(StringBuilder text, in RecordHeader header, ReadOnlySpan<byte> rdata)
    {
        int start = text.Length;
        NameText.Append(text, header.Owner);
        int column = GoTo(text, text.Length - start, 24);
        start = text.Length - column;
        text.Append(header.Ttl);
        column = GoTo(text, text.Length - start, 32);
        start = text.Length - column;
        text.Append(header.Class);
        column = GoTo(text, text.Length - start, 40);
        start = text.Length - column;
        text.Append(header.Type);
        if (!rdata.IsEmpty || RdataSchema.Of(header.Type).IsEmpty)
        {
            GoTo(text, text.Length - start, 48);
            RdataText.Append(text, header.Type, rdata);
        }
    }

    // Appends what leads from one column to another, at least one blank, and returns the column reached.
    private static int GoTo(StringBuilder text, int from, int to)
    {
        to = Math.Max(to, from + 1);
        int tabs = (to / TabWidth) - (from / TabWidth);
        text.Append('\t', tabs).Append(' ', tabs > 0 ? to % TabWidth : to - from);
        return to;
    }
}
