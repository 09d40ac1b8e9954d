// What holds of every reply, whatever was asked: its size, its form, and that it replies to this query.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Resolver.Engine;
using Resolver.Wire;

namespace Resolver.Fuzz;

/// <summary>Judges replies; keeps the first failure of each kind.</summary>
internal sealed class ReplyJudge
{
    private readonly ResolverLimits _limits;
    private readonly byte[] _name = new byte[NameOctets.MaxLength];
    private readonly byte[] _rdata = new byte[ushort.MaxValue + RdataExpander.MaxGrowth];
    private readonly Dictionary<string, string> _failures = [];

    public ReplyJudge(ResolverLimits limits) => _limits = limits;

    /// <summary>What went wrong, of each kind the first.</summary>
    public IReadOnlyCollection<string> Failures => _failures.Values;

    /// <summary>Replies judged.</summary>
    public long Count { get; private set; }

    /// <summary>Octets of the longest reply.</summary>
    public int Longest { get; private set; }

    /// <summary>Judges a reply to a query; <paramref name="reply"/> is empty when there was none.</summary>
    public void Judge(ReadOnlySpan<byte> query, ReadOnlySpan<byte> reply, ClientTransport transport)
    {
        QueryVerdict verdict = QueryView.TryRead(query, _name, _limits.MaxEdnsOptions, out QueryView view);
        if (reply.IsEmpty)
        {
            Require(verdict == QueryVerdict.Drop, "no reply", query, reply);
            return;
        }

        Require(verdict != QueryVerdict.Drop, "a reply to what is no query", query, reply);
        int most = transport == ClientTransport.Udp
            ? Math.Min(view.PayloadSize, _limits.ClientUdpPayloadSize)
            : ushort.MaxValue;
        Require(reply.Length <= most, $"larger than {most}", query, reply);
        if (!JudgeForm(reply, out MessageHeader header, out EdnsView edns))
        {
            Fail("malformed", query, reply);
            return;
        }

        Require(header.Id == view.Header.Id, "another ID", query, reply);
        Require(header.Opcode == view.Header.Opcode, "another opcode", query, reply);
        Require(edns.IsPresent == view.HasEdns || !edns.IsPresent, "EDNS to a client without", query, reply);
        ReadOnlySpan<byte> question = query.Slice(MessageHeader.Length, view.QuestionLength);
        Require(header.Questions == (question.IsEmpty ? 0 : 1), "another count of questions", query, reply);
        Require(
            reply[MessageHeader.Length..].StartsWith(question), "the question is not echoed as it was", query,
            reply);
        Rcode rcode = edns.Fields.FullRcode(header.LowRcode);
        JudgeRcode(verdict, rcode, query, reply);

        // RFC 9824 §3.5: whoever asks for NXNAME gets FORMERR, however well the query is formed.
        bool mayBeWrong = verdict == QueryVerdict.FormErr || view.Type == new RRType(128);
        Require(mayBeWrong || rcode != Rcode.FormErr, "FORMERR for a good query", query, reply);
    }

    /// <summary>Judges what is true of any reply; false when it is malformed.</summary>
    public bool JudgeForm(ReadOnlySpan<byte> reply, out MessageHeader header, out EdnsView edns)
    {
        Count++;
        Longest = Math.Max(Longest, reply.Length);
        edns = default;
        if (!MessageReader.TryCreate(reply, out MessageReader reader))
        {
            header = default;
            return false;
        }

        header = reader.Header;
        bool good = header.IsResponse && header.Has(HeaderFlags.RecursionAvailable);
        while (reader.TryReadRecord(out RecordView record, out WireError error))
        {
            good &= record.Type == RRType.Opt
                ? EdnsView.TryAccept(reply, record, ref edns, out error)
                : record.TryReadOwner(reply, _name, out _, out _)
                    && RdataExpander.TryExpand(reply, record, _rdata, out _, out _);
        }

        return good && reader.IsWhole;
    }

    /// <summary>Notes a failure with the octets that show it.</summary>
    public void Fail(string what, ReadOnlySpan<byte> query, ReadOnlySpan<byte> reply)
    {
        string kind = what.Split('\n')[0];
        _ = _failures.TryAdd(
            kind, $"{what}: query {Convert.ToHexString(query)} reply {Convert.ToHexString(reply)}");
    }

    private void JudgeRcode(
        QueryVerdict verdict, Rcode rcode, ReadOnlySpan<byte> query, ReadOnlySpan<byte> reply)
    {
        Rcode? expected = verdict switch
        {
            QueryVerdict.FormErr => Rcode.FormErr,
            QueryVerdict.NotImp => Rcode.NotImp,
            QueryVerdict.BadVers => Rcode.BadVers,
            QueryVerdict.BadKey => Rcode.NotAuth,
            QueryVerdict.Ok or QueryVerdict.Drop or QueryVerdict.CookieOnly => null,
            _ => throw new ArgumentOutOfRangeException(nameof(verdict)),
        };
        Require(expected is null || expected == rcode, $"rcode {rcode} for {verdict}", query, reply);
        Require(
            (BinaryPrimitives.ReadUInt16BigEndian(reply[2..]) & (ushort)HeaderFlags.AuthenticData) == 0,
            "AD without validation",
            query,
            reply);
    }

    private void Require(bool holds, string what, ReadOnlySpan<byte> query, ReadOnlySpan<byte> reply)
    {
        if (!holds)
        {
            Fail(what, query, reply);
        }
    }
}
