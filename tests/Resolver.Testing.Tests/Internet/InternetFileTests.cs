// internet.toml: what it says is what is built, and every mistake has its place.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using Xunit;

namespace Resolver.Testing.Tests;

public sealed class InternetFileTests : IDisposable
{
    private const string Zone = "@ 60 SOA a b 1 2 3 4 5\n@ 60 NS a\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("internet").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_it_says_is_what_is_built()
    {
        Write("root.zone", Zone);
        Write("com.zone", Zone);
        Write("root.ds", ". DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D\n");
        SimulatedInternet internet = Load("""
            trust-anchor = "root.ds"
            [[server]]
            addresses = ["198.41.0.4", "2001:503:ba3e::2:30"]
            zones = [".", "com."]          # files root.zone, com.zone
            delay = "10ms"
            loss = 0.25
            fault = "no-tcp"
            [[server]]
            addresses = ["192.0.2.7"]
            """);
        SimulatedServer first = internet.FindServer(IPAddress.Parse("2001:503:ba3e::2:30"))!;
        Assert.Same(first, internet.FindServer(IPAddress.Parse("198.41.0.4")));
        Assert.Equal([".", "com."], first.Zones.Select(static z => z.ToString()));
        Assert.Equal(TimeSpan.FromMilliseconds(10), first.Delay);
        Assert.Equal(0.25, first.Loss);
        Assert.Equal(ServerFault.NoTcp, first.Fault);
        Assert.StartsWith(". DS 20326", internet.TrustAnchors, StringComparison.Ordinal);
        Assert.Equal(2, internet.Servers.Count);
        Assert.Equal(TimeSpan.Zero, internet.Servers[1].Delay);
        Assert.Null(internet.FindServer(IPAddress.Parse("192.0.2.8")));
    }

    [Fact]
    public void Zones_deny_as_it_says()
    {
        Write("root.zone", Zone + "com NS a\nnet NS a\norg NS a\n");
        Array.ForEach(["com", "net", "org"], z => Write($"{z}.zone", Zone));
        SimulatedInternet internet = Load("""
            sign = "seed"
            unsigned = ["com."]
            nsec3 = ["net.", "org."]
            opt-out = ["org."]
            [[server]]
            addresses = ["198.41.0.4"]
            zones = [".", "com.", "net.", "org."]
            """);
        Assert.Equal(
            ["NSEC", "", "NSEC3", "NSEC3 opt-out"],
            internet.Zones.Select(static z => !z.Ranges.Any() ? ""
                : z.HasNsec ? "NSEC"
                : z.Ranges.First().First[1] == 1 ? "NSEC3 opt-out" : "NSEC3"));
    }

    [Theory]
    [InlineData("none", ServerFault.None)]
    [InlineData("dead", ServerFault.Dead)]
    [InlineData("lame", ServerFault.Lame)]
    [InlineData("refused", ServerFault.Refused)]
    [InlineData("truncated", ServerFault.Truncated)]
    [InlineData("wrong-id", ServerFault.WrongId)]
    [InlineData("wrong-question", ServerFault.WrongQuestion)]
    [InlineData("no-edns", ServerFault.NoEdns)]
    [InlineData("no-tcp", ServerFault.NoTcp)]
    public void Each_fault_has_its_word(string word, ServerFault fault) =>
        Assert.Equal(
            fault, Load($"[[server]]\naddresses = [\"192.0.2.1\"]\nfault = \"{word}\"").Servers[0].Fault);

