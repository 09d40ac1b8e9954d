// Queries to other servers as octets: header, one question, perhaps OPT (RFC 1035 §4.1, RFC 6891 §6.1). No
// compression, as nothing repeats. ID, case and options are drawn by the caller.
using System;
using System.Buffers.Binary;

namespace Resolver.Wire;

/// <summary>Writes queries.</summary>
internal static class QueryWriter
{
    /// <summary>Octets of the longest query without options: header, name, type and class, OPT.</summary>
    public const int MaxLength =
        MessageHeader.Length + NameOctets.MaxLength + QuestionTail + OptFields.Overhead;

    private const int QuestionTail = 4;

    /// <summary>
    /// Writes the query and returns its octets. <paramref name="buffer"/> has room for <see
    /// cref="MaxLength"/>, or for as much as this very query takes, and for the options.
    /// </summary>
    public static int Write(Span<byte> buffer, in UpstreamQuestion question)
    {
        ushort word = MessageHeader.MakeWord(question.Flags, Opcode.Query, Rcode.NoError);
        ushort additionals = (ushort)(question.Edns.HasValue ? 1 : 0);
        new MessageHeader(question.Id, word, 1, 0, 0, additionals).Write(buffer);

        int at = MessageHeader.Length;
        question.Name.CopyTo(buffer[at..]);
        at += question.Name.Length;
        BinaryPrimitives.WriteUInt16BigEndian(buffer[at..], question.Type.Value);
        BinaryPrimitives.WriteUInt16BigEndian(buffer[(at + 2)..], question.Class.Value);
        at += QuestionTail;
        return question.Edns is OptFields edns ? at + edns.Write(buffer[at..], question.Options) : at;
    }
}
