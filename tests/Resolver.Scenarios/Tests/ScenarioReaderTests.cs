// The reader: what it takes from a header, from ranges and from steps, and that it says what it does not
// know.
using System;
using System.IO;
using System.Linq;
using System.Net;
using Resolver.Wire;
using Xunit;

namespace Resolver.Scenarios;

public sealed class ScenarioReaderTests
{
    private const string Small = """
        ; a comment
        do-ip6: no
        features: min_ttl = 5 ; why
        stub-addr: 193.0.14.129 # K
        CONFIG_END
        SCENARIO_BEGIN Title of it
        RANGE_BEGIN 0 10 192.0.2.1
            ADDRESS 192.0.2.2
        ENTRY_BEGIN
        MATCH opcode qname
        ADJUST copy_id copy_query
        REPLY QR AA DO NXDOMAIN
        SECTION QUESTION
        example.com IN MX
        SECTION AUTHORITY
        example.com SOA ns.example. h.example. 1 2 ( 3
            4 5 )
        ENTRY_END
        RANGE_END
        STEP 1 TIME_PASSES ELAPSE 10
        STEP 2 QUERY
        ENTRY_BEGIN
        RAW
        00ff
        ENTRY_END
        SCENARIO_END
        """;

    private const string Passing = "STEP 1 TIME_PASSES ELAPSE 10";

    [Fact]
    public void A_header_becomes_options()
    {
        ScenarioConfig config = Read(Small).Config;
        Assert.False(config.UsesIPv6);
        Assert.True(config.UsesIPv4);
        Assert.Equal(TimeSpan.FromSeconds(5), config.MinTtl);
        Assert.Equal([IPAddress.Parse("193.0.14.129")], config.RootAddresses);
    }

    [Fact]
    public void Records_that_may_or_may_not_be_present_are_no_difference()
    {
        ScenarioEntry entry = Read(Small.Replace(
            "example.com SOA ns.example. h.example. 1 2 ( 3\n    4 5 )",
            "example.com NS a.example.\n; this record may or may not be present\nexample.com A 192.0.2.1\n"
                + "SECTION ADDITIONAL\na.example. A 192.0.2.2",
            StringComparison.Ordinal)).Ranges[0].Entries[0];
        entry.Matches.UnionWith([MatchField.Authority, MatchField.Additional]);
        ScriptMessage got = new() { Opcode = entry.Message.Opcode };
        got.Questions.AddRange(entry.Message.Questions);
        got.Records.AddRange(entry.Message.Records);
        Assert.Equal(2, got.Records.Count);
        Assert.Null(EntryMatcher.Compare(entry, got));
        got.Records.AddRange(entry.Optional);
        Assert.Equal(3, got.Records.Count);
        Assert.Null(EntryMatcher.Compare(entry, got));
        got.Records.RemoveAt(1);
        Assert.NotNull(EntryMatcher.Compare(entry, got));
    }

    [Fact]
    public void Ranges_hold_entries_with_what_to_match_and_to_adjust()
    {
        Scenario scenario = Read(Small);
        Assert.Empty(scenario.Problems);
        AnswerRange range = Assert.Single(scenario.Ranges);
        Assert.True(range.Holds(10, IPAddress.Parse("192.0.2.2")));
        Assert.True(range.Holds(0, IPAddress.Parse("192.0.2.1")));
        Assert.False(range.Holds(11, IPAddress.Parse("192.0.2.1")));
        Assert.False(range.Holds(1, IPAddress.Parse("192.0.2.3")));
        ScenarioEntry entry = Assert.Single(range.Entries);
        Assert.Equal([MatchField.Opcode, MatchField.QName], entry.Matches.Order());
        Assert.Equal(Adjustments.CopyId | Adjustments.CopyQuery, entry.Adjustments);
        Assert.Equal(HeaderFlags.Response | HeaderFlags.Authoritative, entry.Message.Flags);
        Assert.Equal(Rcode.NXDomain, entry.Message.Rcode);
        Assert.True(entry.Message.DnssecOk);
        Assert.Equal("example.com. IN MX", entry.Message.Question!.ToString());
        ScriptRecord soa = Assert.Single(entry.Message.In(MessageSection.Authority));
        Assert.Equal(3600u, soa.Ttl);
    }

    [Theory]
    [InlineData("opcode qtype qname qcase subdomain question flags rcode answer authority additional ttl DO")]
    [InlineData("edns noedns ednsdata nsid client_cookie server_cookie UDP TCP reply all all_noedns")]
    [InlineData("serial=2024010100 ede=22 ede=any")]
    public void All_words_of_MATCH_are_known(string words) =>
        Assert.Empty(Read(Small.Replace("opcode qname", words, StringComparison.Ordinal)).Problems);

    [Theory]
    [InlineData("copy_id copy_query raw_id raw_data do_not_answer sleep=1.5 packet_sleep=2")]
    [InlineData("copy_ednsdata_assume_clientsubnet increment_ecs_scope")]
    public void All_words_of_ADJUST_are_known(string words) =>
        Assert.Empty(Read(Small.Replace("copy_id copy_query", words, StringComparison.Ordinal)).Problems);

