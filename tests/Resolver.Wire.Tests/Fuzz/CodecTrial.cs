// Puts any octets through everything that reads octets, and checks what must hold whatever they are: no
// exception, names within their bounds, places within the message, and readers that agree with each other.
using System;
using Xunit;

namespace Resolver.Wire.Tests;

/// <summary>What octets came to.</summary>
/// <param name="Read">Why walking the message ended; TrailingOctets when something is left over.</param>
/// <param name="Records">Records walked.</param>
/// <param name="Query">What they are as a client's query.</param>
internal readonly record struct TrialResult(WireError Read, int Records, QueryVerdict Query);

/// <summary>Reusable; not thread-safe.</summary>
internal sealed class CodecTrial
{
    private readonly byte[] _name = new byte[NameOctets.MaxLength];
    private readonly byte[] _other = new byte[NameOctets.MaxLength];
    private readonly byte[] _rdata = new byte[ushort.MaxValue + RdataExpander.MaxGrowth];
    private readonly byte[] _copy = new byte[ushort.MaxValue];
    private readonly byte[] _query = SampleMessages.Query();
    private readonly RRsetBuilder _builder = new();

    /// <summary>Reads the octets in every way there is.</summary>
    public TrialResult Run(ReadOnlySpan<byte> octets)
    {
        QueryVerdict query = TryQuery(octets);
        ReplyMatch match = ReplyMatcher.Compare(_query, octets);
        Assert.True(match == ReplyMatch.Mismatch || octets.Length >= MessageHeader.Length);
        WireError read = TryRecords(octets, out int records);
        return new TrialResult(read, records, query);
    }

    /// <summary>Reads a name at each offset.</summary>
    public void RunNames(ReadOnlySpan<byte> octets)
    {
        for (int offset = 0; offset <= octets.Length; offset++)
        {
            TryName(octets, offset);
        }
    }

    private QueryVerdict TryQuery(ReadOnlySpan<byte> octets)
    {
        QueryVerdict verdict = QueryView.TryRead(octets, _name, out QueryView view);
        Assert.True(verdict == QueryVerdict.Drop || octets.Length >= MessageHeader.Length);
        Assert.InRange(view.QuestionLength, 0, Math.Max(0, octets.Length - MessageHeader.Length));
        Assert.True(view.PayloadSize >= 512);
        if (verdict == QueryVerdict.Ok)
        {
            Assert.True(NameOctets.TryValidate(_name.AsSpan(0, view.NameLength), out _));

            // Nothing stands before the question to point to: the name is in the message as it is in the
            // buffer.
            Assert.True(octets.Slice(MessageHeader.Length, view.NameLength)
                .SequenceEqual(_name.AsSpan(0, view.NameLength)));
            Assert.True(view.CookieOffset + view.CookieLength <= octets.Length);
        }

        return verdict;
    }

    private WireError TryRecords(ReadOnlySpan<byte> octets, out int records)
    {
        records = 0;
        if (!MessageReader.TryCreate(octets, out MessageReader reader))
        {
            return WireError.Truncated;
        }

        WireError error = WireError.None;
        for (int i = 0; i < reader.Header.Questions && error == WireError.None; i++)
        {
            int before = reader.Position;
            bool read = reader.TryReadQuestion(_name, out QuestionView question, out error);
            Assert.Equal(read, error == WireError.None);
            Assert.True(!read || NameOctets.TryValidate(_name.AsSpan(0, question.NameLength), out _));
            Assert.True(!read || reader.Position >= before + 5);
        }

        EdnsView edns = default;
        while (error == WireError.None && reader.TryReadRecord(out RecordView record, out error))
        {
            records++;
            Assert.True(record.RdataOffset + record.RdataLength == reader.Position);
            Assert.True(reader.Position <= octets.Length);
            error = TryRecord(octets, record, ref edns);
        }

        Assert.True(records <= octets.Length / 11);
        return error != WireError.None || reader.IsWhole ? error : WireError.TrailingOctets;
    }

    private WireError TryRecord(ReadOnlySpan<byte> octets, in RecordView record, ref EdnsView edns)
    {
        TryName(octets, record.NameOffset);
        if (!record.TryReadOwner(octets, _name, out int length, out WireError error))
        {
            return error;
        }

        if (record.Type == RRType.Opt)
        {
            EdnsView.TryAccept(octets, record, ref edns, out error);
            return error;
        }

        // Text of any octets at all, whether they have the form of their type or not.
        Assert.NotEmpty(RdataText.Format(record.Type, record.Rdata(octets)));
        if (!RdataExpander.TryExpand(octets, record, _rdata, out int written, out error))
        {
            Assert.NotEqual(WireError.None, error);
            return error;
        }

        ReadOnlySpan<byte> owner = _name.AsSpan(0, length);
        TryWrite(owner, record, _rdata.AsSpan(0, written));
        _builder.Begin(owner, record.Type, record.Class);
        if (_builder.TryAdd(octets, record, out _))
        {
            Assert.True(_builder.Build().First.SequenceEqual(_rdata.AsSpan(0, written)));
        }

        return WireError.None;
    }

    /// <summary>What was read and is written again is read again as the same.</summary>
    private void TryWrite(ReadOnlySpan<byte> owner, in RecordView record, ReadOnlySpan<byte> rdata)
    {
        MessageWriter writer = new(_copy);
        RecordHeader header = new(owner, record.Type, record.Class, record.Ttl);
        if (!writer.TryWriteRecord(MessageSection.Answer, header, rdata))
        {
            return;
        }

        ReadOnlySpan<byte> copy = _copy.AsSpan(0, writer.Finish(0, 0));
        Assert.True(MessageReader.TryCreate(copy, out MessageReader reader));
        Assert.True(reader.TryReadRecord(out RecordView again, out _));
        Assert.True(reader.IsWhole);
        Assert.True(again.IsOwnedBy(copy, owner));
        byte[] expanded = new byte[rdata.Length + RdataExpander.MaxGrowth];
        Assert.True(RdataExpander.TryExpand(copy, again, expanded, out int written, out _));

        // Compression may take the case of a name from where it stood first.
        Assert.True(RdataNames.Of(record.Type).MayCompress
            ? NameOctets.EqualsIgnoreCase(rdata, expanded.AsSpan(0, written))
            : rdata.SequenceEqual(expanded.AsSpan(0, written)));
    }

    private void TryName(ReadOnlySpan<byte> octets, int offset)
    {
        int end = offset;
        bool read = CompressedName.TryRead(octets, ref end, _other, out int length, out WireError error);
        Assert.Equal(read, error == WireError.None);
        Assert.Equal(read, end > offset);
        if (!read)
        {
            return;
        }

        int skipped = offset;
        Assert.True(CompressedName.TrySkip(octets, ref skipped, out _));
        Assert.Equal(end, skipped);
        Assert.True(end <= octets.Length);
        Assert.True(NameOctets.TryValidate(_other.AsSpan(0, length), out _));
        Assert.True(CompressedName.EqualsAt(octets, offset, _other.AsSpan(0, length)));
    }
}
