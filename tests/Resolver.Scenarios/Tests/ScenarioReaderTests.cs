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
