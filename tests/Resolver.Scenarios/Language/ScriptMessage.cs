// A message as lists of questions and records: from the script, or read from the wire; either can be written.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Resolver.Wire;

namespace Resolver.Scenarios;

/// <summary>A question.</summary>
internal sealed record ScriptQuestion(DomainName Name, RRType Type, RRClass Class)
{
    public override string ToString() => $"{Name} {Class} {Type}";
}

/// <summary>A record, names in its RDATA uncompressed.</summary>
internal sealed record ScriptRecord(DomainName Owner, RRType Type, RRClass Class, uint Ttl, byte[] Rdata)
{
    /// <summary>Equal for records that differ at most in TTL and in the case of letters.</summary>
    public string Key => Format(0).ToUpperInvariant();

    public override string ToString() => Format(Ttl);

    private string Format(uint ttl) =>
        RecordText.Format(new RecordHeader(Owner.Wire, Type, Class, ttl), Rdata);
}

/// <summary>A message.</summary>
internal sealed class ScriptMessage
{
    private const ushort PayloadSize = 4096;

    public ushort Id { get; set; }

    public HeaderFlags Flags { get; set; }

    public Opcode Opcode { get; set; } = Opcode.Query;

    public Rcode Rcode { get; set; } = Rcode.NoError;

    public bool HasEdns { get; set; }

    public bool DnssecOk { get; set; }

    /// <summary>The options of OPT, as octets.</summary>
    public byte[] EdnsOptions { get; set; } = [];

    public List<ScriptQuestion> Questions { get; } = [];

    public List<(MessageSection Section, ScriptRecord Record)> Records { get; } = [];

    public ScriptQuestion? Question => Questions.Count > 0 ? Questions[0] : null;

    /// <summary>The data of the first EDNS option with this code; null without one.</summary>
    public byte[]? FindOption(EdnsOptionCode code)
    {
        for (int at = 0; at + 4 <= EdnsOptions.Length;)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(EdnsOptions.AsSpan(at + 2));
            if (BinaryPrimitives.ReadUInt16BigEndian(EdnsOptions.AsSpan(at)) == code.Value)
            {
                return EdnsOptions[(at + 4)..Math.Min(at + 4 + length, EdnsOptions.Length)];
            }

            at += 4 + length;
        }

        return null;
    }

    public IEnumerable<ScriptRecord> In(MessageSection section) =>
        Records.Where(r => r.Section == section).Select(static r => r.Record);

    public static ScriptMessage Read(ReadOnlySpan<byte> octets)
    {
        if (!MessageReader.TryCreate(octets, out MessageReader reader))
        {
            throw new FormatException("no header");
        }

        ScriptMessage message = new()
        {
            Id = reader.Header.Id,
            Flags = reader.Header.Flags,
            Opcode = reader.Header.Opcode,
            Rcode = reader.Header.LowRcode,
        };
        Span<byte> name = stackalloc byte[NameOctets.MaxLength];
        for (int left = reader.Header.Questions; left > 0; left--)
        {
            if (!reader.TryReadQuestion(name, out QuestionView question, out WireError error))
            {
                throw new FormatException($"a question is wrong: {error}");
            }

            DomainName asked = DomainName.FromValidWire(name[..question.NameLength]);
            message.Questions.Add(new ScriptQuestion(asked, question.Type, question.Class));
        }

        message.ReadRecords(ref reader);
        return message;
    }

    public byte[] Write()
    {
        byte[] buffer = new byte[ushort.MaxValue];
        MessageWriter writer = new(buffer);
        bool fits = true;
        foreach (ScriptQuestion question in Questions)
        {
            fits &= writer.TryWriteQuestion(question.Name.Wire, question.Type, question.Class);
        }

        foreach ((MessageSection section, ScriptRecord record) in Records.OrderBy(static r => r.Section))
        {
            RecordHeader header = new(record.Owner.Wire, record.Type, record.Class, record.Ttl);
            fits &= writer.TryWriteRecord(section, header, record.Rdata);
        }

        if (HasEdns)
        {
            OptFields opt = new(PayloadSize, (byte)(Rcode.Value >> 4), 0, DnssecOk);
            fits &= writer.TryWriteOpt(opt, EdnsOptions);
        }

        return fits
            ? buffer[..writer.Finish(Id, MessageHeader.MakeWord(Flags, Opcode, Rcode))]
            : throw new InvalidOperationException("The message is longer than a message can be.");
    }

    public override string ToString()
    {
        StringBuilder text = new();
        text.Append(Opcode).Append(' ').Append(Rcode).Append(' ').AppendLine(FlagText.Of(Flags));
        Questions.ForEach(q => text.Append("  ? ").Append(q).AppendLine());
        if (EdnsOptions.Length > 0)
        {
            text.Append("  EDNS: ").AppendLine(Convert.ToHexString(EdnsOptions));
        }

        foreach ((MessageSection section, ScriptRecord record) in Records)
        {
            text.Append("  ").Append(section).Append(": ").Append(record).AppendLine();
        }

        return text.ToString();
    }

    private void ReadRecords(ref MessageReader reader)
    {
        Span<byte> name = stackalloc byte[NameOctets.MaxLength];
        WireError error;
        while (reader.TryReadRecord(out RecordView record, out error))
        {
            if (record.Type == RRType.Opt)
            {
                OptFields opt = OptFields.From(record);
                (HasEdns, DnssecOk, Rcode) = (true, opt.DnssecOk, opt.FullRcode(Rcode));
                EdnsOptions = record.Rdata(reader.Message).ToArray();
                continue;
            }

            byte[] rdata = new byte[record.RdataLength + RdataExpander.MaxGrowth];
            if (!record.TryReadOwner(reader.Message, name, out int length, out error)
                || !RdataExpander.TryExpand(reader.Message, record, rdata, out int written, out error))
            {
                throw new FormatException($"a record of type {record.Type} is wrong: {error}");
            }

            DomainName owner = DomainName.FromValidWire(name[..length]);
            Records.Add((record.Section, new ScriptRecord(
                owner, record.Type, record.Class, record.Ttl, rdata[..written])));
        }

        if (!reader.IsAtEnd)
        {
            throw new FormatException($"a record is wrong: {error}");
        }
    }
}
