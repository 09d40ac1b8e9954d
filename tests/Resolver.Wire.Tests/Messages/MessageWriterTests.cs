// Writing: compression, roll-back to record and set, limits (RFC 1035 §4.1.4, RFC 2181 §9, RFC 3597 §4).
using System;
using Xunit;

namespace Resolver.Wire.Tests;

public sealed class MessageWriterTests
{
    private static byte[] Name(string text) => SampleMessages.Name(text);

    private static RecordHeader Header(byte[] owner, RRType type) => new(owner, type, RRClass.IN, 300);

    [Fact]
    public void Owner_and_RDATA_names_point_back_to_the_question()
    {
        byte[] buffer = new byte[512];
        MessageWriter writer = new(buffer);
        Assert.True(writer.TryWriteQuestion(Name("www.Example.com"), RRType.A, RRClass.IN));
        Assert.True(writer.TryWriteRecord(
            MessageSection.Answer, Header(Name("www.example.com"), RRType.Cname), Name("b.example.com")));
        byte[] expected = MessageOctets.Header(0x8180, 1, 1).Question("www.Example.com", 1)
            .Pointer(12).UInt16(5).UInt16(1).UInt32(300).UInt16(4).Labels("b").Pointer(16).ToArray();
        Assert.Equal(expected, buffer[..writer.Finish(0x1234, 0x8180)]);
    }

    [Fact]
    public void The_case_of_a_name_written_first_is_kept()
    {
        byte[] buffer = new byte[512];
        MessageWriter writer = new(buffer);
        byte[] mixed = Name("wWw.eXAMPLe.Com");
        Assert.True(writer.TryWriteQuestion(mixed, RRType.A, RRClass.IN));
        Assert.Equal(mixed, buffer.AsSpan(MessageHeader.Length, mixed.Length).ToArray());
    }

    [Fact]
    public void The_root_is_written_as_one_octet()
    {
        byte[] buffer = new byte[64];
        MessageWriter writer = new(buffer);
        Assert.True(writer.TryWriteQuestion([0], RRType.NS, RRClass.IN));
        Assert.True(writer.TryWriteRecord(MessageSection.Answer, Header([0], RRType.NS), [0]));
        Assert.Equal(12 + 5 + 12, writer.Length);
    }

    [Theory]
    [InlineData(33)]
    [InlineData(39)]
    [InlineData(46)]
    [InlineData(65)]
    [InlineData(65280)]
    public void Names_in_RDATA_of_later_types_are_not_compressed(int type)
    {
        byte[] rdata = [.. new byte[18], .. Name("www.example.com")];
        byte[] buffer = new byte[512];
        MessageWriter writer = new(buffer);
        Assert.True(writer.TryWriteQuestion(Name("www.example.com"), RRType.A, RRClass.IN));
        int before = writer.Length;
        Assert.True(writer.TryWriteRecord(
            MessageSection.Answer, Header(Name("www.example.com"), new RRType((ushort)type)), rdata));
        Assert.Equal(before + 2 + 10 + rdata.Length, writer.Length);
        Assert.Equal(rdata, buffer.AsSpan(writer.Length - rdata.Length, rdata.Length).ToArray());
    }

    [Theory]
    [InlineData(2, new byte[] { })]
    [InlineData(2, new byte[] { 5, 1 })]
    [InlineData(5, new byte[] { 0xC0, 12 })]
    [InlineData(6, new byte[] { 0 })]
    [InlineData(6, new byte[] { 0, 1, 97, 0x41 })]
    [InlineData(12, new byte[] { 1, 97, 0x80, 0 })]
    [InlineData(14, new byte[] { 1, 97, 0, 63 })]
    [InlineData(15, new byte[] { 1 })]
    [InlineData(15, new byte[] { 0, 10 })]
    public void RDATA_that_is_not_of_its_form_goes_out_as_the_octets_it_is(int type, byte[] rdata)
    {
        byte[] buffer = new byte[512];
        MessageWriter writer = new(buffer);
        Assert.True(writer.TryWriteRecord(
            MessageSection.Answer, Header([0], new RRType((ushort)type)), rdata));
        Assert.Equal(rdata, buffer.AsSpan(writer.Length - rdata.Length, rdata.Length).ToArray());
    }

    [Fact]
    public void What_does_not_fit_leaves_no_trace_at_any_size()
    {
        byte[] question = Name("www.example.com");
        byte[] target = Name("a.b.example.com");
        for (int size = MessageHeader.Length; size < 120; size++)
        {
            byte[] buffer = new byte[size];
            MessageWriter writer = new(buffer);
            bool asked = writer.TryWriteQuestion(question, RRType.A, RRClass.IN);
            int before = writer.Length;
            bool first = writer.TryWriteRecord(MessageSection.Answer, Header(question, RRType.Cname), target);
            bool second = writer.TryWriteRecord(
                MessageSection.Answer, Header(target, RRType.A), [1, 2, 3, 4]);
            int length = writer.Finish(1, 0x8180);
            Assert.Equal(asked ? 33 : 12, before);
            Assert.InRange(length, before, size);
            Assert.True(MessageReader.TryCreate(buffer.AsSpan(0, length), out MessageReader reader));
            while (reader.TryReadRecord(out RecordView _, out WireError error))
            {
                Assert.Equal(WireError.None, error);
            }

            Assert.True(reader.IsWhole);
            Assert.Equal((first ? 1 : 0) + (second ? 1 : 0), reader.Header.Answers);
        }
    }

