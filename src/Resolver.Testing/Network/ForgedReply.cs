// What a forger sends: a reply that looks right but for the secret it could not see, and carries an address
// that no zone of any simulated internet has. Where it turns up in an answer, a check has failed.
using System;
using System.Net;
using Resolver.Wire;

namespace Resolver.Testing;

/// <summary>Writes forged replies (RFC 5452 §3).</summary>
internal static class ForgedReply
{
    /// <summary>The address in every forged record.</summary>
    public static IPAddress Lie { get; } = IPAddress.Parse("203.0.113.66");

    /// <summary>A reply to the query with a wrong ID, or with the right one and another question.</summary>
    public static byte[] Write(ReadOnlySpan<byte> query, SeededRandom random)
    {
        Span<byte> name = stackalloc byte[NameOctets.MaxLength];
        _ = QueryView.TryRead(query, name, out QueryView view);
        Span<byte> asked = name[..view.NameLength];
        Span<byte> buffer = stackalloc byte[1024];
        MessageWriter writer = new(buffer);
        _ = writer.TryWriteQuestion(asked, view.Type, view.Class);
        RecordHeader header = new(asked, RRType.A, RRClass.IN, 86400);
        _ = writer.TryWriteRecord(MessageSection.Answer, header, Lie.GetAddressBytes());
        ushort word = MessageHeader.MakeWord(
            HeaderFlags.Response | HeaderFlags.Authoritative, Opcode.Query, Rcode.NoError);
        bool knowsId = random.Chance(0.1);
        ushort id = (ushort)(
            knowsId ? view.Header.Id : view.Header.Id ^ (1 + random.NextBelow(ushort.MaxValue)));
        byte[] reply = buffer[..writer.Finish(id, word)].ToArray();
        if (knowsId)
        {
            FaultyReplies.Distort(ServerFault.WrongQuestion, reply);
        }

        return reply;
    }
}
