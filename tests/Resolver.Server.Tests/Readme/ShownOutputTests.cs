// What README.md shows of the program's output: the program is run inside the sample internet, and every line
// shown must be among those that it writes. Times, IDs and the choice among equal servers are drawn anew each
// time and masked; where the README leaves lines out, it says so by "…".
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Resolver.Testing;
using Xunit;

namespace Resolver.Server.Tests;

public sealed partial class ShownOutputTests
{
    private const string Dig = "$ dig @127.0.0.1 -p 5300 ";
    private const string Explain = "$ dotnet run --project src/Resolver.Server -c Release -- explain ";

    [Fact]
    public async Task What_dig_shows_in_the_README_is_what_it_gets()
    {
        (string question, string[] shown) = FindBlock(Dig);
        (ServerProcess server, IPEndPoint address) = await ServerProcess.ServeAsync("--internet", "sample");
        await using (server)
        {
            (int status, string output, string error) = await CommandLineTests.RunAsync(
                $"query {question} --server {address}");
            Assert.True(status == 0, error);
            AssertShown(shown, output);
        }
    }

    [Fact]
    public async Task What_explain_shows_in_the_README_is_what_it_writes()
    {
        (string question, string[] shown) = FindBlock(Explain);

        // A busy machine must not make servers late, so that others are asked beside them.
        (int status, string output, string error) = await CommandLineTests.RunAsync(
            $"explain {question} --set limits.max-servers-at-once=1 --set limits.probe-percent=0");
        Assert.True(status == 0, error);
        AssertShown(shown, output);
        AssertServersExist(shown);
        AssertTimesGrow(shown);
    }

    [Fact]
    public async Task Without_validation_the_walk_costs_as_many_queries_as_the_README_says()
    {
        (string question, _) = FindBlock(Explain);
        Assert.Contains("the walk costs four queries", Readme, StringComparison.Ordinal);
        (int status, string output, string error) = await CommandLineTests.RunAsync(
            $"explain {question} --set dnssec.validation=false --set limits.max-servers-at-once=1 "
            + "--set limits.probe-percent=0");
        Assert.True(status == 0, error);
        Assert.Contains("\nCost: 4 queries to name servers", output, StringComparison.Ordinal);
    }

    private static string Readme { get; } = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

    // The words behind the command, and the lines below it.
    private static (string Question, string[] Lines) FindBlock(string command)
    {
        int begin = Readme.IndexOf(command, StringComparison.Ordinal);
        Assert.True(begin >= 0, $"The README shows no '{command}'.");
        int end = Readme.IndexOf("```", begin, StringComparison.Ordinal);
        string[] lines = Readme[begin..end].Split('\n');
        string[] shown = [.. lines[1..].Where(static l => l.Trim().Length > 0 && l != "…")];
        Assert.NotEmpty(shown);
        return (lines[0][command.Length..], shown);
    }

    private static void AssertShown(string[] shown, string output)
    {
        HashSet<string> written = [.. output.Split('\n').Select(Mask)];
        string[] missing = [.. shown.Where(line => !written.Contains(Mask(line)))];
        Assert.True(missing.Length == 0,
            $"The README shows what is not written:\n{string.Join('\n', missing)}\nWritten is:\n{output}");
    }

    private static string Mask(string line)
    {
        string masked = Id().Replace(line, "id: #");
        masked = Time().Replace(masked, "# ms");
        masked = Server().Replace(masked, "Ask # at # by");
        return Exchange().Replace(masked, "[#]").TrimEnd();
    }

    // Which of a zone's servers is asked is drawn; that it is one of the sample's is not.
    private static void AssertServersExist(string[] shown)
    {
        SimulatedInternet sample = SimulatedInternet.LoadSample();
        MatchCollection[] asked = [.. shown.Select(static l => Server().Matches(l))];
        Assert.Contains(asked, static m => m.Count > 0);
        foreach (Match match in asked.SelectMany(static m => m))
        {
            IPEndPoint address = IPEndPoint.Parse(match.Groups["address"].Value);
            bool exists = sample.FindServer(address.Address) is not null;
            Assert.True(exists, $"{address} is no server of the sample.");
        }
    }

    // The time of the cost is that of the last step.
    private static void AssertTimesGrow(string[] shown)
    {
        double[] times = [.. shown.Select(static l => LineTime().Match(l)).Where(static m => m.Success)
            .Select(static m => double.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture))];
        Assert.Equal(times.Order(), times);
        Assert.EndsWith($" {times[^1].ToString("F1", CultureInfo.InvariantCulture)} ms.",
            shown[^1], StringComparison.Ordinal);
    }

    [GeneratedRegex(@"id: \d+")]
    private static partial Regex Id();

    [GeneratedRegex(@" *\d+\.\d ms")]
    private static partial Regex Time();

    [GeneratedRegex(@"^ *(\d+\.\d) ms ")]
    private static partial Regex LineTime();

    [GeneratedRegex(@"Ask \S+ at (?<address>\S+) by")]
    private static partial Regex Server();

    [GeneratedRegex(@"\[exchange \d+, \d+ left\]")]
    private static partial Regex Exchange();
}
