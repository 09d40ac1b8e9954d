// The signature of a query (RFC 8945 §4.2), as far as a server without keys must know it: whether it can be
// understood, and what the reply says of it. No key is known here, so it is never checked.
using System;
using System.Buffers.Binary;

namespace Resolver.Wire;

/// <summary>A message's TSIG record, seen in place; <c>default</c> when there is none.</summary>
internal readonly record struct TsigView
{
    /// <summary>The key is not known (RFC 8945 §3).</summary>
    public const ushort BadKey = 17;

    // RFC 8945 §4.2: time (6) and fudge (2); then size of the MAC, the MAC, original ID, error, other data.
    private const int TimeLength = 8;
    private const int TailLength = 8;
    private const int FixedFields = 10;

    private readonly int _nameOffset;
    private readonly int _rdataOffset;

    private TsigView(int nameOffset, int rdataOffset)
    {
        _nameOffset = nameOffset;
        _rdataOffset = rdataOffset;
    }

    /// <summary>True when the message has one.</summary>
    public bool IsPresent => _rdataOffset > 0;

    /// <summary>
    /// Takes the record that has just been read; false when it cannot be understood, or is not the last of
    /// all, as it must be (RFC 8945 §5.1).
    /// </summary>
    public static bool TryAccept(in MessageReader reader, in RecordView record, ref TsigView tsig)
    {
        ReadOnlySpan<byte> rdata = record.Rdata(reader.Message);
        if (record.Section != MessageSection.Additional || !reader.IsAtEnd || record.Class != RRClass.Any
            || !HasForm(rdata))
        {
            return false;
        }

        tsig = new TsigView(record.NameOffset, record.RdataOffset);
        return true;
    }

    /// <summary>
    /// Writes the record of a reply that is not signed (RFC 8945 §5.3.2): the same key and algorithm, no MAC,
    /// the error. Returns its octets; 0 when there is no room.
    /// </summary>
    public int WriteUnsigned(ReadOnlySpan<byte> query, ushort error, Span<byte> buffer)
    {
        Span<byte> key = stackalloc byte[NameOctets.MaxLength];
        int offset = _nameOffset;
        ReadOnlySpan<byte> rdata = query[_rdataOffset..];
        int head = NameOctets.Measure(rdata) + TimeLength;
        if (!CompressedName.TryRead(query, ref offset, key, out int length, out _)
            || length + FixedFields + head + TailLength > buffer.Length)
        {
            return 0;
        }

        key[..length].CopyTo(buffer);
        Span<byte> rest = buffer[length..];
        BinaryPrimitives.WriteUInt16BigEndian(rest, RRType.Tsig.Value);
        BinaryPrimitives.WriteUInt16BigEndian(rest[2..], RRClass.Any.Value);
        BinaryPrimitives.WriteUInt32BigEndian(rest[4..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(rest[8..], (ushort)(head + TailLength));
        rdata[..head].CopyTo(rest[FixedFields..]);
        rest = rest[(FixedFields + head)..];
        BinaryPrimitives.WriteUInt16BigEndian(rest, 0);
        query[..2].CopyTo(rest[2..]);
        BinaryPrimitives.WriteUInt16BigEndian(rest[4..], error);
        BinaryPrimitives.WriteUInt16BigEndian(rest[6..], 0);
        return length + FixedFields + head + TailLength;
    }

    private static bool HasForm(ReadOnlySpan<byte> rdata)
    {
        int algorithm = NameOctets.Measure(rdata);
        if (algorithm < 0 || rdata.Length < algorithm + TimeLength + TailLength)
        {
            return false;
        }

        ReadOnlySpan<byte> rest = rdata[(algorithm + TimeLength)..];
        int mac = BinaryPrimitives.ReadUInt16BigEndian(rest);
        return rest.Length >= mac + TailLength
            && rest.Length == mac + TailLength + BinaryPrimitives.ReadUInt16BigEndian(rest[(mac + 6)..]);
    }
}
