// Random messages, written with compression and read back: names, order, fields and RDATA survive, case of
// first occurrences too, and counts agree with what fitted. A failure prints the seed.
using System;
using System.Linq;
using CsCheck;
using Xunit;

namespace Resolver.Wire.Tests;

public sealed class RoundTripTests
{
    private const int Rounds = 3000;

    private static readonly ushort[] TypesWithOneName = [2, 5, 12, 39];

    /// <summary>Type and RDATA of a record; names in RDATA share suffixes with owners.</summary>
    private static readonly Gen<(ushort Type, byte[] Rdata)> Content = Gen.OneOf(
        Gen.Byte.Array[4, 4].Select(address => ((ushort)1, address)),
        Gen.Byte.Array[16, 16].Select(address => ((ushort)28, address)),
        Gen.Select(Gen.Int[0, 3], RandomNames.Any, (i, name) => (TypesWithOneName[i], name)),
        Gen.Select(RandomNames.Related, RandomNames.Related, Gen.Byte.Array[20, 20], (mname, rname, tail) =>
            ((ushort)6, (byte[])[.. mname, .. rname, .. tail])),
        Gen.Select(Gen.Byte.Array[2, 2], RandomNames.Related, (preference, name) =>
            ((ushort)15, (byte[])[.. preference, .. name])),
        Gen.Select(Gen.Byte.Array[6, 6], RandomNames.Related, (lead, name) =>
            ((ushort)33, (byte[])[.. lead, .. name])),
        Gen.Byte.Array[0, 300].Select(octets => ((ushort)65280, octets)));

    private static readonly Gen<Entry> Record = Gen.Select(
        RandomNames.Any, Content, Gen.UInt[0, int.MaxValue], Gen.Int[0, 2],
        (owner, content, ttl, section) => new Entry(owner, content.Type, content.Rdata, ttl, section));

    [Fact]
    public void What_is_written_is_read_back() =>
        Gen.Select(RandomNames.Any, Record.Array[0, 60], Gen.Int[12, 2000]).Sample(
            (question, records, size) => Check(question, [.. records.OrderBy(r => r.Section)], size),
            iter: Rounds);

    [Fact]
    public void What_is_written_far_beyond_the_reach_of_pointers_is_read_back() =>
        Gen.Select(RandomNames.Any, Record.Array[400, 900]).Sample(
            (question, records) => Check(question, [.. records.OrderBy(r => r.Section)], 65535),
            iter: Rounds / 100);

    private static void Check(byte[] question, Entry[] records, int size)
    {
        byte[] buffer = new byte[size];
        MessageWriter writer = new(buffer);
        bool asked = writer.TryWriteQuestion(question, RRType.A, RRClass.IN);
        Entry[] fitted = Write(ref writer, [.. records.Select(r => (r, false))]);
        byte[] message = buffer[..writer.Finish(7, 0x8180)];
        Assert.True(MessageReader.TryCreate(message, out MessageReader reader));
        byte[] name = new byte[NameOctets.MaxLength];
        Assert.Equal(asked, reader.TryReadQuestion(name, out QuestionView read, out _));
        Assert.True(!asked || name.AsSpan(0, read.NameLength).SequenceEqual(question));
        byte[] rdata = new byte[1024];
        foreach (Entry entry in fitted)
        {
            Assert.True(reader.TryReadRecord(out RecordView record, out WireError error), error.ToString());
            Assert.Equal(entry.Section, (int)record.Section);
            Assert.Equal(entry.Type, record.Type.Value);
            Assert.Equal(entry.Ttl, record.Ttl);
            Assert.True(record.TryReadOwner(message, name, out int length, out _));
            Assert.True(NameOctets.EqualsIgnoreCase(name.AsSpan(0, length), entry.Owner));
            Assert.True(record.IsOwnedBy(message, entry.Owner));
            Assert.True(
                RdataExpander.TryExpand(message, record, rdata, out int written, out error),
                error.ToString());
            Assert.True(SameRdata(entry, rdata.AsSpan(0, written)));
        }

        Assert.False(reader.TryReadRecord(out _, out WireError end));
        Assert.Equal(WireError.None, end);
        Assert.True(reader.IsWhole);
    }

    private static Entry[] Write(ref MessageWriter writer, (Entry Record, bool Fits)[] records)
    {
        for (int i = 0; i < records.Length; i++)
        {
            Entry entry = records[i].Record;
            RecordHeader header = new(entry.Owner, new RRType(entry.Type), RRClass.IN, entry.Ttl);
            int before = writer.Length;
            records[i].Fits = writer.TryWriteRecord((MessageSection)entry.Section, header, entry.Rdata);
            Assert.True(records[i].Fits || writer.Length == before);
        }

        return [.. records.Where(r => r.Fits).Select(r => r.Record)];
    }

    // Compression may take the case of a name from where it stood first; the other octets are exact.
    private static bool SameRdata(Entry entry, ReadOnlySpan<byte> rdata) =>
        RdataNames.Of(new RRType(entry.Type)).MayCompress
            ? NameOctets.EqualsIgnoreCase(rdata, entry.Rdata)
            : rdata.SequenceEqual(entry.Rdata);

    private sealed record Entry(byte[] Owner, ushort Type, byte[] Rdata, uint Ttl, int Section);
}
