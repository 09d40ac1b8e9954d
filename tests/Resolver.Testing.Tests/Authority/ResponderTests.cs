// What an authoritative server says, case by case, as the sections of its replies read.
using System;
using System.Linq;
using Resolver.Wire;
using Xunit;

namespace Resolver.Testing.Tests;

public sealed class ResponderTests
{
    private const string Example = """
        $TTL 3600
        @         SOA   ns1 host 1 7200 3600 1209600 300
        @         NS    ns1
        @         NS    ns.other.test.
        @         MX    10 mail
        ns1       A     192.0.2.1
        ns1       AAAA  2001:db8::1
        mail      A     192.0.2.25
        www       A     192.0.2.80
        www       A     192.0.2.81
        alias     CNAME www
        chain     CNAME alias
        away      CNAME www.other.test.
        lost      CNAME nothing
        loop      CNAME loop2
        loop2     CNAME loop
        *.wild    A     192.0.2.99
        host.wild A     192.0.2.98
        *.walias  CNAME www
        deep.ent  TXT   "below"
        moved     DNAME new.example.test.
        www.new   A     192.0.2.70
        sub       NS    ns.sub
        sub       NS    ns.sibling
        sub       NS    ns.other.test.
        ns.sub    A     192.0.2.53
        sibling   NS    ns.sibling
        ns.sibling A    192.0.2.54
        big       TXT   "0123456789012345678901234567890123456789012345678901234567890123456789"
        """;

    private readonly AuthoritativeResponder _responder = new([Zones.Read("example.test.", Example)]);

    [Theory]
    [InlineData("www.example.test", "A", "www.example.test. A, www.example.test. A")]
    [InlineData("WWW.Example.TEST", "A", "www.example.test. A, www.example.test. A")]
    [InlineData("alias.example.test", "A",
        "alias.example.test. CNAME, www.example.test. A, www.example.test. A")]
    [InlineData("alias.example.test", "CNAME", "alias.example.test. CNAME")]
    [InlineData("chain.example.test", "AAAA", "chain.example.test. CNAME, alias.example.test. CNAME")]
    [InlineData("away.example.test", "A", "away.example.test. CNAME")]
    [InlineData("x.y.wild.example.test", "A", "x.y.wild.example.test. A")]
    [InlineData("host.wild.example.test", "A", "host.wild.example.test. A")]
    [InlineData("z.walias.example.test", "A",
        "z.walias.example.test. CNAME, www.example.test. A, www.example.test. A")]
    [InlineData("www.moved.example.test", "A",
        "moved.example.test. DNAME, www.moved.example.test. CNAME, www.new.example.test. A")]
    [InlineData("moved.example.test", "DNAME", "moved.example.test. DNAME")]
    public void Data_is_answered_with_authority(string name, string type, string answer)
    {
        Reply reply = Ask(name, type);
        Assert.Equal(Rcode.NoError, reply.Rcode);
        Assert.True(reply.Has(HeaderFlags.Authoritative));
        Assert.Equal(answer, reply.Text(MessageSection.Answer));
    }

    [Theory]
    [InlineData("nothing.example.test", "A", 3)]
    [InlineData("a.b.www.example.test", "A", 3)]
    [InlineData("lost.example.test", "A", 3)]
    [InlineData("x.host.wild.example.test", "A", 3)]
    [InlineData("www.example.test", "AAAA", 0)]
    [InlineData("ent.example.test", "A", 0)]
    [InlineData("wild.example.test", "A", 0)]
    [InlineData("x.wild.example.test", "MX", 0)]
    [InlineData("example.test", "DS", 0)]
    public void A_denial_carries_the_SOA_with_the_lesser_TTL(string name, string type, int rcode)
    {
        Reply reply = Ask(name, type);
        Assert.Equal(rcode, reply.Rcode.Value);
        Assert.True(reply.Has(HeaderFlags.Authoritative));
        Assert.Equal("example.test. SOA", reply.Text(MessageSection.Authority));
        Assert.Equal(300u, reply.Records.Single(static r => r.Type == RRType.Soa).Ttl);
    }

    [Theory]
    [InlineData("sub.example.test", "A")]
    [InlineData("sub.example.test", "NS")]
    [InlineData("a.b.sub.example.test", "A")]
    [InlineData("ns.sub.example.test", "A")]
    public void Below_a_cut_comes_a_referral_with_glue(string name, string type)
    {
        Reply reply = Ask(name, type);
        Assert.False(reply.Has(HeaderFlags.Authoritative));
        Assert.Equal("", reply.Text(MessageSection.Answer));
        Assert.Equal(
            "sub.example.test. NS, sub.example.test. NS, sub.example.test. NS",
            reply.Text(MessageSection.Authority));
        Assert.Equal(
            "ns.sub.example.test. A, ns.sibling.example.test. A", reply.Text(MessageSection.Additional));
    }

    [Fact]
    public void DS_at_a_cut_is_answered_by_the_parent()
    {
        Reply reply = Ask("sub.example.test", "DS");
        Assert.True(reply.Has(HeaderFlags.Authoritative));
        Assert.Equal("example.test. SOA", reply.Text(MessageSection.Authority));
    }

