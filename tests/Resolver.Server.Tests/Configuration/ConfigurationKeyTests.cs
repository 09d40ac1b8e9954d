// Walks all keys of the table: each reaches its field, by file and by --set; each bad value is told with its
// place.
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace Resolver.Server.Tests;

public sealed class ConfigurationKeyTests
{
    public static TheoryData<string> Paths => [.. ConfigurationTable.Keys.Select(k => k.Path)];

    [Fact]
    public void Every_key_has_a_case_here_and_every_case_has_a_key() => Assert.Equal(
        ConfigurationTable.Keys.Select(k => k.Path).Order(), KeyCase.All.Keys.Order());

    [Fact]
    public void No_path_names_two_keys() =>
        Assert.Equal(ConfigurationTable.Keys.Length, ConfigurationTable.Keys.DistinctBy(k => k.Path).Count());

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_value_in_the_file_reaches_its_field_and_no_other(string path)
    {
        KeyCase expected = KeyCase.All[path];
        ConfigurationResult result = Read(path, expected.Good);

        // Files that do not exist are a mistake of their own, told by other tests.
        Assert.All(result.Problems, p => Assert.Contains("Could not find", p.What));
        Assert.Equal(expected.Expected, expected.Read(result.Configuration));
        Assert.Equal(
            [path], ConfigurationText.Changes(ServerConfiguration.Default, result.Configuration).Select(
                k => k.Path));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_value_by_set_reaches_its_field(string path)
    {
        KeyCase expected = KeyCase.All[path];
        ConfigurationResult result = ConfigurationReader.Read(new ConfigurationSources
        {
            Settings = [$"{path}={expected.Good}"],
            Directory = "/folder",
        });
        Assert.Equal(expected.Expected, expected.Read(result.Configuration));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void The_default_written_down_changes_nothing(string path)
    {
        ConfigurationKey key = ConfigurationTable.Find(path)!;
        ConfigurationResult result = Read(path, key.Format(ServerConfiguration.Default));
        Assert.Empty(result.Problems);
        Assert.Empty(ConfigurationText.Changes(ServerConfiguration.Default, result.Configuration));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_bad_value_is_told_with_line_and_column_and_what_to_write(string path)
    {
        KeyCase expected = KeyCase.All[path];
        ConfigurationResult result = Read(path, expected.Bad);
        ConfigurationProblem problem = Assert.Single(result.Problems);
        int value = path.Split('.')[1].Length + 4;
        int entry = value + (expected.Bad is ['[', _, _, ..] ? 1 : 0);
        Assert.Equal("file.toml", problem.Source);
        Assert.Equal(3, problem.Line);
        if (!expected.Bad.StartsWith('{'))
        {
            Assert.Equal(entry, problem.Column);
            Assert.StartsWith("write ", problem.Advice, System.StringComparison.Ordinal);
            Assert.Contains(path, problem.What, System.StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_limit_below_its_range_is_refused()
    {
        IEnumerable<ConfigurationProblem> problems = Resolver.Engine.ResolverLimits.All.SelectMany(
            b => Read("limits." + b.Limit.Name, (b.Limit.Min - 1).ToString(
                System.Globalization.CultureInfo.InvariantCulture))
                .Problems);
        Assert.Equal(Resolver.Engine.ResolverLimits.All.Length, problems.Count());
    }

    [Fact]
    public void The_printed_file_with_its_keys_uncommented_is_the_default()
    {
        IEnumerable<string> lines = ConfigurationText.Defaults().Split('\n')
            .TakeWhile(l => !l.StartsWith("# Servers to ask", System.StringComparison.Ordinal))
            .Select(
                l => l.StartsWith('#') && !l.StartsWith("# ", System.StringComparison.Ordinal) ? l[1..] : l);
        ConfigurationResult result = ConfigurationReader.ReadText(
            string.Join('\n', lines), "file.toml", "/folder");
        Assert.Empty(result.Problems);
        Assert.Empty(ConfigurationText.Changes(ServerConfiguration.Default, result.Configuration));
        Assert.Equal(ConfigurationTable.Keys.Length, lines.Count(
            l => l.Contains(" = ", System.StringComparison.Ordinal) && !l.StartsWith('#')));
    }

    [Fact]
    public void The_file_in_docs_is_the_printed_one() => Assert.True(
        ConfigurationText.Defaults() == File.ReadAllText(
            Path.Combine(Repository.Root, "docs", "resolver.toml")),
        "Run: dotnet run --project src/Resolver.Server -- check --defaults > docs/resolver.toml");

    private static ConfigurationResult Read(string path, string value)
    {
        string[] parts = path.Split('.');
        return ConfigurationReader.ReadText(
            $"# a comment\n[{parts[0]}]\n{parts[1]} = {value}\n", "file.toml", "/folder");
    }
}
