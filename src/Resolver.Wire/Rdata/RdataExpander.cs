// Takes RDATA out of a message: names in it uncompressed, so that the octets mean the same outside the
// message.
using System;

namespace Resolver.Wire;

/// <summary>Expands RDATA.</summary>
internal static class RdataExpander
{
    /// <summary>
    /// Most octets that expanding can add: two names of 255 octets in place of two pointers.
    /// </summary>
    public const int MaxGrowth = 2 * NameOctets.MaxLength;

    /// <summary>
    /// Writes the record's RDATA, names expanded, to <paramref name="destination"/> (room for the RDATA's
    /// length plus <see cref="MaxGrowth"/>). False when it is not of the form of its type.
    /// </summary>
    public static bool TryExpand(
        ReadOnlySpan<byte> message,
        in RecordView record,
        Span<byte> destination,
        out int written,
        out WireError error)
    {
        written = 0;
        RdataNames shape = RdataNames.Of(record.Type);
        ReadOnlySpan<byte> rdata = record.Rdata(message);
        if (shape.Names == 0)
        {
            error = RdataForm.IsValid(record.Type, rdata) ? WireError.None : WireError.BadRdata;
            if (error == WireError.None)
            {
                rdata.CopyTo(destination);
                written = rdata.Length;
            }

            return error == WireError.None;
        }

        int end = record.RdataOffset + record.RdataLength;
        int lead = LeadLength(rdata, shape);
        error = WireError.BadRdata;
        if (lead < 0)
        {
            return false;
        }

        rdata[..lead].CopyTo(destination);
        written = lead;
        int offset = record.RdataOffset + lead;
        ReadOnlySpan<byte> visible = message[..end];
        for (int i = 0; i < shape.Names; i++)
        {
            if (!CompressedName.TryRead(
                visible, ref offset, destination[written..], out int length, out error))
            {
                return false;
            }

            written += length;
        }

        ReadOnlySpan<byte> tail = message[offset..end];
        if (shape.Tail >= 0 && tail.Length != shape.Tail)
        {
            error = WireError.BadRdata;
            return false;
        }

        tail.CopyTo(destination[written..]);
        written += tail.Length;
        error = shape.Tail >= 0 || RdataForm.IsValid(record.Type, destination[..written])
            ? WireError.None
            : WireError.BadRdata;
        return error == WireError.None;
    }

    /// <summary>Octets before the first name, or -1 when they are not all there.</summary>
    internal static int LeadLength(ReadOnlySpan<byte> rdata, RdataNames shape)
    {
        int at = shape.Lead;
        for (int i = 0; i < shape.Strings; i++)
        {
            if (at >= rdata.Length)
            {
                return -1;
            }

            at += rdata[at] + 1;
        }

        return at <= rdata.Length ? at : -1;
    }
}
