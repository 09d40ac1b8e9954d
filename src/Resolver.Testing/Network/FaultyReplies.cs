// The replies of servers with a fault.
using System;
using Resolver.Wire;

namespace Resolver.Testing;

/// <summary>Writes what no sound server would.</summary>
internal static class FaultyReplies
{
    /// <summary>True when the query has an OPT record.</summary>
    public static bool HasEdns(ReadOnlySpan<byte> query)
    {
        Span<byte> name = stackalloc byte[NameOctets.MaxLength];
        return QueryView.TryRead(query, name, out QueryView view) != QueryVerdict.Drop && view.HasEdns;
    }

    /// <summary>Header, question and OPT with an rcode.</summary>
    public static int WriteError(ReadOnlySpan<byte> query, Rcode rcode, Span<byte> reply)
    {
        byte[] name = new byte[NameOctets.MaxLength];
        return QueryView.TryRead(query, name, out QueryView view) == QueryVerdict.Ok
            ? AuthoritativeResponder.WriteError(view, name.AsSpan(0, view.NameLength), rcode, reply)
            : 0;
    }

    /// <summary>FORMERR, without the OPT record that the server has never heard of.</summary>
    public static int RefuseEdns(ReadOnlySpan<byte> query, Span<byte> reply)
    {
        byte[] name = new byte[NameOctets.MaxLength];
        _ = QueryView.TryRead(query, name, out QueryView view);
        MessageWriter writer = new(reply);
        _ = writer.TryWriteQuestion(name.AsSpan(0, view.NameLength), view.Type, view.Class);
        return writer.Finish(
            view.Header.Id, MessageHeader.MakeWord(HeaderFlags.Response, Opcode.Query, Rcode.FormErr));
    }

    /// <summary>TC and nothing else.</summary>
    public static int Truncate(ReadOnlySpan<byte> query, Span<byte> reply)
    {
        int length = WriteError(query, Rcode.NoError, reply);
        if (length > 0)
        {
            _ = MessageHeader.TryRead(reply, out MessageHeader header);
            (header with { Word = (ushort)(header.Word | (ushort)HeaderFlags.Truncated) }).Write(reply);
        }

        return length;
    }

    /// <summary>An upward referral: go and ask the root.</summary>
    public static int ReferUpwards(ReadOnlySpan<byte> query, Span<byte> reply)
    {
        byte[] name = new byte[NameOctets.MaxLength];
        if (QueryView.TryRead(query, name, out QueryView view) != QueryVerdict.Ok)
        {
            return 0;
        }

        MessageWriter writer = new(reply);
        _ = writer.TryWriteQuestion(name.AsSpan(0, view.NameLength), view.Type, view.Class);
        foreach (char letter in "abcdefghijklm")
        {
            DomainName server = DomainName.Parse($"{letter}.root-servers.net.");
            RecordHeader header = new(DomainName.Root.Wire, RRType.NS, RRClass.IN, 518400);
            _ = writer.TryWriteRecord(MessageSection.Authority, header, server.Wire);
        }

        if (view.HasEdns)
        {
            _ = writer.TryWriteOpt(
                new OptFields(AuthoritativeResponder.MaxDatagram, 0, 0, view.DnssecOk), default);
        }

        return writer.Finish(
            view.Header.Id, MessageHeader.MakeWord(HeaderFlags.Response, Opcode.Query, Rcode.NoError));
    }

    /// <summary>Spoils the ID or the question of a whole reply.</summary>
    public static void Distort(ServerFault fault, Span<byte> reply)
    {
        if (reply.Length <= MessageHeader.Length)
        {
            return;
        }

        if (fault == ServerFault.WrongId)
        {
            reply[0] ^= 0x55;
        }
        else if (reply[MessageHeader.Length] > 0)
        {
            // Another first letter; "aa" and "ab" are both names.
            reply[MessageHeader.Length + 1] ^= 0x01;
        }
        else
        {
            // The root has no letters: another type.
            reply[MessageHeader.Length + 2] ^= 0x01;
        }
    }
}
