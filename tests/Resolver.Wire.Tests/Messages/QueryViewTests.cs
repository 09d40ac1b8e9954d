// What may be read out of a client's query, and what is replied to one that may not (RFC 1035, 6891, 9619,
// 7873, 7828).
using System;
using System.Linq;
using Xunit;

namespace Resolver.Wire.Tests;

public sealed class QueryViewTests
{
    private readonly byte[] _name = new byte[NameOctets.MaxLength];

    private QueryVerdict Read(MessageOctets message, out QueryView view) =>
        QueryView.TryRead(message.ToArray(), _name, out view);

    private QueryVerdict Read(MessageOctets message) => Read(message, out _);

    [Fact]
    public void A_plain_query_is_read()
    {
        Assert.Equal(QueryVerdict.Ok, Read(MessageOctets.Query("WwW.example.com", 28), out QueryView view));
        Assert.Equal(0x1234, view.Header.Id);
        Assert.True(view.Header.Has(HeaderFlags.RecursionDesired));
        Assert.Equal(RRType.Aaaa, view.Type);
        Assert.Equal(RRClass.IN, view.Class);
        Assert.Equal(new MessageOctets().Name("WwW.example.com").ToArray(), _name.AsSpan(
            0, view.NameLength).ToArray());
        Assert.Equal(view.NameLength + 4, view.QuestionLength);
        Assert.False(view.HasEdns);
        Assert.Equal(512, view.PayloadSize);
    }

    [Fact]
    public void The_root_and_the_longest_name_are_read()
    {
        Assert.Equal(QueryVerdict.Ok, Read(MessageOctets.Query("", 2), out QueryView view));
        Assert.Equal(1, view.NameLength);
        string longest = string.Join('.', Enumerable.Repeat(new string('a', 63), 3)) + "." + new string(
            'b', 61);
        Assert.Equal(QueryVerdict.Ok, Read(MessageOctets.Query(longest), out view));
        Assert.Equal(255, view.NameLength);
        Assert.Equal(QueryVerdict.FormErr, Read(MessageOctets.Query(longest + "b")));
    }

    [Fact]
    public void Whatever_is_shorter_than_a_header_gets_silence()
    {
        byte[] query = MessageOctets.Query().ToArray();
        for (int length = 0; length < MessageHeader.Length; length++)
        {
            Assert.Equal(QueryVerdict.Drop, QueryView.TryRead(query.AsSpan(0, length), _name, out _));
        }
    }

    [Fact]
    public void A_query_cut_off_behind_its_header_gets_FORMERR()
    {
        byte[] query = MessageOctets.Query("a.b", 1, 1).Opt(1232, 0, MessageOctets.Option(3)).ToArray();
        Assert.Equal(QueryVerdict.Ok, QueryView.TryRead(query, _name, out _));
        for (int length = MessageHeader.Length; length < query.Length; length++)
        {
            Assert.Equal(
                QueryVerdict.FormErr, QueryView.TryRead(query.AsSpan(0, length), _name, out QueryView view));
            Assert.Equal(0x1234, view.Header.Id);
        }
    }

    [Theory]
    [InlineData(0x8000)]
    [InlineData(0x8580)]
    [InlineData(0xA800)]
    public void A_response_gets_silence(ushort word) =>
        Assert.Equal(QueryVerdict.Drop, Read(MessageOctets.Header(word, 1).Question("a", 1)));

