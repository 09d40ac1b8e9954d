// Every scenario of our own passes; of Deckard's, where they lie on this machine, those of the list.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Resolver.Wire;
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

    [Theory]
    [MemberData(nameof(Own))]
    public void A_scenario_of_our_own_stands_in_the_table_of_sections(string path)
    {
        DirectoryInfo? top = new(Root);
        while (top is not null && !File.Exists(Path.Combine(top.FullName, "Resolver.sln")))
        {
            top = top.Parent;
        }

        string table = File.ReadAllText(Path.Combine(top!.FullName, "tests", "README.md"));
        Assert.Contains($"`{Path.GetFileNameWithoutExtension(path)}`", table, StringComparison.Ordinal);
    }

    [Fact]
    public void The_scenarios_of_Deckard_pass_save_those_that_the_list_excuses()
    {
        string folder = DeckardOrSkip();
        using StringWriter table = new();
        IReadOnlyList<ScenarioResult> results = FolderRun.Play(
            new FolderRunOptions(folder) { IsDeckard = true }, table);
        Assert.Equal(FolderRun.DeckardCount, results.Count);
        Assert.True(results.All(static r => r.Verdict != ScenarioVerdict.Failed), table.ToString());
    }

    [Fact]
    public void The_trust_anchors_of_Deckards_scenarios_can_be_read()
    {
        foreach (string path in Directory.EnumerateFiles(DeckardOrSkip(), "*.rpl"))
        {
            Scenario scenario = ScenarioReader.ReadDeckardFile(path, DutyList.Empty);
            List<ZoneFileError> errors = [];
            using ZoneFileReader reader = ZoneFileReader.FromText(
                "$TTL 3600\n" + string.Join('\n', scenario.Config.TrustAnchors),
                new ZoneFileOptions { Name = scenario.Name });
            Assert.Equal(scenario.Config.TrustAnchors.Count, reader.ReadAll(errors).Count);
            Assert.Empty(errors);
        }
    }

    [Fact]
    public void Of_the_scenarios_that_test_standard_behaviour_at_most_two_are_called_wrong()
    {
        string folder = DeckardOrSkip();
        HashSet<string> standard = FolderRun.FindStandard();
        Assert.SkipWhen(standard.Count == 0, "the list of those that test standard behaviour is not here");
        DutyList duties = DutyList.ReadFile(Path.Combine(Root, DutyList.FileName));
        Assert.DoesNotContain(duties.Lines, l => l.Word == DutyWord.NoDuty && standard.Contains(l.Name));
        Assert.InRange(duties.Lines.Count(static l => l.Word == DutyWord.Wrong), 0, 2);
        Assert.All(duties.Lines, l => Assert.True(File.Exists(Path.Combine(folder, l.Name)), l.Name));
        string[] others = [.. Directory.EnumerateFiles(folder, "*.rpl")
            .Select(static path => Path.GetFileName(path)).Where(name => !standard.Contains(name))];
        Assert.All(others, name => Assert.Contains(duties.Lines, l => l.Name == name));
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

    private static string DeckardOrSkip()
    {
        string? folder = FolderRun.FindDeckard();
        Assert.SkipWhen(folder is null, $"deckard: 0 of {FolderRun.DeckardCount} run");
        return folder!;
    }
}
