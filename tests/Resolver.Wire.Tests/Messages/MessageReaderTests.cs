// Reading records: sections, bounds, truncation, OPT (RFC 1035 §4.1, RFC 2181 §8, RFC 6891 §6.1).
using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace Resolver.Wire.Tests;

public sealed class MessageReaderTests
{
    private readonly byte[] _name = new byte[NameOctets.MaxLength];

    private static List<RecordView> ReadAll(byte[] message, out WireError error, out bool isWhole)
    {
        List<RecordView> records = [];
        Assert.True(MessageReader.TryCreate(message, out MessageReader reader));
        while (reader.TryReadRecord(out RecordView record, out error))
        {
            records.Add(record);
        }

        isWhole = reader.IsWhole;
        return records;
    }

    [Fact]
    public void Records_come_with_section_fields_and_place()
    {
        byte[] message = MessageOctets.Header(0x8180, 1, 1, 1, 1)
            .Question("a.example", 1)
            .Pointer(12).Record(null, 1, [192, 0, 2, 1], 60)
            .Record("example", 2, [1, 98, 0xC0, 14], 61)
            .Opt(1232, 0x8000)
            .ToArray();
        List<RecordView> records = ReadAll(message, out WireError error, out bool isWhole);
        Assert.Equal(WireError.None, error);
        Assert.True(isWhole);
        Assert.Equal(
            [MessageSection.Answer, MessageSection.Authority, MessageSection.Additional],
            records.Select(r => r.Section));
        Assert.Equal([1, 2, 41], records.Select(r => (int)r.Type.Value));
        Assert.Equal([60u, 61u, 0x8000u], records.Select(r => r.Ttl));
        Assert.Equal([192, 0, 2, 1], records[0].Rdata(message).ToArray());
        Assert.True(records[0].TryReadOwner(message, _name, out int length, out _));
        Assert.Equal(new MessageOctets().Name("a.example").ToArray(), _name.AsSpan(0, length).ToArray());
        Assert.True(records[0].IsOwnedBy(message, new MessageOctets().Name("A.EXAMPLE").ToArray()));
        Assert.False(records[1].IsOwnedBy(message, new MessageOctets().Name("a.example").ToArray()));
    }

    [Fact]
    public void A_message_cut_off_is_an_error_at_every_octet()
    {
        byte[] message = MessageOctets.Header(0x8180, 1, 1, 0, 1)
            .Question("a.example", 1).Record("b", 16, [1, 2, 3]).Opt().ToArray();
        for (int length = MessageHeader.Length; length < message.Length; length++)
        {
            ReadAll(message[..length], out WireError error, out bool isWhole);
            Assert.Equal(WireError.Truncated, error);
            Assert.False(isWhole);
        }
    }

    [Fact]
    public void Less_than_a_header_is_no_message()
    {
        for (int length = 0; length < MessageHeader.Length; length++)
        {
            Assert.False(MessageReader.TryCreate(new byte[length], out _));
        }
    }

    [Fact]
    public void Octets_left_over_are_told()
    {
        byte[] message = MessageOctets.Header(0x8180, 1).Question("a", 1).Octets(0).ToArray();
        ReadAll(message, out WireError error, out bool isWhole);
        Assert.Equal(WireError.None, error);
        Assert.False(isWhole);
    }

    [Fact]
    public void Counts_without_records_end_at_the_octets_there_are()
    {
        byte[] message = MessageOctets.Header(0x8180, 0, 65535, 65535, 65535).Record("a", 16, []).ToArray();
        Assert.Single(ReadAll(message, out WireError error, out _));
        Assert.Equal(WireError.Truncated, error);
    }

    [Fact]
    public void A_TTL_with_the_top_bit_counts_as_zero_save_in_OPT()
    {
        byte[] message = MessageOctets.Header(0x8180, 0, 2, 0, 1)
            .Record("a", 16, [], 0x8000_0000)
            .Record("a", 16, [], 0x7FFF_FFFF)
            .Opt(1232, 0xFF00_8000)
            .ToArray();
        Assert.Equal([0u, 0x7FFF_FFFFu, 0xFF00_8000u], ReadAll(message, out _, out _).Select(r => r.Ttl));
    }

    [Fact]
    public void A_question_that_is_asked_for_too_often_is_an_error()
    {
        Assert.True(MessageReader.TryCreate(MessageOctets.Query("a").ToArray(), out MessageReader reader));
        Assert.True(reader.TryReadQuestion(_name, out QuestionView question, out _));
        Assert.Equal(3, question.NameLength);
        Assert.False(reader.TryReadQuestion(_name, out _, out WireError error));
        Assert.Equal(WireError.Truncated, error);
    }

    [Fact]
    public void A_second_question_may_point_to_the_first()
    {
        byte[] message = MessageOctets.Header(0, 2).Question("a.b", 1)
            .Labels("x").Pointer(14).UInt16(1).UInt16(1)
            .ToArray();
        Assert.True(MessageReader.TryCreate(message, out MessageReader reader));
        Assert.True(reader.TryReadQuestion(_name, out _, out _));
        Assert.True(reader.TryReadQuestion(_name, out QuestionView second, out _));
        Assert.Equal(new MessageOctets().Name("x.b").ToArray(), _name.AsSpan(0, second.NameLength).ToArray());
        Assert.True(reader.IsWhole);
    }

