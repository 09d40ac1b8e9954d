// Compression: what may be pointed to, and that looking names up is bounded (RFC 1035 §4.1.4, CVE-2024-8508).
using System;
using System.Buffers.Binary;
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
        Assert.InRange(writer.Comparisons, 1, 2 * 8 * (names + 1));
    }

    [Fact]
    public void Looking_up_names_is_bounded_when_all_hashes_are_equal()
    {
        List<byte[]> colliding = CollidingLabels(200);
        byte[] buffer = new byte[65535];
        MessageWriter writer = new(buffer);
        foreach (byte[] name in colliding)
        {
            Assert.True(writer.TryWriteRecord(MessageSection.Answer, Header(name, RRType.A), [1, 2, 3, 4]));
        }

        Assert.InRange(writer.Comparisons, colliding.Count, 8 * colliding.Count);
        List<RecordView> records = [];
        Assert.True(MessageReader.TryCreate(buffer.AsSpan(0, writer.Finish(1, 0)), out MessageReader reader));
        while (reader.TryReadRecord(out RecordView record, out _))
        {
            Assert.True(record.IsOwnedBy(buffer, colliding[records.Count]));
            records.Add(record);
        }

        Assert.Equal(colliding.Count, records.Count);
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

    /// <summary>Names of one label each whose hash in the compressor is the same: found by trying.</summary>
    private static List<byte[]> CollidingLabels(int count)
    {
        List<byte[]> found = [];
        byte[] name = [4, 0, 0, 0, 0, 0];
        for (int i = 0; found.Count < count; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(name.AsSpan(1), i);
            if (HashOf(name) == 0x4242)
            {
                found.Add([.. name]);
            }
        }

        return found;

        static ushort HashOf(byte[] name)
        {
            uint hash = 0;
            foreach (byte octet in name.AsSpan(0, name.Length - 1))
            {
                hash = (hash ^ octet) * 0x01000193;
            }

            return (ushort)(hash ^ (hash >> 16));
        }
    }
}
