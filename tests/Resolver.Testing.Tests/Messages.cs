// Queries and replies for tests, as values.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Resolver.Wire;

namespace Resolver.Testing.Tests;

/// <summary>A query to be written.</summary>
internal sealed record Query(string Name, string Type)
{
    public ushort Id { get; init; } = 0x1234;

    public RRClass Class { get; init; } = RRClass.IN;

    /// <summary>0: no EDNS.</summary>
    public ushort PayloadSize { get; init; } = 1232;

    public byte EdnsVersion { get; init; }

    public bool DnssecOk { get; init; }

    public bool IsStream { get; init; }

    /// <summary>RD.</summary>
    public bool IsRecursive { get; init; }

    /// <summary>CD.</summary>
    public bool CheckingDisabled { get; init; }

    public byte[] Write()
    {
        byte[] buffer = new byte[600];
        int length = QueryWriter.Write(buffer, new UpstreamQuestion
        {
            Id = Id,
            Flags = (IsRecursive ? HeaderFlags.RecursionDesired : HeaderFlags.None)
                | (CheckingDisabled ? HeaderFlags.CheckingDisabled : HeaderFlags.None),
            Name = DomainName.Parse(Name).Wire,
            Type = RRType.Parse(Type),
            Class = Class,
            Edns = PayloadSize == 0 ? null : new OptFields(PayloadSize, 0, EdnsVersion, DnssecOk),
        });
        return buffer[..length];
    }
}

/// <summary>A record of a reply.</summary>
internal sealed record ReplyRecord(
    MessageSection Section, DomainName Owner, RRType Type, uint Ttl, byte[] Rdata);

/// <summary>A reply as read.</summary>
internal sealed class Reply
{
    public required MessageHeader Header { get; init; }

    public required string Question { get; init; }

    public required int Length { get; init; }

    public required IReadOnlyList<ReplyRecord> Records { get; init; }

    public required Rcode Rcode { get; init; }

    public required bool HasEdns { get; init; }

    /// <summary>The extended error as text; empty when there is none.</summary>
    public required string ExtendedError { get; init; }

    public bool Has(HeaderFlags flag) => Header.Has(flag);

    /// <summary>Owners and types of a section.</summary>
    public string Text(MessageSection section) => string.Join(
        ", ",
        Records.Where(r => r.Section == section).Select(static r => $"{r.Owner.ToCanonical()} {r.Type}"));

    public static Reply Read(ReadOnlySpan<byte> message)
    {
        if (!MessageReader.TryCreate(message, out MessageReader reader))
        {
            throw new FormatException("The reply has no header.");
        }

        byte[] name = new byte[NameOctets.MaxLength];
        string question = reader.Header.Questions > 0 && reader.TryReadQuestion(
            name, out QuestionView view, out _)
            ? DomainName.FromValidWire(name.AsSpan(0, view.NameLength)).ToString()
            : "";
        List<ReplyRecord> records = [];
        OptFields opt = default;
        bool hasEdns = false;
        string extendedError = "";
        while (reader.TryReadRecord(out RecordView record, out _))
        {
            if (record.Type == RRType.Opt)
            {
                opt = OptFields.From(record);
                hasEdns = true;
                extendedError = ReadExtendedError(record.Rdata(message));
                continue;
            }

            _ = record.TryReadOwner(message, name, out int length, out _);
            RRsetBuilder builder = new();
            builder.Begin(name.AsSpan(0, length), record.Type, record.Class);
            if (!builder.TryAdd(message, record, out WireError error))
            {
                throw new FormatException($"A record of type {record.Type} is wrong: {error}.");
            }

            byte[] rdata = record.Type == RRType.Rrsig
                ? record.Rdata(message).ToArray()
                : builder.Build().First.ToArray();
            DomainName owner = DomainName.FromValidWire(name.AsSpan(0, length));
            records.Add(new ReplyRecord(record.Section, owner, record.Type, record.Ttl, rdata));
        }

        if (!reader.IsAtEnd || reader.Position != message.Length)
        {
            throw new FormatException("The reply has no clean end.");
        }

        return new Reply
        {
            Header = reader.Header,
            Question = question,
            Length = message.Length,
            Records = records,
            Rcode = opt.FullRcode(reader.Header.LowRcode),
            HasEdns = hasEdns,
            ExtendedError = extendedError,
        };
    }

    private static string ReadExtendedError(ReadOnlySpan<byte> octets)
    {
        EdnsOptionEnumerator options = new(octets);
        while (options.MoveNext())
        {
            if (options.Code == EdnsOptionCode.ExtendedError)
            {
                int code = BinaryPrimitives.ReadUInt16BigEndian(options.Content);
                return $"{code} {Encoding.UTF8.GetString(options.Content[2..])}";
            }
        }

        return "";
    }
}

/// <summary>Asking a responder.</summary>
internal static class Asking
{
    public static Reply Ask(this AuthoritativeResponder responder, Query query)
    {
        byte[] reply = new byte[ushort.MaxValue];
        return Reply.Read(reply.AsSpan(0, responder.Respond(query.Write(), query.IsStream, reply)));
    }
}

/// <summary>Zones from texts.</summary>
internal static class Zones
{
    public static AuthoritativeZone Read(string origin, string text)
    {
        DomainName name = DomainName.Parse(origin);
        using ZoneFileReader reader = ZoneFileReader.FromText(text, new ZoneFileOptions { Origin = name });
        IReadOnlyList<ZoneFileError> errors = ZoneLoading.TryLoad(
            name, "zone", reader, out AuthoritativeZone? zone);
        return zone ?? throw new FormatException(string.Join('\n', errors));
    }
}
