// Writes a message front to back into a span, with compression. What does not fit is rolled back to the
// record before it, so a message is whole at any moment and the caller can set TC truthfully (RFC 2181 §9).
// Room for the OPT record is reserved by the caller. RFC 1035 §4.1, RFC 6891 §6.1.
using System;
using System.Buffers.Binary;

namespace Resolver.Wire;

/// <summary>A forward writer over one message buffer.</summary>
internal ref struct MessageWriter
{
    private readonly Span<byte> _buffer;
    private NameCompressor _names;
    private int _position;
    private int _limit;
    private ushort _questions;
    private ushort _answers;
    private ushort _authorities;
    private ushort _additionals;

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
        if (!_names.TryWrite(_buffer[.._limit], ref _position, name) || Room < 4)
        {
            return Restore(mark);
        }

        WriteUInt16(type.Value);
        WriteUInt16(rrClass.Value);
        _questions++;
        return true;
    }

    /// <summary>
    /// Writes one record; RDATA is given expanded and its names are compressed where RFC 3597 §4 allows.
    /// </summary>
    public bool TryWriteRecord(
        MessageSection section, scoped in RecordHeader header, scoped ReadOnlySpan<byte> rdata)
    {
        int ownerAt = 0;
        return TryWriteRecord(section, header, rdata, ref ownerAt);
    }

    /// <summary>
    /// Writes an RRset and, when asked, its signatures: the whole set or nothing (RFC 2181 §9).
    /// </summary>
    public bool TryWriteRRset(MessageSection section, RRset set, uint ttl, bool withSignatures)
    {
        Mark mark = Save();
        RecordHeader header = new(set.Owner, set.Type, set.Class, ttl);
        int ownerAt = 0;
        foreach (ReadOnlySpan<byte> rdata in set.Records)
        {
            if (!TryWriteRecord(section, header, rdata, ref ownerAt))
            {
                return Restore(mark);
            }
        }

        if (withSignatures)
        {
            RecordHeader signature = new(set.Owner, RRType.Rrsig, set.Class, ttl);
            foreach (ReadOnlySpan<byte> rdata in set.Signatures)
            {
                if (!TryWriteRecord(section, signature, rdata, ref ownerAt))
                {
                    return Restore(mark);
                }
            }
        }

        return true;
    }

    /// <summary>Writes the OPT record (RFC 6891 §6.1.2) with options already in wire form.</summary>
    public bool TryWriteOpt(in OptFields fields, scoped ReadOnlySpan<byte> options)
    {
        if (Room < OptFields.Overhead + options.Length)
        {
            return false;
        }

        _position += fields.Write(_buffer[_position..], options);
        _additionals++;
        return true;
    }

    /// <summary>The state to come back to with <see cref="Restore"/>.</summary>
    public readonly Mark Save() =>
        new(_position, _names.Count, _questions, _answers, _authorities, _additionals);

    /// <summary>
    /// Takes back everything written since the mark; returns false, for the caller's own return.
    /// </summary>
    public bool Restore(Mark mark)
    {
        _position = mark.Position;
        _names.Forget(mark.Names);
        _questions = mark.Questions;
        _answers = mark.Answers;
        _authorities = mark.Authorities;
        _additionals = mark.Additionals;
        return false;
    }

    /// <summary>Writes the header with the counts; returns the message's octets.</summary>
    public readonly int Finish(ushort id, ushort word)
    {
        new MessageHeader(id, word, _questions, _answers, _authorities, _additionals).Write(_buffer);
        return _position;
    }

    // Where the owner stands is for the next record of its set; 0: not known.
    private bool TryWriteRecord(
        MessageSection section,
        scoped in RecordHeader header,
        scoped ReadOnlySpan<byte> rdata,
        scoped ref int ownerAt)
    {
        Mark mark = Save();
        bool isOwned = ownerAt > 0
            ? NameCompressor.TryPoint(_buffer[.._limit], ref _position, ownerAt)
            : _names.TryWrite(_buffer[.._limit], ref _position, header.Owner);
        if (!isOwned || Room < 10)
        {
            return Restore(mark);
        }

        ownerAt = ownerAt > 0 ? ownerAt : _names.Last;
        WriteUInt16(header.Type.Value);
        WriteUInt16(header.Class.Value);
        BinaryPrimitives.WriteUInt32BigEndian(_buffer[_position..], header.Ttl);
        _position += 6;
        int start = _position;
        if (!TryWriteRdata(header.Type, rdata))
        {
            return Restore(mark);
        }

        BinaryPrimitives.WriteUInt16BigEndian(_buffer[(start - 2)..], (ushort)(_position - start));
        Count(section);
        return true;
    }

    private bool TryWriteRdata(RRType type, scoped ReadOnlySpan<byte> rdata)
    {
        // RDATA that is not of the form of its type has no names to compress; it goes out as the octets it
        // is.
        RdataNames shape = RdataNames.Of(type);
        if (!shape.MayCompress || !HasNames(shape, rdata))
        {
            return TryWriteOctets(rdata);
        }

        if (!TryWriteOctets(rdata[..shape.Lead]))
        {
            return false;
        }

        rdata = rdata[shape.Lead..];
        for (int i = 0; i < shape.Names; i++)
        {
            int length = NameOctets.Measure(rdata);
            if (!_names.TryWrite(_buffer[.._limit], ref _position, rdata[..length]))
            {
                return false;
            }

            rdata = rdata[length..];
        }

        return TryWriteOctets(rdata);
    }

    private static bool HasNames(RdataNames shape, ReadOnlySpan<byte> rdata)
    {
        if (rdata.Length < shape.Lead)
        {
            return false;
        }

        rdata = rdata[shape.Lead..];
        for (int i = 0; i < shape.Names; i++)
        {
            int length = NameOctets.Measure(rdata);
            if (length < 0)
            {
                return false;
            }

            rdata = rdata[length..];
        }

        return true;
    }

    private bool TryWriteOctets(scoped ReadOnlySpan<byte> octets)
    {
        if (Room < octets.Length)
        {
            return false;
        }

        octets.CopyTo(_buffer[_position..]);
        _position += octets.Length;
        return true;
    }

    private void WriteUInt16(ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[_position..], value);
        _position += 2;
    }

    private void Count(MessageSection section)
    {
        switch (section)
        {
            case MessageSection.Answer:
                _answers++;
                break;
            case MessageSection.Authority:
                _authorities++;
                break;
            case MessageSection.Additional:
            default:
                _additionals++;
                break;
        }
    }

    /// <summary>A place to roll back to.</summary>
    internal readonly record struct Mark(
        int Position, int Names, ushort Questions, ushort Answers, ushort Authorities, ushort Additionals);
}
