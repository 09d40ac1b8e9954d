// Walks a message once, front to back: header, questions, records. Every step ends in a value or a WireError
// after work bounded by the octets there are. RFC 1035 §4.1; the meaning of what is read is the caller's
// matter.
using System;
using System.Buffers.Binary;

namespace Resolver.Wire;

/// <summary>A forward reader over one message.</summary>
internal ref struct MessageReader
{
    private readonly ReadOnlySpan<byte> _message;
    private readonly MessageHeader _header;
    private int _position;
    private int _questionsRead;
    private int _recordsRead;

    private MessageReader(ReadOnlySpan<byte> message, MessageHeader header)
    {
        _message = message;
        _header = header;
        _position = MessageHeader.Length;
    }

    /// <summary>The header.</summary>
    public readonly MessageHeader Header => _header;

    /// <summary>The whole message.</summary>
    public readonly ReadOnlySpan<byte> Message => _message;

    /// <summary>Offset of what is read next.</summary>
    public readonly int Position => _position;

    /// <summary>True once all records that the header announces have been read.</summary>
    public readonly bool IsAtEnd =>
        _recordsRead == _header.Answers + _header.Authorities + _header.Additionals;

    /// <summary>True once all is read that the header announces, and no octet is left over.</summary>
    public readonly bool IsWhole =>
        IsAtEnd && _questionsRead == _header.Questions && _position == _message.Length;

    /// <summary>Begins reading; false when there is no whole header.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> message, out MessageReader reader)
    {
        bool whole = MessageHeader.TryRead(message, out MessageHeader header);
        reader = new MessageReader(message, header);
        return whole;
    }

    /// <summary>
    /// Reads the next question: its name into <paramref name="name"/> (room for 255 octets, uncompressed,
    /// case kept).
    /// </summary>
    public bool TryReadQuestion(scoped Span<byte> name, out QuestionView question, out WireError error)
    {
        question = default;
        if (_questionsRead == _header.Questions)
        {
            error = WireError.Truncated;
            return false;
        }

        int offset = _position;
        if (!CompressedName.TryRead(_message, ref offset, name, out int length, out error))
        {
            return false;
        }

        if (offset + 4 > _message.Length)
        {
            error = WireError.Truncated;
            return false;
        }

        question = new QuestionView(
            length,
            new RRType(BinaryPrimitives.ReadUInt16BigEndian(_message[offset..])),
            new RRClass(BinaryPrimitives.ReadUInt16BigEndian(_message[(offset + 2)..])));
        _position = offset + 4;
        _questionsRead++;
        return true;
    }

    /// <summary>Moves behind all questions that are left.</summary>
    public bool TrySkipQuestions(out WireError error)
    {
        error = WireError.None;
        for (; _questionsRead < _header.Questions; _questionsRead++)
        {
            int offset = _position;
            if (!CompressedName.TrySkip(_message, ref offset, out error))
            {
                return false;
            }

            if (offset + 4 > _message.Length)
            {
                error = WireError.Truncated;
                return false;
            }

            _position = offset + 4;
        }

        return true;
    }

    /// <summary>
    /// Reads the next record; false with <see cref="WireError.None"/> at the end. Questions not read are
    /// passed over.
    /// </summary>
    public bool TryReadRecord(out RecordView record, out WireError error)
    {
        record = default;
        error = WireError.None;
        if ((_questionsRead < _header.Questions && !TrySkipQuestions(out error)) || IsAtEnd)
        {
            return false;
        }

        int offset = _position;
        if (!CompressedName.TrySkip(_message, ref offset, out error))
        {
            return false;
        }

        ReadOnlySpan<byte> rest = _message[offset..];
        int length = rest.Length < RecordHeader.FixedLength
            ? int.MaxValue
            : BinaryPrimitives.ReadUInt16BigEndian(rest[sizeof(ulong)..]);
        if (length > rest.Length - RecordHeader.FixedLength)
        {
            error = WireError.Truncated;
            return false;
        }

        ulong fields = BinaryPrimitives.ReadUInt64BigEndian(rest);
        RRType type = new((ushort)(fields >> 48));
        uint ttl = (uint)fields;
        record = new RecordView
        {
            Section = SectionOf(_recordsRead),
            Type = type,
            Class = new RRClass((ushort)(fields >> 32)),
            Ttl = type != RRType.Opt && ttl > int.MaxValue ? 0 : ttl,
            NameOffset = _position,
            RdataOffset = offset + RecordHeader.FixedLength,
            RdataLength = length,
        };
        _position = offset + RecordHeader.FixedLength + length;
        _recordsRead++;
        return true;
    }

    private readonly MessageSection SectionOf(int index) =>
        index < _header.Answers ? MessageSection.Answer
        : index < _header.Answers + _header.Authorities ? MessageSection.Authority
        : MessageSection.Additional;
}