    [Fact]
    public void Name_servers_and_mail_hosts_bring_their_addresses()
    {
        Assert.Equal("mail.example.test. A", Ask("example.test", "MX").Text(MessageSection.Additional));
        Assert.Equal(
            "ns1.example.test. A, ns1.example.test. AAAA",
            Ask("example.test", "NS").Text(MessageSection.Additional));
    }

    [Fact]
    public void ANY_gets_one_set() =>
        Assert.Equal("example.test. SOA", Ask("example.test", "ANY").Text(MessageSection.Answer));

    [Fact]
    public void A_circle_of_aliases_ends() =>
        Assert.Equal(MaxAliases, Ask("loop.example.test", "A").Records.Count);

    [Fact]
    public void Another_zone_another_class_and_a_transfer_are_refused()
    {
        Assert.Equal(Rcode.Refused, Ask("www.other.test", "A").Rcode);
        Assert.Equal(Rcode.Refused, Ask("example.test", "AXFR").Rcode);
        Assert.Equal(
            Rcode.Refused, _responder.Ask(new Query("version.bind", "TXT") { Class = RRClass.CH }).Rcode);
    }

    [Fact]
    public void The_question_comes_back_letter_by_letter()
    {
        Reply reply = Ask("wWw.eXaMpLe.TeSt", "A");
        Assert.Equal("wWw.eXaMpLe.TeSt.", reply.Question);
        Assert.Equal("wWw.eXaMpLe.TeSt.", reply.Records[0].Owner.ToString());
    }

    [Fact]
    public void Without_EDNS_no_reply_has_OPT_and_none_is_longer_than_512_octets()
    {
        AuthoritativeResponder responder = new([Zones.Read("big.test.", BigZone)]);
        Reply reply = responder.Ask(new Query("big.test", "TXT") { PayloadSize = 0 });
        Assert.True(reply.Has(HeaderFlags.Truncated));
        Assert.False(reply.HasEdns);
        Assert.Empty(reply.Records);
        Assert.True(reply.Length <= 512);
    }

    [Theory]
    [InlineData(4096, false)]
    [InlineData(1232, false)]
    [InlineData(600, true)]
    public void What_does_not_fit_the_datagram_is_truncated_to_whole_sets(ushort size, bool isTruncated)
    {
        AuthoritativeResponder responder = new([Zones.Read("big.test.", BigZone)]);
        Reply reply = responder.Ask(new Query("big.test", "TXT") { PayloadSize = size });
        Assert.Equal(isTruncated, reply.Has(HeaderFlags.Truncated));
        Assert.True(reply.HasEdns);
        Assert.Equal(isTruncated ? 0 : 10, reply.Records.Count);
    }

    [Fact]
    public void A_stream_carries_all()
    {
        AuthoritativeResponder responder = new([Zones.Read("big.test.", BigZone)]);
        Reply reply = responder.Ask(new Query("huge.big.test", "TXT") { IsStream = true });
        Assert.False(reply.Has(HeaderFlags.Truncated));
        Assert.Equal(40, reply.Records.Count);
    }

    [Fact]
    public void The_deepest_zone_answers_and_DS_belongs_to_the_parent()
    {
        AuthoritativeResponder both = new([
            Zones.Read(
                "test.",
                "@ 60 SOA a b 1 2 3 4 5\n@ 60 NS a\nexample 60 NS ns1.example\nexample 60 DS 1 8 2 00\n"),
            Zones.Read("example.test.", Example),
        ]);
        Assert.Equal(2, both.Ask(new Query("www.example.test", "A")).Records.Count);
        Assert.Equal(
            "example.test. DS", both.Ask(new Query("example.test", "DS")).Text(MessageSection.Answer));
    }

    [Fact]
    public void A_query_that_cannot_be_read_gets_FORMERR_and_a_reply_gets_nothing()
    {
        byte[] reply = new byte[512];
        byte[] twoQuestions = new Query("a.test", "A").Write();
        twoQuestions[5] = 2;
        int length = _responder.Respond(twoQuestions, false, reply);
        Assert.Equal(Rcode.FormErr, Reply.Read(reply.AsSpan(0, length)).Rcode);
        byte[] response = new Query("a.test", "A").Write();
        response[2] |= 0x80;
        Assert.Equal(0, _responder.Respond(response, false, reply));
    }

    [Fact]
    public void A_later_version_of_EDNS_gets_BADVERS()
    {
        Reply reply = _responder.Ask(new Query("www.example.test", "A") { EdnsVersion = 1 });
        Assert.Equal(Rcode.BadVers, reply.Rcode);
        Assert.True(reply.HasEdns);
    }

    private const int MaxAliases = 16;

    private static readonly string BigZone = "@ 60 SOA a b 1 2 3 4 5\n@ 60 NS a\n"
        + string.Concat(Enumerable.Range(0, 10).Select(
            static n => $"@ 60 TXT \"{n} {new string('x', 80)}\"\n"))
        + string.Concat(Enumerable.Range(0, 40).Select(
            static n => $"huge 60 TXT \"{n} {new string('x', 80)}\"\n"));

    private Reply Ask(string name, string type) => _responder.Ask(new Query(name, type));
}