    [Theory]
    [InlineData("root = 1", "1:1: unknown key 'root'")]
    [InlineData("trust-anchor = 1", "1:16: trust-anchor is the name of a file")]
    [InlineData("trust-anchor = \"no.ds\"", "1:16: the file cannot be read")]
    [InlineData("[server]\n", "1:2: 'server' is no part of an internet")]
    [InlineData("[[server]]\ndelay = \"1s\"", "1:3: a server has addresses")]
    [InlineData("[[server]]\naddresses = \"1.2.3.4\"", "2:13: addresses is a list of texts")]
    [InlineData("[[server]]\naddresses = [1]", "2:14: addresses holds texts in quotes")]
    [InlineData("[[server]]\naddresses = [\"1.2.3\"]", "2:14: '1.2.3' is no address")]
    [InlineData("[[server]]\naddresses = [\"::1\", \"::1\"]", "2:21: another server has the address ::1")]
    [InlineData("[[server]]\naddresses = [\"::1\"]\nzones = [\"a..b\"]", "3:10: 'a..b' is no name of a zone")]
    [InlineData("[[server]]\naddresses = [\"::1\"]\nzones = [\"net.\"]",
        "3:10: the zone net. has no file net.zone")]
    [InlineData("[[server]]\naddresses = [\"::1\"]\ndelay = 10", "3:9: delay is a round trip")]
    [InlineData("[[server]]\naddresses = [\"::1\"]\ndelay = \"10\"", "3:9: delay is a round trip")]
    [InlineData("[[server]]\naddresses = [\"::1\"]\nloss = 1.5", "3:8: loss is a number from 0.0 to 1.0")]
    [InlineData("[[server]]\naddresses = [\"::1\"]\nfault = \"slow\"", "3:9: fault is one of")]
    [InlineData("[[server]]\naddresses = [\"::1\"]\nport = 53", "3:1: unknown key 'port'")]
    [InlineData("[[server]\n", "1:9: Unexpected")]
    [InlineData("sign = \"\\", ": values are nested too deeply, or it ends after a backslash")]
    [InlineData("", ": there is no [[server]]")]
    public void A_mistake_has_line_and_column(string text, string expected)
    {
        IReadOnlyList<string> mistakes = Assert.Throws<InternetFormatException>(() => Load(text)).Mistakes;
        Assert.Contains(mistakes, m => m.StartsWith(
            string.Create(CultureInfo.InvariantCulture, $"{Path.Combine(_folder, "internet.toml")}")
                + (expected[0] == ':' ? "" : ":") + expected,
            StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a=")]
    public void What_is_nested_too_deeply_is_a_mistake(string opens)
    {
        IReadOnlyList<string> mistakes = Assert.Throws<InternetFormatException>(
            () => Load("\nsign = " + string.Concat(Enumerable.Repeat(opens, 3000)))).Mistakes;
        Assert.Contains("nested too deeply", Assert.Single(mistakes), StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_of_all_files_are_told_at_once()
    {
        Write("root.zone", "@ 60 SOA a b 1 2 3 4 5\n@ 60 A 1.2.3\nexample.com. 60 TXT\n");
        Write("com.zone", "@ 60 NS a\nother.net. 60 A 192.0.2.1\nw 60 CNAME x\nw 60 A 192.0.2.1\n");
        InternetFormatException thrown = Assert.Throws<InternetFormatException>(
            () => Load("[[server]]\naddresses = [\"::1\"]\nzones = [\".\", \"com.\"]\nfault = 1"));
        string[] expected =
        [
            "root.zone:2:8", "root.zone:3:", "com.zone: the zone com. has no SOA",
            "other.net. is not in the zone",
            "CNAME record and others", "fault is one of",
        ];
        Assert.All(expected, e => Assert.Contains(
            thrown.Mistakes, m => m.Contains(e, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_folder_without_a_description_is_refused()
    {
        InternetFormatException thrown = Assert.Throws<InternetFormatException>(
            () => SimulatedInternet.Load(_folder));
        Assert.Contains("internet.toml: the file cannot be read", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trust_anchor_is_made_of_keys()
    {
        Write("root.ds", ". A 192.0.2.1\n");
        InternetFormatException thrown = Assert.Throws<InternetFormatException>(
            () => Load("trust-anchor = \"root.ds\"\n[[server]]\naddresses = [\"::1\"]"));
        Assert.Contains(
            "a trust anchor is a DS or DNSKEY record, not A", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void In_code_the_same_mistakes_are_found()
    {
        SimulatedInternetBuilder builder = new SimulatedInternetBuilder()
            .Zone("test.", "@ 60 A 192.0.2.1\n")
            .Server("192.0.2.1", "test.", "missing.")
            .Server("192.0.2.1");
        InternetFormatException thrown = Assert.Throws<InternetFormatException>(builder.Build);
        Assert.Equal(3, thrown.Mistakes.Count);
        Assert.Throws<ArgumentException>(() => builder.Zone("TEST", ""));
    }

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder, file), text);

    private SimulatedInternet Load(string description)
    {
        Write("internet.toml", description);
        return SimulatedInternet.Load(_folder);
    }
}
