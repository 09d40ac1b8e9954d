// Writes a message front to back into a span, with compression. What does not fit is rolled back to the
// record before it, so a message is whole at any moment and the caller can set TC truthfully (RFC 2181 §9).
// Room for the OPT record is reserved by the caller. RFC 1035 §4.1, RFC 6891 §6.1.
using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Resolver.Wire;

/// <summary>A forward writer over one message buffer.</summary>
internal ref struct MessageWriter
{
    private readonly Span<byte> _buffer;
    private NameCompressor _names;
    private int _position;
    private int _limit;

    // As they stand in the header: 16 bits for each section, questions highest. 65,535 octets hold fewer
    // records than any of them could count.
    private ulong _counts;

    /// <summary>
    /// Begins a message of at most <paramref name="buffer"/>'s length, at least 12 octets and, whatever its
    /// length, at most 65,535. Sections must then be written in their order.
    /// </summary>
    public MessageWriter(Span<byte> buffer)
    {
        _buffer = buffer;
        _limit = Math.Min(buffer.Length, ushort.MaxValue);
        _position = MessageHeader.Length;
    }

    /// <summary>Octets written so far.</summary>
    public readonly int Length => _position;

    /// <summary>Work of name look-ups so far, for tests (<see cref="NameCompressor.Comparisons"/>).</summary>
    public readonly int Comparisons => _names.Comparisons;

    /// <summary>Octets left below the limit.</summary>
    public readonly int Room => _limit - _position;

    /// <summary>
    /// Keeps <paramref name="octets"/> at the end free, for OPT; 0 gives them back. When fewer are left than
    /// that, nothing more can be written until they are given back.
    /// </summary>
    public void Reserve(int octets) =>
        _limit = Math.Max(_position, Math.Min(_buffer.Length, ushort.MaxValue) - octets);

    /// <summary>Writes a question.</summary>
    public bool TryWriteQuestion(scoped ReadOnlySpan<byte> name, RRType type, RRClass rrClass)
    {
        Mark mark = Save();
        Span<byte> message = _buffer[.._limit];
        int end = _names.Write(message, _position, name);
        if (end < 0 || message.Length - end < 4)
        {
            return Restore(mark);
        }

        BinaryPrimitives.WriteUInt32BigEndian(message[end..], ((uint)type.Value << 16) | rrClass.Value);
        _position = end + 4;
        _counts += 1UL << 48;
        return true;
    }

    /// <summary>
    /// Writes one record; RDATA is given expanded and its names are compressed where RFC 3597 §4 allows.
    /// </summary>
    public bool TryWriteRecord(
        MessageSection section, scoped in RecordHeader header, scoped ReadOnlySpan<byte> rdata)
    {
        Mark mark = Save();
        int ownerAt = 0;
        int end = Append(_position, header, rdata, ref ownerAt);
        return end >= 0 ? Accept(end, section, 1) : Restore(mark);
    }

    /// <summary>
    /// Writes an RRset and, when asked, its signatures: the whole set or nothing (RFC 2181 §9).
    /// </summary>
    public bool TryWriteRRset(MessageSection section, RRset set, uint ttl, bool withSignatures)
    {
        Mark mark = Save();
        int ownerAt = 0;
        RecordHeader header = new(set.Owner, set.Type, set.Class, ttl);
        int end = AppendAll(_position, header, set.Records, ref ownerAt);
        if (end >= 0 && withSignatures)
        {
            header = new RecordHeader(set.Owner, RRType.Rrsig, set.Class, ttl);
            end = AppendAll(end, header, set.Signatures, ref ownerAt);
        }

        return end >= 0
            ? Accept(end, section, set.Count + (withSignatures ? set.SignatureCount : 0))
            : Restore(mark);
    }

    /// <summary>Writes the OPT record (RFC 6891 §6.1.2) with options already in wire form.</summary>
    public bool TryWriteOpt(in OptFields fields, scoped ReadOnlySpan<byte> options)
    {
        if (Room < OptFields.Overhead + options.Length)
        {
            return false;
        }

        _position += fields.Write(_buffer[_position..], options);
        _counts++;
        return true;
    }

    /// <summary>The state to come back to with <see cref="Restore"/>.</summary>
    public readonly Mark Save() => new(_position, _names.Count, _counts);

    /// <summary>
    /// Takes back everything written since the mark; returns false, for the caller's own return.
    /// </summary>
    public bool Restore(Mark mark)
    {
        _position = mark.Position;
        _names.Forget(mark.Names);
        _counts = mark.Counts;
        return false;
    }

    /// <summary>Writes the header with the counts; returns the message's octets.</summary>
    public readonly int Finish(ushort id, ushort word)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_buffer, ((uint)id << 16) | word);
        BinaryPrimitives.WriteUInt64BigEndian(_buffer[4..], _counts);
        return _position;
    }

    private bool Accept(int end, MessageSection section, int records)
    {
        _position = end;
        _counts += (ulong)records << (16 * (MessageSection.Additional - section));
        return true;
    }

    // What follows writes at a position and returns where it ends, or -1 when there is no room; the caller
    // keeps the position, and takes back the names.
    private int AppendAll(
        int position,
        scoped in RecordHeader header,
        RRset.RdataEnumerator records,
        scoped ref int ownerAt)
    {
        bool mayCompress = RdataNames.MayCompressIn(header.Type);
        while (position >= 0 && records.MoveNext())
        {
            position = mayCompress || ownerAt == 0
                ? Append(position, header, records.Current, ref ownerAt)
                : AppendBehindPointer(position, header, records.Current, ownerAt);
        }

        return position;
    }

    // As Append, for what most records are: the owner is known, RDATA goes out as it is.
    private readonly int AppendBehindPointer(
        int position, scoped in RecordHeader header, scoped ReadOnlySpan<byte> rdata, int ownerAt)
    {
        Span<byte> rest = _buffer[position.._limit];
        int length = NameCompressor.PointerLength + RecordHeader.FixedLength + rdata.Length;
        if (rest.Length < length)
        {
            return -1;
        }

        NameCompressor.Point(rest, 0, ownerAt);
        header.Write(rest[NameCompressor.PointerLength..], rdata.Length);
        CopyOctets(rdata, rest[(NameCompressor.PointerLength + RecordHeader.FixedLength)..]);
        return position + length;
    }

    // Where the owner stands is for the next record of its set; 0: not known.
    private int Append(
        int position,
        scoped in RecordHeader header,
        scoped ReadOnlySpan<byte> rdata,
        scoped ref int ownerAt)
    {
        Span<byte> message = _buffer[.._limit];
        if (ownerAt > 0)
        {
            position = NameCompressor.Point(message, position, ownerAt);
        }
        else
        {
            position = _names.Write(message, position, header.Owner);
            ownerAt = _names.Last;
        }

        if (position < 0 || message.Length - position < RecordHeader.FixedLength)
        {
            return -1;
        }

        int start = position + RecordHeader.FixedLength;
        int end = RdataNames.MayCompressIn(header.Type)
            ? AppendNames(message, start, header.Type, rdata)
            : AppendOctets(message, start, rdata);
        if (end >= 0)
        {
            header.Write(message[position..], end - start);
        }

        return end;
    }

    // RDATA that is not of the form of its type has no names to compress; it goes out as the octets it is.
    private int AppendNames(
        scoped Span<byte> message, int start, RRType type, scoped ReadOnlySpan<byte> rdata)
    {
        int known = _names.Count;
        RdataNames shape = RdataNames.Of(type);
        if (rdata.Length < shape.Lead)
        {
            return AppendOctets(message, start, rdata);
        }

        ReadOnlySpan<byte> rest = rdata[shape.Lead..];
        int end = shape.Lead > 0 ? AppendOctets(message, start, rdata[..shape.Lead]) : start;
        for (int i = 0; i < shape.Names && end >= 0; i++)
        {
            int length = NameOctets.Measure(rest);
            if (length < 0)
            {
                _names.Forget(known);
                return AppendOctets(message, start, rdata);
            }

            end = _names.Write(message, end, rest[..length]);
            rest = rest[length..];
        }

        return end >= 0 && !rest.IsEmpty ? AppendOctets(message, end, rest) : end;
    }

    private static int AppendOctets(
        scoped Span<byte> message, int position, scoped ReadOnlySpan<byte> octets) =>
        octets.TryCopyTo(message[position..]) ? position + octets.Length : -1;

    // Most RDATA are IPv4 addresses: one load and one store.
    private static void CopyOctets(scoped ReadOnlySpan<byte> octets, scoped Span<byte> destination)
    {
        if (octets.Length == sizeof(uint))
        {
            MemoryMarshal.Write(destination, MemoryMarshal.Read<uint>(octets));
        }
        else
        {
            octets.CopyTo(destination);
        }
    }

    /// <summary>A place to roll back to.</summary>
    internal readonly record struct Mark(int Position, int Names, ulong Counts);
}