    [Fact]
    public void Every_opcode_but_Query_gets_NOTIMP()
    {
        for (int opcode = 1; opcode < 16; opcode++)
        {
            Assert.Equal(QueryVerdict.NotImp, Read(MessageOctets.Header((ushort)(opcode << 11), 0)));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(65535)]
    public void Any_count_of_questions_but_one_gets_FORMERR(int count) =>
        Assert.Equal(
            QueryVerdict.FormErr,
            Read(MessageOctets.Header(0x0100, (ushort)count).Question("a", 1).Question("a", 1)));

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    public void Records_before_the_additional_section_get_FORMERR(int answers, int authorities) =>
        Assert.Equal(
            QueryVerdict.FormErr,
            Read(MessageOctets.Header(0, 1, (ushort)answers, (ushort)authorities)
                .Question("a", 1).Record("a", 1, [1, 2, 3, 4])));

    [Fact]
    public void Octets_left_over_get_FORMERR() =>
        Assert.Equal(QueryVerdict.FormErr, Read(MessageOctets.Query().Octets(0)));

    [Theory]
    [InlineData(0xC00C)]
    [InlineData(0xC000)]
    [InlineData(0xC012)]
    [InlineData(0xFFFF)]
    [InlineData(0x4161)]
    [InlineData(0x8061)]
    public void A_pointer_or_an_unknown_label_type_in_the_question_gets_FORMERR(ushort label) =>
        Assert.Equal(
            QueryVerdict.FormErr,
            Read(MessageOctets.Header(0, 1).UInt16(label).Octets(0).UInt16(1).UInt16(1)));

    [Fact]
    public void EDNS_is_read()
    {
        QueryVerdict verdict = Read(MessageOctets.Query("a", 1, 1).Opt(4096, 0x8000), out QueryView view);
        Assert.Equal(QueryVerdict.Ok, verdict);
        Assert.True(view.HasEdns);
        Assert.True(view.DnssecOk);
        Assert.Equal(4096, view.PayloadSize);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(511)]
    public void A_payload_size_below_512_counts_as_512(int size)
    {
        Assert.Equal(
            QueryVerdict.Ok, Read(MessageOctets.Query("a", 1, 1).Opt((ushort)size), out QueryView view));
        Assert.Equal(512, view.PayloadSize);
    }

    [Fact]
    public void A_later_EDNS_version_gets_BADVERS_whatever_its_options_look_like()
    {
        MessageOctets query = MessageOctets.Query("a", 1, 1).Opt(1232, 0x0001_0000, 1, 2, 3);
        Assert.Equal(QueryVerdict.BadVers, Read(query, out QueryView view));
        Assert.True(view.HasEdns);
        Assert.NotEqual(0, view.QuestionLength);
    }

    [Fact]
    public void A_second_OPT_gets_FORMERR() =>
        Assert.Equal(QueryVerdict.FormErr, Read(MessageOctets.Query("a", 1, 2).Opt().Opt()));

    [Fact]
    public void An_OPT_away_from_the_root_gets_FORMERR() =>
        Assert.Equal(QueryVerdict.FormErr, Read(MessageOctets.Query("a", 1, 1).Record("a", 41, [])));

    [Fact]
    public void A_record_of_another_type_among_the_additionals_is_read_over()
    {
        MessageOctets query = MessageOctets.Query("a", 1, 2).Record("key", 16, [1, 2]).Opt(1400);
        Assert.Equal(QueryVerdict.Ok, Read(query, out QueryView view));
        Assert.Equal(1400, view.PayloadSize);
    }

    [Theory]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 0, 3, 0 })]
    [InlineData(new byte[] { 0, 3, 0, 1 })]
    [InlineData(new byte[] { 0, 3, 0xFF, 0xFF, 1 })]
    [InlineData(new byte[] { 0, 3, 0, 0, 0, 3, 0, 2, 1 })]
    public void An_option_that_ends_beyond_OPT_gets_FORMERR(byte[] options) =>
        Assert.Equal(QueryVerdict.FormErr, Read(MessageOctets.Query("a", 1, 1).Opt(1232, 0, options)));

    [Fact]
    public void Unknown_options_and_a_client_subnet_however_formed_are_stepped_over()
    {
        byte[] options =
            [.. MessageOctets.Option(65001, 1, 2), .. MessageOctets.Option(8, 9), .. MessageOctets.Option(3)];
        Assert.Equal(
            QueryVerdict.Ok, Read(MessageOctets.Query("a", 1, 1).Opt(1232, 0, options), out QueryView view));
        Assert.True(view.WantsNsid);
        Assert.False(view.WantsKeepalive);
    }

    [Theory]
    [InlineData(32, QueryVerdict.Ok)]
    [InlineData(33, QueryVerdict.FormErr)]
    public void No_more_than_32_options_are_read(int count, object expected)
    {
        byte[] options = [.. Enumerable.Repeat(MessageOctets.Option(65001), count).SelectMany(o => o)];
        Assert.Equal(expected, Read(MessageOctets.Query("a", 1, 1).Opt(1232, 0, options)));
    }

    [Fact]
    public void The_bound_on_options_is_the_callers()
    {
        byte[] options = [.. MessageOctets.Option(1), .. MessageOctets.Option(2)];
        byte[] query = MessageOctets.Query("a", 1, 1).Opt(1232, 0, options).ToArray();
        Assert.Equal(QueryVerdict.Ok, QueryView.TryRead(query, _name, 2, out _));
        Assert.Equal(QueryVerdict.FormErr, QueryView.TryRead(query, _name, 1, out _));
    }

    [Theory]
    [InlineData(0, QueryVerdict.FormErr)]
    [InlineData(7, QueryVerdict.FormErr)]
    [InlineData(8, QueryVerdict.Ok)]
    [InlineData(9, QueryVerdict.FormErr)]
    [InlineData(15, QueryVerdict.FormErr)]
    [InlineData(16, QueryVerdict.Ok)]
    [InlineData(40, QueryVerdict.Ok)]
    [InlineData(41, QueryVerdict.FormErr)]
    public void A_cookie_has_one_of_the_lengths_allowed(int length, object expected)
    {
        byte[] cookie = [.. Enumerable.Range(1, length).Select(i => (byte)i)];
        byte[] query = MessageOctets.Query("a", 1, 1).Opt(
            1232, 0, MessageOctets.Option(10, cookie)).ToArray();
        Assert.Equal(expected, QueryView.TryRead(query, _name, out QueryView view));
        if (expected is QueryVerdict.Ok)
        {
            Assert.Equal(cookie, query.AsSpan(view.CookieOffset, view.CookieLength).ToArray());
        }
    }

    [Fact]
    public void Of_several_cookies_the_first_counts()
    {
        byte[] options =
        [
            .. MessageOctets.Option(10, 1, 1, 1, 1, 1, 1, 1, 1), .. MessageOctets.Option(
                10, 2), .. MessageOctets.Option(3),
        ];
        byte[] query = MessageOctets.Query("a", 1, 1).Opt(1232, 0, options).ToArray();
        Assert.Equal(QueryVerdict.Ok, QueryView.TryRead(query, _name, out QueryView view));
        Assert.Equal(8, view.CookieLength);
        Assert.Equal(1, query[view.CookieOffset]);
    }

    [Fact]
    public void A_keepalive_with_a_timeout_gets_FORMERR()
    {
        MessageOctets good = MessageOctets.Query("a", 1, 1).Opt(1232, 0, MessageOctets.Option(11));
        Assert.Equal(QueryVerdict.Ok, Read(good, out QueryView view));
        Assert.True(view.WantsKeepalive);
        MessageOctets bad = MessageOctets.Query("a", 1, 1).Opt(1232, 0, MessageOctets.Option(11, 0, 1));
        Assert.Equal(QueryVerdict.FormErr, Read(bad));
    }

    [Fact]
    public void Reading_a_query_allocates_nothing()
    {
        byte[] options = [.. MessageOctets.Option(3), .. MessageOctets.Option(10, 1, 2, 3, 4, 5, 6, 7, 8)];
        byte[] query = MessageOctets.Query("a.long.er.example.com", 1, 1).Opt(
            1232, 0x8000, options).ToArray();
        Assert.Equal(0, Allocation.Of(() => QueryView.TryRead(query, _name, out _)));
    }
}