    [Theory]
    [InlineData(0, 0, 1, WireError.None)]
    [InlineData(1, 0, 0, WireError.BadOpt)]
    [InlineData(0, 1, 0, WireError.BadOpt)]
    public void OPT_stands_in_the_additional_section_alone(
        int answers, int authorities, int additionals, object expected)
    {
        byte[] message = MessageOctets
            .Header(0x8180, 0, (ushort)answers, (ushort)authorities, (ushort)additionals).Opt().ToArray();
        Assert.Equal(expected, Accept(message, out _));
    }

    [Fact]
    public void OPT_gives_its_fields_and_options()
    {
        byte[] options = [.. MessageOctets.Option(65001, 1, 2), .. MessageOctets.Option(3)];
        byte[] message = MessageOctets.Header(0x8183, 0, 0, 0, 1).Opt(4096, 0x0100_8000, options).ToArray();
        Assert.Equal(WireError.None, Accept(message, out EdnsView edns));
        Assert.Equal(new OptFields(4096, 1, 0, true), edns.Fields);
        Assert.Equal(new Rcode(0x13), edns.Fields.FullRcode(new Rcode(3)));
        Assert.Equal(options, edns.Options(message).ToArray());
    }

    [Fact]
    public void Malformed_options_and_a_second_OPT_are_errors()
    {
        byte[] cut = MessageOctets.Header(0x8180, 0, 0, 0, 1).Opt(4096, 0, 0, 3, 0, 1).ToArray();
        Assert.Equal(WireError.BadOpt, Accept(cut, out _));
        byte[] twice = MessageOctets.Header(0x8180, 0, 0, 0, 2).Opt().Opt().ToArray();
        Assert.Equal(WireError.BadOpt, Accept(twice, out _));
    }

    [Fact]
    public void Sixteen_thousand_options_are_walked_once()
    {
        byte[] options = new byte[16000 * EdnsOptionEnumerator.Overhead];
        EdnsOptionEnumerator walk = new(options);
        int steps = 0;
        while (walk.MoveNext())
        {
            steps++;
        }

        Assert.Equal(16000, steps);
        Assert.False(walk.IsMalformed);
        Assert.True(EdnsOptionEnumerator.AreWhole(options));
    }

    [Fact]
    public void An_option_is_written_whole_or_not_at_all()
    {
        byte[] option = MessageOctets.Option(10, 1, 2, 3);
        byte[] room = new byte[option.Length];
        Assert.Equal(option.Length, EdnsOptionEnumerator.Write(room, EdnsOptionCode.Cookie, [1, 2, 3]));
        Assert.Equal(option, room);
        Assert.Equal(0, EdnsOptionEnumerator.Write(room.AsSpan(1), EdnsOptionCode.Cookie, [1, 2, 3]));
        Assert.Equal(0, EdnsOptionEnumerator.Write(new byte[70000], EdnsOptionCode.Cookie, new byte[65536]));
    }

    [Fact]
    public void Reading_a_query_allocates_nothing()
    {
        byte[] query = MessageOctets.Query("www.example.com", 1, 1).Opt().ToArray();
        Assert.Equal(0, Allocation.Of(() => Walk(query, _name)));
    }

    [Fact]
    public void Reading_a_referral_with_13_servers_and_26_glue_records_allocates_nothing()
    {
        byte[] referral = SampleMessages.Referral();
        byte[] name = _name;
        byte[] rdata = new byte[512];
        int records = 0;
        Assert.Equal(0, Allocation.Of(() => records = WalkExpanding(referral, name, rdata)));
        Assert.Equal(13 + 26 + 1, records);
    }

    private static WireError Accept(byte[] message, out EdnsView edns)
    {
        edns = default;
        Assert.True(MessageReader.TryCreate(message, out MessageReader reader));
        while (reader.TryReadRecord(out RecordView record, out WireError error))
        {
            if (!EdnsView.TryAccept(message, record, ref edns, out error))
            {
                return error;
            }
        }

        return WireError.None;
    }

    private static void Walk(byte[] message, byte[] name)
    {
        MessageReader.TryCreate(message, out MessageReader reader);
        reader.TryReadQuestion(name, out _, out _);
        while (reader.TryReadRecord(out RecordView record, out _))
        {
            record.TryReadOwner(message, name, out _, out _);
        }
    }

    private static int WalkExpanding(byte[] message, byte[] name, byte[] rdata)
    {
        int count = 0;
        MessageReader.TryCreate(message, out MessageReader reader);
        reader.TryReadQuestion(name, out _, out _);
        while (reader.TryReadRecord(out RecordView record, out _))
        {
            bool read = record.TryReadOwner(message, name, out _, out _)
                && RdataExpander.TryExpand(message, record, rdata, out _, out _);
            count += read ? 1 : 0;
        }

        return count;
    }
}
