// Sets as large as a message can hold: given whole or refused, for a few exchanges either way (CVE-2024-1737,
// CVE-2024-8508). Counts are asserted; the times are only told.
using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Xunit;

namespace Resolver.Scenarios;

public sealed class HugeAnswersTests
{
    [Fact]
    public void A_TXT_set_of_sixty_thousand_octets_is_given_whole_by_TCP()
    {
        string text = new('x', 240);
        Check("NOERROR", 4, [.. Enumerable.Range(0, 235).Select(
            i => $"www.example. IN TXT \"{text}{i:000}\"")]);
    }

    [Fact]
    public void Four_thousand_addresses_are_refused() =>
        Check("SERVFAIL", 4, [.. Enumerable.Range(0, 4000).Select(
            static i => $"www.example. IN A 10.0.{i / 256}.{i % 256}")]);

    [Fact]
    public void A_hundred_and_twenty_names_without_a_common_ending_are_given_whole() =>
        Check("NOERROR", 4, [.. Enumerable.Range(0, 120).Select(
            static i => $"www.example. IN MX {i} mx.of-number-{i}.and-{i * 7}.at-{i * 13}.")]);

    private static void Check(string rcode, int mostExchanges, string[] records)
    {
        using StringReader reader = new(Script(rcode, records));
        Scenario scenario = ScenarioReader.Read("huge.rpl", reader);
        Stopwatch watch = Stopwatch.StartNew();
        ScenarioResult result = ScenarioPlayer.PlayTraced(scenario);
        int sent = result.Details.Count(static l => l.StartsWith("sent ", StringComparison.Ordinal));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{records.Length} records: {sent} exchanges, {watch.ElapsedMilliseconds} ms");
        Assert.Equal("", result.Difference);
        Assert.InRange(sent, 2, mostExchanges);
    }

    // Over UDP the server says TC, over TCP everything.
    private static string Script(string rcode, string[] records)
    {
        string type = records[0].Split(' ')[2];
        string all = string.Join('\n', records);
        string answer = rcode == "NOERROR" ? $"SECTION ANSWER\n{all}" : "";
        return $"""
            do-ip6: no
            query-minimization: off
            stub-addr: 193.0.14.129
            CONFIG_END
            SCENARIO_BEGIN A huge set.
            RANGE_BEGIN 0 100 193.0.14.129
            ENTRY_BEGIN
            MATCH qname qtype
            ADJUST copy_id
            REPLY QR AA NOERROR
            SECTION QUESTION
            . IN NS
            SECTION ANSWER
            . IN NS k.root-servers.net.
            SECTION ADDITIONAL
            k.root-servers.net. IN A 193.0.14.129
            ENTRY_END
            ENTRY_BEGIN
            MATCH UDP
            ADJUST copy_id copy_query
            REPLY QR AA TC NOERROR
            ENTRY_END
            ENTRY_BEGIN
            MATCH TCP
            ADJUST copy_id copy_query
            REPLY QR AA NOERROR
            SECTION ANSWER
            {all}
            ENTRY_END
            RANGE_END
            STEP 1 QUERY
            ENTRY_BEGIN
            REPLY RD
            SECTION QUESTION
            www.example. IN {type}
            ENTRY_END
            STEP 2 CHECK_ANSWER
            ENTRY_BEGIN
            MATCH rcode answer
            REPLY QR {rcode}
            SECTION QUESTION
            www.example. IN {type}
            {answer}
            ENTRY_END
            SCENARIO_END
            """;
    }
}
