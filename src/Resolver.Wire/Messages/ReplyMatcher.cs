// Does this message reply to that query? RFC 5452 §9.1: ID and question; the peer's address and port are
// checked by whoever received it. The question's name is compared octet by octet: its letters' case is part
// of the secret (0x20).
using System;
using System.Buffers.Binary;

namespace Resolver.Wire;

/// <summary>How a message received compares with a query sent.</summary>
internal enum ReplyMatch : byte
{
    /// <summary>It is the reply.</summary>
    Match,

    /// <summary>Everything is right but the case of the question's letters.</summary>
    CaseDiffers,

    /// <summary>Everything is right, but a cookie that is due is not there.</summary>
    CookieLacks,

    /// <summary>It replies to something else, or to nothing.</summary>
    Mismatch,
}

/// <summary>Compares replies with queries.</summary>
internal static class ReplyMatcher
{
    /// <summary>
    /// Compares. <paramref name="query"/> is a message of ours with one uncompressed question. A reply
    /// without a question is accepted when its rcode is an error that servers send before they have read one
    /// (RFC 1035 §4.1.1 FORMERR; NOTIMP, SERVFAIL and REFUSED likewise).
    /// </summary>
    public static ReplyMatch Compare(ReadOnlySpan<byte> query, ReadOnlySpan<byte> reply)
    {
        if (!MessageHeader.TryRead(reply, out MessageHeader header)
            || !header.IsResponse
            || header.Opcode != Opcode.Query
            || header.Id != BinaryPrimitives.ReadUInt16BigEndian(query))
        {
            return ReplyMatch.Mismatch;
        }

        if (header.Questions == 0)
        {
            return header.LowRcode.Value is 1 or 2 or 4 or 5 ? ReplyMatch.Match : ReplyMatch.Mismatch;
        }

        ReadOnlySpan<byte> asked = Question(query);
        if (header.Questions != 1 || reply.Length < MessageHeader.Length + asked.Length)
        {
            return ReplyMatch.Mismatch;
        }

        ReadOnlySpan<byte> echoed = reply.Slice(MessageHeader.Length, asked.Length);
        if (echoed.SequenceEqual(asked))
        {
            return ReplyMatch.Match;
        }

        return echoed[^4..].SequenceEqual(asked[^4..])
            && NameOctets.EqualsIgnoreCase(echoed[..^4], asked[..^4])
            ? ReplyMatch.CaseDiffers
            : ReplyMatch.Mismatch;
    }

    private static ReadOnlySpan<byte> Question(ReadOnlySpan<byte> query)
    {
        int at = MessageHeader.Length;
        while (query[at] != 0)
        {
            at += query[at] + 1;
        }

        return query[MessageHeader.Length..(at + 5)];
    }
}
