// Compression: what may be pointed to, and that looking names up is bounded (RFC 1035 §4.1.4, CVE-2024-8508).
using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace Resolver.Wire.Tests;

public sealed class CompressionTests
{
    private static byte[] Name(string text) => SampleMessages.Name(text);

    private static RecordHeader Header(byte[] owner, RRType type) => new(owner, type, RRClass.IN, 300);

    [Fact]
    public void Suffixes_beyond_what_a_pointer_can_say_are_not_pointed_to()
    {
        byte[] buffer = new byte[65535];
        MessageWriter writer = new(buffer);
        byte[] filler = new byte[0x3FFF - MessageHeader.Length - 11];
        Assert.True(writer.TryWriteRecord(MessageSection.Answer, Header([0], RRType.Txt), filler));

        // The first label stands at 0x3FFF, the last place a pointer reaches; its parent does not.
        Assert.Equal(0x3FFF, writer.Length);
        for (int i = 0; i < 20; i++)
        {
            Assert.True(writer.TryWriteRecord(
                MessageSection.Answer,
                Header(Name("host.example.com"), RRType.NS),
                Name($"n{i}.example.com")));
        }

        int length = writer.Finish(1, 0x8180);
        List<(string Owner, string Target)> read = ReadNames(buffer.AsSpan(0, length));
        Assert.Equal(20, read.Count);
        Assert.All(read, r => Assert.Equal("host.example.com.", r.Owner));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"n{i}.example.com."), read.Select(r => r.Target));
    }

    [Fact]
    public void Looking_up_names_is_bounded_when_all_differ()
    {
        byte[] buffer = new byte[65535];
        MessageWriter writer = new(buffer);
        int names = 0;
        while (writer.TryWriteRecord(
            MessageSection.Answer,
            Header(Name($"h{names}.z{names % 120}.example"), RRType.NS),
            Name($"n{names}.y{names}.example")))
        {
            names += 1;
        }

        Assert.InRange(names, 1000, 5000);
        Assert.InRange(writer.Comparisons, 1, 2 * 2 * (names + 1));
    }

    [Fact]
    public void Looking_up_names_is_bounded_when_all_end_alike()
    {
        byte[][] names = [.. Enumerable.Range(0, 200).Select(i => Name($"host{i}-eth0.example"))];
        Assert.InRange(CountComparisons(names), 64, 65 * names.Length);
    }

    [Fact]
    public void Looking_up_names_is_bounded_when_labels_end_where_others_go_on()
    {
        // The octet before the equal ones is a digit here, the length of the label there: '0' is 48.
        string equal = new('x', 48);
        string many = string.Join('.', Enumerable.Repeat("a", 90));
        byte[][] longer = [.. Enumerable.Range(0, 64).Select(i => Name($"{many}.{(char)('A' + i)}0{equal}"))];
        byte[][] names = [.. Enumerable.Range(0, 100).Select(i => Name($"n{i}.{equal}"))];
        Assert.InRange(CountComparisons([.. longer, .. names]), 1, (64 * 65) + (9 * names.Length));
    }

    [Fact]
    public void A_name_of_34_labels_is_found_whole()
    {
        string nibbles = string.Join('.', Enumerable.Range(0, 32).Select(i => (i % 10).ToString()));
        string text = nibbles + ".ip6.arpa";
        byte[] buffer = new byte[512];
        MessageWriter writer = new(buffer);
        Assert.True(writer.TryWriteQuestion(Name(text), RRType.Ptr, RRClass.IN));
        int before = writer.Length;
        Assert.True(
            writer.TryWriteRecord(MessageSection.Answer, Header(Name(text), RRType.Ptr), Name("host.arpa")));
        Assert.Equal(before + 2 + 10 + 7, writer.Length);
    }

    private static List<(string Owner, string Target)> ReadNames(ReadOnlySpan<byte> message)
    {
        List<(string, string)> read = [];
        byte[] owner = new byte[255];
        byte[] target = new byte[1024];
        Assert.True(MessageReader.TryCreate(message, out MessageReader reader));
        while (reader.TryReadRecord(out RecordView record, out WireError error))
        {
            Assert.Equal(WireError.None, error);
            if (record.Type != RRType.NS)
            {
                continue;
            }

            Assert.True(record.TryReadOwner(message, owner, out int ownerLength, out _));
            Assert.True(RdataExpander.TryExpand(message, record, target, out int targetLength, out _));
            read.Add((
                DomainName.FromValidWire(owner.AsSpan(0, ownerLength)).ToString(),
                DomainName.FromValidWire(target.AsSpan(0, targetLength)).ToString()));
        }

        return read;
    }

    /// <summary>Writes a record for each name and reads the names back.</summary>
    private static int CountComparisons(byte[][] names)
    {
        byte[] buffer = new byte[65535];
        MessageWriter writer = new(buffer);
        foreach (byte[] name in names)
        {
            Assert.True(writer.TryWriteRecord(MessageSection.Answer, Header(name, RRType.A), [1, 2, 3, 4]));
        }

        int read = 0;
        Assert.True(MessageReader.TryCreate(buffer.AsSpan(0, writer.Finish(1, 0)), out MessageReader reader));
        while (reader.TryReadRecord(out RecordView record, out _))
        {
            Assert.True(record.IsOwnedBy(buffer, names[read++]));
        }

        Assert.Equal(names.Length, read);
        return writer.Comparisons;
    }
}
