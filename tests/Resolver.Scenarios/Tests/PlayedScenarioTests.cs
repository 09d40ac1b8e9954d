// Every scenario of our own passes; of Deckard's, where they lie on this machine, those of the list.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace Resolver.Scenarios;

public sealed class PlayedScenarioTests
{
    private static string Root => AppContext.BaseDirectory;

    public static TheoryData<string> Own() =>
        [.. Directory.EnumerateFiles(Root, "*.rpl", SearchOption.AllDirectories)
            .Select(static path => Path.GetRelativePath(Root, path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Own))]
    public void A_scenario_of_our_own_passes(string path)
    {
        Scenario scenario = ScenarioReader.ReadFile(Path.Combine(Root, path));
        ScenarioResult result = ScenarioPlayer.Play(scenario);
        Assert.True(
            result.Verdict == ScenarioVerdict.Passed,
            string.Join('\n', [result.Difference, .. result.Details]));
    }

    [Theory]
    [MemberData(nameof(Own))]
    public void A_scenario_of_our_own_names_its_section_in_its_first_line(string path) =>
        Assert.Matches("^; RFC [0-9]+ §", File.ReadLines(Path.Combine(Root, path)).First());

    [Fact]
    public void The_scenarios_of_Deckard_that_once_passed_pass()
    {
        string? folder = FolderRun.FindDeckard();
        if (folder is null)
        {
            Assert.Skip($"deckard: 0 of {FolderRun.DeckardCount} run");
        }

        using StringWriter table = new();
        IReadOnlyList<ScenarioResult> results = FolderRun.Play(
            new FolderRunOptions(folder)
            {
                Only = Path.Combine(Root, "deckard-passing.txt"),
                IsDeckard = true,
            },
            table);
        Assert.NotEmpty(results);
        Assert.True(results.All(static r => r.Verdict == ScenarioVerdict.Passed), table.ToString());
    }

    [Fact]
    public void A_scenario_that_expects_something_else_fails_with_expected_got_and_trace()
    {
        string path = Path.Combine(Root, "rfc1034", "referral_is_followed.rpl");
        string changed = File.ReadAllText(path).Replace(
            "SECTION ANSWER\nmail.example. IN A 192.0.2.25", "SECTION ANSWER\nmail.example. IN A 192.0.2.26",
            StringComparison.Ordinal);
        using StringReader text = new(changed);
        ScenarioResult result = ScenarioPlayer.Play(ScenarioReader.Read("changed.rpl", text));
        Assert.Equal(ScenarioVerdict.Failed, result.Verdict);
        Assert.Equal(12, result.Step);
        Assert.Contains("192.0.2.26", result.Difference, StringComparison.Ordinal);
        Assert.Contains(result.Details, static l => l.StartsWith("expected", StringComparison.Ordinal));
        Assert.Contains(result.Details, static l => l.StartsWith("got", StringComparison.Ordinal));
        Assert.Contains(result.Details, static l => l.StartsWith("trace", StringComparison.Ordinal));
    }
}