    [Fact]
    public void A_name_rolled_back_is_not_pointed_to()
    {
        byte[] buffer = new byte[40];
        MessageWriter writer = new(buffer);
        Assert.False(writer.TryWriteRecord(
            MessageSection.Answer, Header(Name("long.example"), RRType.Txt), new byte[30]));
        Assert.True(writer.TryWriteRecord(MessageSection.Answer, Header(Name("example"), RRType.Txt), []));
        Assert.Equal(MessageOctets.Header(0, 0, 1).Record(
            "example", 16, []).ToArray(), buffer[..writer.Finish(0x1234, 0)]);
    }

    [Fact]
    public void An_RRset_is_written_whole_with_its_signatures_or_not_at_all()
    {
        RRsetBuilder builder = new();
        builder.Begin(Name("example"), RRType.A, RRClass.IN);
        builder.Add([1, 2, 3, 4], 60);
        builder.Add([1, 2, 3, 5], 60);
        builder.AddSignature([0, 1, .. new byte[16], 0, 1, 2, 3], 60);
        RRset set = builder.Build();
        int whole = 0;
        for (int size = MessageHeader.Length; size < 120; size++)
        {
            byte[] buffer = new byte[size];
            MessageWriter writer = new(buffer);
            bool written = writer.TryWriteRRset(MessageSection.Answer, set, 30, withSignatures: true);
            writer.Finish(1, 0);
            MessageHeader.TryRead(buffer, out MessageHeader header);
            Assert.Equal(written ? 3 : 0, header.Answers);
            Assert.Equal(written, writer.Length > MessageHeader.Length);
            whole += written ? 1 : 0;
        }

        Assert.InRange(whole, 1, 100);
    }

    [Fact]
    public void Room_reserved_for_OPT_is_there_when_all_else_is_full()
    {
        byte[] buffer = new byte[100];
        MessageWriter writer = new(buffer);
        writer.Reserve(OptFields.Overhead + 6);
        while (writer.TryWriteRecord(MessageSection.Answer, Header([0], RRType.A), [1, 2, 3, 4]))
        {
        }

        writer.Reserve(0);
        Assert.True(writer.TryWriteOpt(new OptFields(1232, 0, 0, false), MessageOctets.Option(15, 0, 3)));
        Assert.False(writer.TryWriteOpt(new OptFields(1232, 0, 0, false), new byte[100]));
    }

    [Fact]
    public void A_reserve_beyond_what_is_left_lets_nothing_be_written()
    {
        byte[] buffer = new byte[64];
        MessageWriter writer = new(buffer);
        Assert.True(writer.TryWriteQuestion(Name("a.b"), RRType.A, RRClass.IN));
        writer.Reserve(1000);
        Assert.Equal(0, writer.Room);
        Assert.False(writer.TryWriteQuestion(Name("a.b"), RRType.A, RRClass.IN));
        Assert.False(
            writer.TryWriteRecord(MessageSection.Answer, Header(Name("a.b"), RRType.A), [1, 2, 3, 4]));
        writer.Reserve(0);
        Assert.True(
            writer.TryWriteRecord(MessageSection.Answer, Header(Name("a.b"), RRType.A), [1, 2, 3, 4]));
    }

    [Fact]
    public void A_message_never_grows_beyond_65535_octets()
    {
        byte[] buffer = new byte[100_000];
        MessageWriter writer = new(buffer);
        byte[] rdata = new byte[1000];
        while (writer.TryWriteRecord(MessageSection.Answer, Header([0], RRType.Txt), rdata))
        {
        }

        Assert.InRange(writer.Length, 64_000, 65_535);
        Assert.False(writer.TryWriteRecord(MessageSection.Answer, Header([0], RRType.Txt), new byte[70_000]));
    }

    [Fact]
    public void Writing_an_answer_with_compression_allocates_nothing()
    {
        byte[] buffer = new byte[1232];
        byte[] asked = Name("www.example.com");
        byte[] target = Name("host.cdn.example.net");
        RRsetBuilder builder = new();
        builder.Begin(target, RRType.A, RRClass.IN);
        builder.Add([1, 2, 3, 4], 60);
        builder.Add([1, 2, 3, 5], 60);
        RRset set = builder.Build();
        int length = 0;
        Assert.Equal(0, Allocation.Of(() => length = Write(buffer, asked, target, set)));
        Assert.Equal(12 + 21 + (12 + 22) + (12 + 4) + (12 + 4) + 11, length);
    }

    private static int Write(byte[] buffer, byte[] asked, byte[] target, RRset set)
    {
        MessageWriter writer = new(buffer);
        writer.Reserve(OptFields.Overhead);
        writer.TryWriteQuestion(asked, RRType.A, RRClass.IN);
        writer.TryWriteRecord(MessageSection.Answer, new(asked, RRType.Cname, RRClass.IN, 300), target);
        writer.TryWriteRRset(MessageSection.Answer, set, 60, withSignatures: true);
        writer.Reserve(0);
        writer.TryWriteOpt(new OptFields(1232, 0, 0, false), []);
        return writer.Finish(1, 0x8180);
    }
}
