// What the answer cache must know of a message: that it answers the key's question, and where its TTLs stand.
using System;
using System.Buffers.Binary;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>Functions over whole answers.</summary>
internal static class AnswerShape
{
    // Type, class, TTL and RDLENGTH stand before the RDATA: the TTL begins six octets before it.
    private const int TtlBeforeRdata = 6;
    private const int TypeAndClass = 4;

    /// <summary>True when the message's question is the key's, case ignored.</summary>
    public static bool IsAnswerTo(in AnswerKey key, ReadOnlySpan<byte> message)
    {
        int nameLength = key.Question.Name.Length;
        if (message.Length < MessageHeader.Length + nameLength + TypeAndClass)
        {
            return false;
        }

        ReadOnlySpan<byte> fixedPart = message.Slice(MessageHeader.Length + nameLength, TypeAndClass);
        return BinaryPrimitives.ReadUInt16BigEndian(fixedPart) == key.Question.Type.Value
            && BinaryPrimitives.ReadUInt16BigEndian(fixedPart[2..]) == key.Question.Class.Value
            && NameOctets.EqualsIgnoreCase(
                message.Slice(MessageHeader.Length, nameLength), key.Question.Name);
    }

    /// <summary>
    /// Finds the offset of each TTL. False when the message does not answer the key's question with one
    /// question, when it is broken, holds OPT, or has more records than there is room for.
    /// </summary>
    public static bool TryFindTtls(
        in AnswerKey key, ReadOnlySpan<byte> message, Span<ushort> offsets, out int count)
    {
        count = 0;
        Span<byte> name = stackalloc byte[NameOctets.MaxLength];
        scoped MessageReader reader;
        if (message.Length > AnswerSlabs.MaxSlotSize
            || !MessageReader.TryCreate(message, out reader)
            || reader.Header.Questions != 1
            || !IsAnswerTo(key, message)
            || !reader.TryReadQuestion(name, out _, out _))
        {
            return false;
        }

        while (!reader.IsAtEnd)
        {
            if (count == offsets.Length
                || !reader.TryReadRecord(out RecordView record, out _)
                || record.Type == RRType.Opt)
            {
                return false;
            }

            offsets[count++] = (ushort)(record.RdataOffset - TtlBeforeRdata);
        }

        return true;
    }
}