    [Theory]
    [InlineData("STEP 1 TIMEOUT", "Timeout")]
    [InlineData("STEP 1 TIMEOUT ADDRESS 192.0.2.1", "Timeout")]
    [InlineData("STEP 1 ERROR", "Error")]
    [InlineData("STEP 1 NOTHING", "Nothing")]
    [InlineData("STEP 1 TRAFFIC", "Nothing")]
    [InlineData("STEP 1 CHECK_OUT_QUERY", "CheckOutQuery")]
    [InlineData("STEP 1 FLUSH_MESSAGE www.example. A IN", "Flush")]
    [InlineData("STEP 1 INFRA_RTT 192.0.2.1 example. 900", "RoundTrip")]
    public void All_kinds_of_STEP_are_known(string step, string kind)
    {
        Scenario scenario = Read(Small.Replace(Passing, step, StringComparison.Ordinal));
        Assert.Empty(scenario.Problems);
        Assert.Equal(kind, scenario.Steps[0].Kind.ToString());
    }

    [Theory]
    [InlineData("STEP 1 TIME_PASSES ELAPSE 10.5", 10.5)]
    [InlineData("STEP 1 TIME_PASSES EVAL ${10 + 20 * 2}", 60)]
    [InlineData("STEP 0 ASSIGN span = ${7}\nSTEP 1 TIME_PASSES EVAL ${$span - 2}", 5)]
    [InlineData("STEP 0 TIME_PASSES ELAPSE 3\nSTEP 1 TIME_PASSES EVAL ${time / 2}", 1.5)]
    public void Time_passes_by_number_or_by_sum(string steps, double seconds)
    {
        Scenario scenario = Read(Small.Replace(Passing, steps, StringComparison.Ordinal));
        Assert.Empty(scenario.Problems);
        ScenarioStep last = scenario.Steps.Last(static s => s.Kind == StepKind.TimePasses);
        Assert.Equal(TimeSpan.FromSeconds(seconds), last.Elapse);
    }

    [Fact]
    public void Octets_stand_for_whole_messages_and_for_options()
    {
        Scenario scenario = Read(Small
            .Replace("RAW\n", "HEX_ANSWER_BEGIN\n", StringComparison.Ordinal)
            .Replace("00ff\n", "00 ff ; two\nHEX_ANSWER_END\n", StringComparison.Ordinal)
            .Replace(
                "SECTION AUTHORITY",
                "SECTION ADDITIONAL\nHEX_EDNSDATA_BEGIN\n000f 0002 0016\nHEX_EDNSDATA_END\nSECTION AUTHORITY",
                StringComparison.Ordinal));
        Assert.Empty(scenario.Problems);
        Assert.Equal([0x00, 0xFF], scenario.Steps[1].Entry!.Raw!);
        ScriptMessage message = scenario.Ranges[0].Entries[0].Message;
        Assert.Equal([0x00, 0x16], message.FindOption(EdnsOptionCode.ExtendedError)!);
    }

    [Fact]
    public void A_header_tells_of_anchors_the_clock_and_zones()
    {
        ScenarioConfig config = Read(Small.Replace(
            "do-ip6: no",
            """
            trust-anchor: ". IN DS 20326 8 2 00ff"
            domain-insecure: "test."
            val-override-date: "20200102030405"
            force-ipv6: no
            forward-zone:
            name: "example."
            forward-addr: 192.0.2.7@5353
            stub-zone:
            """,
            StringComparison.Ordinal)).Config;
        Assert.Equal([". IN DS 20326 8 2 00ff"], config.TrustAnchors);
        Assert.Equal([DomainName.Parse("test.")], config.InsecureDomains);
        Assert.Equal(new DateTimeOffset(2020, 1, 2, 3, 4, 5, TimeSpan.Zero), config.Now);
        (DomainName zone, var servers) = Assert.Single(config.ForwardServers);
        Assert.Equal("example. 192.0.2.7:5353", $"{zone} {Assert.Single(servers)}");
        Assert.Equal([IPAddress.Parse("193.0.14.129")], config.RootAddresses);
    }

    [Fact]
    public void Steps_keep_their_order()
    {
        Scenario scenario = Read(Small);
        Assert.Equal([StepKind.TimePasses, StepKind.Query], scenario.Steps.Select(static s => s.Kind));
        Assert.Equal(TimeSpan.FromSeconds(10), scenario.Steps[0].Elapse);
        Assert.Equal([0x00, 0xFF], scenario.Steps[1].Entry!.Raw!);
    }

    [Theory]
    [InlineData("do-ip6: no", "do-nothing: no")]
    [InlineData("MATCH opcode qname", "MATCH opcode weather")]
    [InlineData("ADJUST copy_id copy_query", "ADJUST copy_all")]
    [InlineData("REPLY QR AA DO NXDOMAIN", "REPLY QR MAYBE")]
    [InlineData("STEP 1 TIME_PASSES ELAPSE 10", "STEP 1 TIME_STOPS")]
    [InlineData("SECTION AUTHORITY", "SECTION FOOTER")]
    [InlineData("features: min_ttl = 5", "features: magic = 5")]
    [InlineData("example.com SOA ns.example.", "example.com SOA")]
    [InlineData("SCENARIO_BEGIN Title of it", "SCENE Title of it")]
    public void What_is_not_understood_is_reported_and_cannot_pass(string known, string unknown)
    {
        Scenario scenario = Read(Small.Replace(known, unknown, StringComparison.Ordinal));
        Assert.NotEmpty(scenario.Problems);
        Assert.Equal(ScenarioVerdict.Failed, ScenarioPlayer.Play(scenario).Verdict);
    }

    private static Scenario Read(string text)
    {
        using StringReader reader = new(text);
        return ScenarioReader.Read("small.rpl", reader);
    }
}
