// Queries that are answered without being worked on: errors with OPT (RFC 6891 §6.1.1), a cookie asked for
// alone (RFC 7873 §5.4), signatures (RFC 8945).
using System;
using Xunit;

namespace Resolver.Wire.Tests;

public sealed class UnworkableQueryTests
{
    private readonly byte[] _name = new byte[NameOctets.MaxLength];

    private QueryVerdict Read(MessageOctets message, out QueryView view) =>
        QueryView.TryRead(message.ToArray(), _name, out view);

    private QueryVerdict Read(MessageOctets message) => Read(message, out _);

    [Theory]
    [InlineData(0x2000, 1, 0, QueryVerdict.NotImp)]
    [InlineData(0x2800, 1, 0, QueryVerdict.NotImp)]
    [InlineData(0, 0, 0, QueryVerdict.FormErr)]
    [InlineData(0, 2, 0, QueryVerdict.FormErr)]
    [InlineData(0, 1, 1, QueryVerdict.FormErr)]
    public void OPT_is_found_also_in_what_cannot_be_worked_on(
        int word, int questions, int answers, object expected)
    {
        MessageOctets query =
            MessageOctets.Header((ushort)word, (ushort)questions, (ushort)answers, 0, 1);
        for (int count = 0; count < questions; count++)
        {
            _ = query.Question("a", 6);
        }

        for (int count = 0; count < answers; count++)
        {
            _ = query.Record("a", 1, [1, 2, 3, 4]);
        }

        Assert.Equal(expected, Read(query.Opt(1400, 0x8000), out QueryView view));
        Assert.True(view.HasEdns);
        Assert.True(view.DnssecOk);
        Assert.Equal(1400, view.PayloadSize);
    }

    [Theory]
    [InlineData(8, QueryVerdict.CookieOnly)]
    [InlineData(24, QueryVerdict.CookieOnly)]
    [InlineData(7, QueryVerdict.FormErr)]
    [InlineData(-1, QueryVerdict.FormErr)]
    public void A_cookie_may_be_asked_for_alone(int length, object expected)
    {
        byte[] options = length < 0 ? [] : MessageOctets.Option(10, new byte[length]);
        Assert.Equal(
            expected, Read(MessageOctets.Header(0, 0, 0, 0, 1).Opt(1232, 0, options), out QueryView view));
        Assert.True(view.HasEdns);
        Assert.Equal(0, view.QuestionLength);
    }

    [Theory]
    [InlineData(0, QueryVerdict.BadKey)]
    [InlineData(4, QueryVerdict.BadKey)]
    public void A_signature_is_by_a_key_that_is_not_known(int mac, object expected) =>
        Assert.Equal(expected, Read(Signed(Tsig(mac))));

    [Fact]
    public void A_signature_of_another_form_or_that_is_not_the_last_record_gets_FORMERR()
    {
        byte[] whole = Tsig(4);
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.Equal(QueryVerdict.FormErr, Read(Signed(whole[..length])));
        }

        Assert.Equal(QueryVerdict.FormErr, Read(Signed([.. whole, 0])));
        Assert.Equal(QueryVerdict.FormErr, Read(Signed(whole, rrClass: 1)));
        Assert.Equal(QueryVerdict.FormErr, Read(Signed(whole, additionals: 2).Opt()));
        Assert.Equal(
            QueryVerdict.FormErr,
            Read(Signed(whole, additionals: 2).Name("key").UInt16(250).UInt16(255).UInt32(0)
                .UInt16(whole.Length).Octets(whole)));
    }

    [Fact]
    public void A_reply_repeats_key_and_algorithm_and_is_not_signed()
    {
        byte[] query = Signed(Tsig(4)).ToArray();
        Assert.Equal(QueryVerdict.BadKey, QueryView.TryRead(query, _name, out QueryView view));
        byte[] record = new byte[200];
        int length = view.Tsig.WriteUnsigned(query, TsigView.BadKey, record);
        byte[] expected = new MessageOctets().Name("key").UInt16(250).UInt16(255).UInt32(0).UInt16(29)
            .Name("hmac-sha256").Octets(0, 1, 2, 3, 4, 5).UInt16(300)
            .UInt16(0).UInt16(0x1234).UInt16(17).UInt16(0).ToArray();
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(record.AsSpan(0, length)));
        Assert.Equal(0, view.Tsig.WriteUnsigned(query, TsigView.BadKey, record.AsSpan(0, length - 1)));
    }

    private static byte[] Tsig(int mac) => new MessageOctets()
        .Name("hmac-sha256").Octets(0, 1, 2, 3, 4, 5).UInt16(300)
        .UInt16(mac).Octets(new byte[mac]).UInt16(0x1234).UInt16(0).UInt16(0).ToArray();

    private static MessageOctets Signed(byte[] tsig, int rrClass = 255, int additionals = 1) =>
        MessageOctets.Query("a", 1, (ushort)additionals).Name("key").UInt16(250).UInt16(rrClass).UInt32(0)
            .UInt16(tsig.Length).Octets(tsig);
}
