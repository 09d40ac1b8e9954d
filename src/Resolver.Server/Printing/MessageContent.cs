// A message read once into values, for every way of printing. Reading ends at the first thing that cannot be
// read; what was read until then is kept.
using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Resolver.Wire;

namespace Resolver.Server;

/// <summary>What a message says.</summary>
internal sealed record MessageContent
{
    /// <summary>The header.</summary>
    public required MessageHeader Header { get; init; }

    /// <summary>The rcode, OPT's share included.</summary>
    public required Rcode Rcode { get; init; }

    /// <summary>The flags that are set, in dig's order and lower case.</summary>
    public required ImmutableArray<string> Flags { get; init; }

    /// <summary>The questions.</summary>
    public required ImmutableArray<MessageQuestion> Questions { get; init; }

    /// <summary>The records, OPT left out.</summary>
    public required ImmutableArray<MessageRecord> Records { get; init; }

    /// <summary>OPT's fields; null when there is none.</summary>
    public OptFields? Opt { get; init; }

    /// <summary>OPT's options as dig prints them.</summary>
    public ImmutableArray<string> Options { get; init; } = [];

    /// <summary>Why reading ended early.</summary>
    public WireError Error { get; init; }

    /// <summary>Reads a message of at least a header.</summary>
    public static MessageContent Read(ReadOnlySpan<byte> octets)
    {
        List<MessageQuestion> questions = [];
        List<MessageRecord> records = [];
        OptFields? opt = null;
        ImmutableArray<string> options = [];
        if (!MessageReader.TryCreate(octets, out MessageReader reader))
        {
            throw new ArgumentException("A message has at least a header.", nameof(octets));
        }

        WireError error = ReadQuestions(ref reader, questions);
        while (error == WireError.None && reader.TryReadRecord(out RecordView record, out error))
        {
            if (record.Type == RRType.Opt)
            {
                opt = OptFields.From(record);
                options = EdnsOptionText.Format(record.Rdata(octets));
            }
            else if (RecordReading.TryRead(octets, record, out ResourceRecord? read, out error))
            {
                records.Add(new MessageRecord(record.Section, read));
            }
        }

        return new MessageContent
        {
            Header = reader.Header,
            Rcode = opt?.FullRcode(reader.Header.LowRcode) ?? reader.Header.LowRcode,
            Flags = FlagsOf(reader.Header),
            Questions = [.. questions],
            Records = [.. records],
            Opt = opt,
            Options = options,
            Error = error,
        };
    }

    private static WireError ReadQuestions(ref MessageReader reader, List<MessageQuestion> questions)
    {
        byte[] name = new byte[255];
        for (int i = 0; i < reader.Header.Questions; i++)
        {
            if (!reader.TryReadQuestion(name, out QuestionView question, out WireError error))
            {
                return error;
            }

            DomainName asked = DomainName.FromValidWire(name.AsSpan(0, question.NameLength));
            questions.Add(new MessageQuestion(asked, question.Class, question.Type));
        }

        return WireError.None;
    }

    private static ImmutableArray<string> FlagsOf(MessageHeader header)
    {
        (HeaderFlags Flag, string Name)[] names =
        [
            (HeaderFlags.Response, "qr"), (HeaderFlags.Authoritative, "aa"), (HeaderFlags.Truncated, "tc"),
            (HeaderFlags.RecursionDesired, "rd"), (HeaderFlags.RecursionAvailable, "ra"),
            (HeaderFlags.AuthenticData, "ad"), (HeaderFlags.CheckingDisabled, "cd"),
        ];
        List<string> set = [];
        foreach ((HeaderFlags flag, string name) in names)
        {
            if (header.Has(flag))
            {
                set.Add(name);
            }
        }

        return [.. set];
    }
}
