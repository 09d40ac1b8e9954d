// What a reply is taken for: a table over rcode, flags and sections, and what of each is left for use. RFC
// 2308 §2, RFC 2181 §5.4.1, RFC 1034 §5.3.3 step 4. All as seen from a server of example.com.
using System;
using System.Collections.Generic;
using System.Linq;
using Resolver.Wire;
using Xunit;

namespace Resolver.Engine.Tests;

public sealed class ReplyShapesTests
{
    private const HeaderFlags None = HeaderFlags.Response;
    private const HeaderFlags Aa = HeaderFlags.Response | HeaderFlags.Authoritative;
    private const HeaderFlags Ra = HeaderFlags.Response | HeaderFlags.RecursionAvailable;

    private static readonly DomainName Zone = DomainName.Parse("example.com.");

    private readonly ResponseClassifier _classifier = new(ResolverLimits.Default);

    public static TheoryData<string, int, string[], string> Shapes() => new()
    {
        // Flags, rcode, records (section, owner, type, target), kind.
        { "aa", 0, ["an www A"], "Answer" },
        { "", 0, ["an www A"], "Answer" },
        { "ra", 0, ["an www A"], "Recursive" },
        { "aa", 0, ["an www CNAME x.example.com.", "an x.example.com. A"], "Answer" },
        { "aa", 0, ["an www CNAME x.test."], "Alias" },
        { "aa", 3, ["an www CNAME x.example.com.", "au example.com. SOA"], "Alias" },
        { "aa", 0, ["an other.example.com. A"], "NoData" },
        { "", 0, ["an other.example.com. A"], "Lame" },
        { "aa", 3, ["au example.com. SOA", "au example.com. NS ns.test."], "NameError" },
        { "aa", 3, ["au example.com. SOA"], "NameError" },
        { "aa", 3, [], "NameError" },
        { "aa", 3, ["au example.com. NS ns.test."], "NameError" },
        { "", 3, ["au example.com. SOA"], "NameError" },
        { "", 3, [], "Lame" },
        { "ra", 3, ["au example.com. SOA"], "Recursive" },
        { "aa", 0, ["au example.com. SOA", "au example.com. NS ns.test."], "NoData" },
        { "aa", 0, ["au example.com. SOA"], "NoData" },
        { "aa", 0, [], "NoData" },
        { "aa", 0, ["au example.com. NS ns.test."], "NoData" },
        { "", 0, ["au example.com. SOA"], "NoData" },
        { "ra", 0, ["au example.com. SOA"], "Recursive" },
        { "", 0, [], "Lame" },
        { "", 0, ["au example.com. NS ns.test."], "Lame" },
        { "", 0, ["au www NS ns.test."], "Referral" },
        { "aa", 0, ["au www NS ns.test."], "Referral" },
        { "ra", 0, ["au www NS ns.test."], "Referral" },
        { "aa", 0, ["au www NS ns.test.", "au example.com. SOA"], "NoData" },
        { "", 0, ["au com. NS ns.test."], "Lame" },
        { "aa", 0, ["au com. NS ns.test."], "Lame" },
        { "", 0, ["au other.example.com. NS ns.test."], "Lame" },
        { "", 0, ["au x.www.example.com. NS ns.test."], "Lame" },
        { "aa", 0, ["au test. SOA"], "NoData" },
        { "", 0, ["au test. SOA"], "Lame" },
        { "", 2, [], "ServerFailure" },
        { "", 5, [], "Refused" },
        { "", 1, [], "NotUnderstood" },
        { "", 4, [], "NotUnderstood" },
        { "", 9, [], "Refused" },
        { "", 8, [], "OtherError" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_reply_is_taken_for_what_its_shape_says(
        string flags, int rcode, string[] records, string kind)
    {
        HeaderFlags header = flags == "aa" ? Aa : flags == "ra" ? Ra : None;
        ClassifiedReply reply = Classify(RRType.A, header, new Rcode((ushort)rcode), records);
        Assert.Equal(kind, reply.Kind.ToString());
    }

    [Fact]
    public void What_nobody_else_can_give_is_taken_from_a_cache()
    {
        ClassifiedReply reply = Classify(RRType.A, Ra, Rcode.NoError, ["an www A"], takesRecursive: true);
        Assert.Equal(ReplyKind.Answer, reply.Kind);
        Assert.False(reply.IsAuthoritative);
    }

    [Fact]
    public void Of_an_answer_the_sets_asked_for_are_left_and_nothing_else()
    {
        ClassifiedReply reply = Classify(RRType.A, Aa, Rcode.NoError,
        [
            "an www A", "an other.example.com. A", "an test. DNAME evil.test.", "an www.test. A",
            "au example.com. NS ns.test.", "au com. NS ns.test.", "ad ns.test. A",
        ]);
        Assert.Equal("www.example.com.", Assert.Single(reply.Answer).OwnerName.ToString());
        Assert.Null(reply.Referral);
        Assert.True(reply.Soa.IsEmpty);
    }

    [Fact]
    public void Glue_is_taken_for_the_delegations_own_servers_and_from_inside_the_zone()
    {
        ClassifiedReply reply = Classify(RRType.A, None, Rcode.NoError,
        [
            "au www NS ns.www.example.com.", "au www NS ns.sibling.example.com.", "au www NS ns.test.",
            "ad ns.www.example.com. A", "ad ns.sibling.example.com. A", "ad ns.test. A",
            "ad other.example.com. A",
        ]);
        Delegation referral = Assert.IsType<Delegation>(reply.Referral);
        Assert.Equal(
            ["ns.www.example.com. 1", "ns.sibling.example.com. 1", "ns.test. 0"],
            Describe(referral));
    }

    [Fact]
    public void Of_a_referral_signer_proof_and_signatures_are_left()
    {
        ClassifiedReply secure = Classify(RRType.A, None, Rcode.NoError,
            ["au www NS ns.test.", "au www DS", "au www RRSIG DS", "au other.example.com. DS"]);
        Assert.Equal(ReplyKind.Referral, secure.Kind);
        Assert.Equal(1, secure.DelegationSigner.Count);
        Assert.Equal(1, secure.DelegationSigner.SignatureCount);

        ClassifiedReply insecure = Classify(RRType.A, None, Rcode.NoError,
            ["au www NS ns.test.", "au www NSEC", "au www RRSIG NSEC", "au www.test. NSEC"]);
        Assert.Equal(ReplyKind.Referral, insecure.Kind);
        Assert.True(insecure.DelegationSigner.IsEmpty);
        Assert.Equal("www.example.com. NSEC 1", Describe(Assert.Single(insecure.Proofs)));
    }

    [Fact]
    public void Of_an_answer_and_of_a_denial_signatures_and_proofs_are_left()
    {
        ClassifiedReply answer = Classify(RRType.A, Aa, Rcode.NoError,
            ["an www A", "an www RRSIG A", "au a.example.com. NSEC", "au a.example.com. RRSIG NSEC"]);
        Assert.Equal("www.example.com. A 1", Describe(Assert.Single(answer.Answer)));
        Assert.Equal("a.example.com. NSEC 1", Describe(Assert.Single(answer.Proofs)));
        ClassifiedReply denial = Classify(RRType.A, Aa, Rcode.NXDomain,
            ["au example.com. SOA", "au example.com. RRSIG SOA", "au a.example.com. NSEC"]);
        Assert.Equal("example.com. SOA 1", Describe(denial.Soa));
        Assert.Equal("a.example.com. NSEC 0", Describe(Assert.Single(denial.Proofs)));
    }

    [Fact]
    public void A_circle_of_aliases_in_one_reply_is_taken_once()
    {
        ClassifiedReply reply = Classify(RRType.A, Aa, Rcode.NoError,
            ["an www CNAME b.example.com.", "an b.example.com. CNAME www.example.com."]);
        Assert.Equal(ReplyKind.Alias, reply.Kind);
        Assert.Equal(2, reply.Answer.Count);
        ClassifiedReply self = Classify(RRType.A, Aa, Rcode.NoError, ["an example.com. DNAME example.com."]);
        Assert.Equal(ReplyKind.Alias, self.Kind);
        _ = Assert.Single(self.Answer);
    }

    [Fact]
    public void Of_a_reply_to_any_the_first_set_at_the_name_is_left()
    {
        ClassifiedReply reply = Classify(RRType.Any, Aa, Rcode.NoError,
            ["an other.example.com. A", "an www TXT", "an www A"]);
        Assert.Equal(RRType.Txt, Assert.Single(reply.Answer).Type);
        ClassifiedReply alias = Classify(RRType.Any, Aa, Rcode.NoError, ["an www CNAME x.test."]);
        Assert.Equal(ReplyKind.Answer, alias.Kind);
    }

    [Theory]
    [InlineData("CNAME")]
    [InlineData("ANY")]
    public void Of_a_DNAME_and_the_CNAME_made_of_it_the_DNAME_is_left(string asked)
    {
        Assert.True(RRType.TryParse(asked, out RRType type));
        ClassifiedReply reply = Classify(type, Aa, Rcode.NoError,
            ["an www CNAME www.test.", "an example.com. DNAME test."]);
        Assert.Equal(RRType.Dname, Assert.Single(reply.Answer).Type);
    }

    [Theory]
    [InlineData(256, "Answer")]
    [InlineData(257, "Malformed")]
    [InlineData(4000, "Malformed")]
    public void A_set_is_taken_whole_or_not_at_all(int count, string kind)
    {
        ClassifiedReply reply = Classify(RRType.A, Aa, Rcode.NoError,
            [.. Enumerable.Range(0, count).Select(static _ => "an www A")]);
        Assert.Equal(kind, reply.Kind.ToString());
        string got = kind == "Answer" ? $"{reply.Answer[0].Count} records" : reply.Reason;
        Assert.Equal(kind == "Answer" ? $"{count} records" : "limit max-records-per-rrset met", got);
    }

    [Fact]
    public void Of_a_referral_to_very_many_servers_a_few_are_taken()
    {
        ClassifiedReply reply = Classify(RRType.A, None, Rcode.NoError,
            [.. Enumerable.Range(0, 1000).Select(static i => $"au www NS ns{i}.test.")]);
        Assert.Equal(ReplyKind.Referral, reply.Kind);
        Assert.Equal(ResolverLimits.Default.MaxNameServers, Describe(reply.Referral!).Count);
    }

    [Fact]
    public void Of_the_proofs_of_a_reply_no_more_are_taken_than_the_limit_of_RRsets()
    {
        int limit = ResolverLimits.Default.MaxRRsetsPerReply;
        string[] proofs =
            [.. Enumerable.Range(0, limit + 1).Select(static i => $"au n{i}.example.com. NSEC")];
        ClassifiedReply reply = Classify(
            RRType.A, Aa, Rcode.NXDomain, ["au example.com. SOA", .. proofs]);
        Assert.Equal(ReplyKind.NameError, reply.Kind);
        Assert.Equal(limit, reply.Proofs.Count);
    }

    private static string Describe(in RRset set) => $"{set.OwnerName} {set.Type} {set.SignatureCount}";

    private ClassifiedReply Classify(
        RRType type, HeaderFlags flags, Rcode rcode, string[] records, bool takesRecursive = false)
    {
        byte[] buffer = new byte[ushort.MaxValue];
        MessageWriter writer = new(buffer);
        DomainName name = DomainName.Parse("www.example.com.");
        Assert.True(writer.TryWriteQuestion(name.Wire, type, RRClass.IN));
        int number = 0;
        foreach (string text in records)
        {
            Write(ref writer, text.Split(' '), number++);
        }

        int length = writer.Finish(7, MessageHeader.MakeWord(flags, Opcode.Query, rcode));
        AskedQuestion asked = new(name, type, Zone, ExchangeTransport.Tcp)
        {
            TakesRecursive = takesRecursive,
        };
        return _classifier.Classify(buffer.AsSpan(0, length), asked, 0);
    }

    private static byte[] Signature(string covered)
    {
        Assert.True(RRType.TryParse(covered, out RRType type));
        byte[] fields = [(byte)(type.Value >> 8), (byte)type.Value, 13, 3, .. new byte[14]];
        return [.. fields, .. Zone.Wire, .. new byte[64]];
    }

    private static void Write(ref MessageWriter writer, string[] words, int number)
    {
        MessageSection section = words[0] switch
        {
            "an" => MessageSection.Answer,
            "au" => MessageSection.Authority,
            _ => MessageSection.Additional,
        };
        DomainName owner = DomainName.Parse(words[1] == "www" ? "www.example.com." : words[1]);
        byte[] rdata = words[2] switch
        {
            "A" => [192, 0, (byte)(number >> 8), (byte)number],
            "TXT" => [1, (byte)'t'],
            "SOA" => EngineRig.Soa(words[1]).First.ToArray(),
            "NSEC" => [.. owner.Wire, 0, 1, 64],
            "DS" => [0, 1, 13, 2, .. new byte[32]],
            "RRSIG" => Signature(words[3]),
            _ => DomainName.Parse(words[3]).Wire.ToArray(),
        };
        Assert.True(RRType.TryParse(words[2], out RRType type));
        Assert.True(writer.TryWriteRecord(
            section, new RecordHeader(owner.Wire, type, RRClass.IN, 300), rdata));
    }

    private static List<string> Describe(Delegation referral)
    {
        List<string> servers = [];
        foreach (DelegatedServer server in referral.Servers)
        {
            servers.Add($"{server.Name} {server.Glue.Count}");
        }

        return servers;
    }
}
