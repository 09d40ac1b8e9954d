// What counts as the reply to a query of ours (RFC 5452 §9.1, 0x20).
using System;
using Xunit;

namespace Resolver.Wire.Tests;

public sealed class ReplyMatcherTests
{
    private static readonly byte[] Query = MessageOctets.Header(0, 1).Question("wWw.Example", 1).ToArray();

    private static ReplyMatch Compare(MessageOctets reply) => ReplyMatcher.Compare(Query, reply.ToArray());

    [Fact]
    public void The_same_ID_and_question_match() =>
        Assert.Equal(
            ReplyMatch.Match,
            Compare(
                MessageOctets.Header(0x8400, 1, 1).Question("wWw.Example", 1).Record("x", 1, [1, 2, 3, 4])));

    [Fact]
    public void Another_case_is_told_apart() =>
        Assert.Equal(
            ReplyMatch.CaseDiffers, Compare(MessageOctets.Header(0x8400, 1).Question("www.example", 1)));

    [Theory]
    [InlineData("wWw.Exampla", 1, 1)]
    [InlineData("wWw.Example.x", 1, 1)]
    [InlineData("Example", 1, 1)]
    [InlineData("", 1, 1)]
    [InlineData("wWw.Example", 28, 1)]
    [InlineData("wWw.Example", 1, 3)]
    public void Another_question_does_not_match(string name, ushort type, ushort rrClass) =>
        Assert.Equal(
            ReplyMatch.Mismatch, Compare(MessageOctets.Header(0x8400, 1).Question(name, type, rrClass)));

    [Fact]
    public void Another_ID_does_not_match()
    {
        byte[] reply = MessageOctets.Header(0x8400, 1).Question("wWw.Example", 1).ToArray();
        for (int bit = 0; bit < 16; bit++)
        {
            byte[] changed = [.. reply];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(ReplyMatch.Mismatch, ReplyMatcher.Compare(Query, changed));
        }
    }

    [Theory]
    [InlineData(0x0400)]
    [InlineData(0xA400)]
    public void A_query_and_another_opcode_do_not_match(ushort word) =>
        Assert.Equal(
            ReplyMatch.Mismatch, Compare(MessageOctets.Header(word, 1).Question("wWw.Example", 1)));

    [Theory]
    [InlineData(2)]
    [InlineData(65535)]
    public void Another_count_of_questions_does_not_match(int count) =>
        Assert.Equal(
            ReplyMatch.Mismatch,
            Compare(MessageOctets.Header(0x8400, (ushort)count)
                .Question("wWw.Example", 1).Question("wWw.Example", 1)));

    [Theory]
    [InlineData(0x8000, ReplyMatch.Mismatch)]
    [InlineData(0x8001, ReplyMatch.Match)]
    [InlineData(0x8002, ReplyMatch.Match)]
    [InlineData(0x8003, ReplyMatch.Mismatch)]
    [InlineData(0x8004, ReplyMatch.Match)]
    [InlineData(0x8005, ReplyMatch.Match)]
    public void Without_a_question_only_errors_from_before_reading_one_match(ushort word, object expected) =>
        Assert.Equal(expected, Compare(MessageOctets.Header(word)));

    [Fact]
    public void A_reply_cut_off_in_its_question_does_not_match()
    {
        byte[] reply = MessageOctets.Header(0x8400, 1).Question("wWw.Example", 1).ToArray();
        for (int length = 0; length < reply.Length; length++)
        {
            Assert.Equal(ReplyMatch.Mismatch, ReplyMatcher.Compare(Query, reply.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Comparing_allocates_nothing()
    {
        byte[] reply = MessageOctets.Header(0x8400, 1).Question("www.example", 1).ToArray();
        Assert.Equal(0, Allocation.Of(() => ReplyMatcher.Compare(Query, reply)));
    }
}
