// How sources come together, and every kind of mistake that is not a bad value.
using System;
using System.IO;
using System.Linq;
using Xunit;

namespace Resolver.Server.Tests;

public sealed class ConfigurationReaderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("resolver-configuration-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(
        "[server]\nthread = 1", "file.toml:2:1: there is no key server.thread: did you mean server.threads?")]
    [InlineData("[sever]\nthreads = 1", "file.toml:1:2: there is no section sever: did you mean server?")]
    [InlineData(
        "[dns]",
        "file.toml:1:2: there is no section dns: remove it; resolver check --defaults prints all sections")]
    [InlineData(
        "threads = 1",
        "file.toml:1:1: there is no key threads: remove it; resolver check --defaults prints all keys")]
    [InlineData(
        "server.listen = 1",
        "file.toml:1:17: server.listen cannot be 1: write a list in brackets, each entry an address and "
        + "a port such as \"127.0.0.1:53\" or \"[::1]:53\"")]
    [InlineData(
        "[cache]\nsize = 16MiB",
        "file.toml:2:10: Unexpected token found `MiB` while expecting token `newline`: correct the TOML; "
        + "texts, durations and sizes stand in quotes")]
    [InlineData(
        "[resolution]\nipv4 = false\nipv6 = false",
        "file.toml:3:8: ipv4 and ipv6 are both off: leave one on")]
    [InlineData(
        "[cache]\nmin-ttl = \"1h\"\nmax-ttl = \"1m\"", "file.toml:2:11: min-ttl is above max-ttl: lower it")]
    [InlineData(
        "[server]\nlisten = []",
        "file.toml:2:10: server.listen is empty: name at least one address and port")]
    [InlineData(
        "[server]\nlisten = [\"[::1]:53\", \"[0:0::1]:53\"]",
        "file.toml:2:10: server.listen holds [::1]:53 twice: keep one")]
    [InlineData(
        "[limits]\nmin-timeout-ms = 900\nmax-timeout-ms = 500",
        "file.toml:2:18: limits.min-timeout-ms is above limits.max-timeout-ms: lower the first or raise "
        + "the second")]
    [InlineData(
        "[[forward]]\nzone = \"a.\"\nservers = [\"192.0.2.1\"]\n"
        + "[[stub]]\nzone = \"A\"\nservers = [\"192.0.2.2\"]",
        "file.toml:4:3: the zone A. has a table already: keep one of the two")]
    [InlineData(
        "[[stub]]\nzone = \"a..b\"\nservers = [\"192.0.2.1:0\"]",
        "file.toml:2:8: stub.zone cannot be \"a..b\": write a domain name such as "
        + "\"example.com.\"|file.toml:3:12: stub.servers cannot be \"192.0.2.1:0\": write an address, with "
        + "a port unless it is 53, such as \"192.0.2.1\" or \"[2001:db8::1]:5353\"")]
    [InlineData(
        "[[stub]]\nzone = \"a.\"",
        "file.toml:1:3: [[stub]] lacks its zone or its servers: write zone = \"…\" and servers = [\"…\"]")]
    [InlineData(
        "[[stub]]\nzones = \"a.\"",
        "file.toml:2:1: there is no key stub.zones: a table of this kind has zone and servers")]
    [InlineData("[forward]\nzone = \".\"", "file.toml:1:2: there is no section forward: write [[forward]]")]
    [InlineData(
        "forward = []",
        "file.toml:1:1: there is no key forward: write [[forward]] on a line of its own, with zone and "
        + "servers below it")]
    [InlineData("[[server]]\nthreads = 1", "file.toml:1:3: [[server]] cannot be repeated: write [server]")]
    public void A_mistake_is_told_with_its_place_and_what_to_do(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', Read(text).Problems));

    [Fact]
    public void Forward_and_stub_tables_give_zones_their_servers()
    {
        ConfigurationResult result = Read(
            "[[forward]]\nzone = \".\"\nservers = [\"192.0.2.1\", \"[2001:db8::1]:5353\"]\n"
            + "[[stub]]\nzone = \"corp.example.\"\nservers = [\"10.0.0.1:5300\"]\n"
            + "[[stub]]\nzone = \"home.arpa\"\nservers = [\"10.0.0.2\"]");
        Assert.Empty(result.Problems);
        ZoneServers forward = Assert.Single(result.Configuration.Options.ForwardZones);
        Assert.True(forward.Zone.IsRoot);
        Assert.Equal("192.0.2.1:53 [2001:db8::1]:5353", string.Join(' ', forward.Servers));
        Assert.Equal(
            ["corp.example. 10.0.0.1:5300", "home.arpa. 10.0.0.2:53"],
            result.Configuration.Options.StubZones.Select(
                static z => $"{z.Zone} {string.Join(' ', z.Servers)}"));
    }

    [Fact]
    public void All_mistakes_are_told_at_once() =>
        Assert.Equal(3, Read("[server]\na = 1\nthreads = true\nallow = [\"x\"]").Problems.Length);

    [Theory]
    [InlineData("[server]\nthreads = 1\nthreads = 2")]
    [InlineData("[server]\nthreads = 1\n[server]\nthreads = 2")]
    [InlineData("server.threads = 1\n[server]\nthreads = 2")]
    public void A_key_that_stands_twice_is_a_mistake(string text) =>
        Assert.False(Read(text).IsGood);

    [Theory]
    [InlineData("[server]\nthreads = 7")]
    [InlineData("server.threads = 7")]
    [InlineData("server = { threads = 7 }")]
    [InlineData("[server]\n\"threads\" = 7")]
    [InlineData("[server]\nthreads = 0x7")]
    public void Every_way_of_TOML_to_write_a_key_means_the_same(string text)
    {
        ConfigurationResult result = Read(text);
        Assert.Empty(result.Problems);
        Assert.Equal(7, result.Configuration.Threads);
    }

    [Theory]
    [InlineData("cache.size=16MiB", 16 << 20)]
    [InlineData("cache.size=\"16MiB\"", 16 << 20)]
    [InlineData("cache.size='16MiB'", 16 << 20)]
    [InlineData(" cache.size = 16MiB ", 16 << 20)]
    [InlineData("cache.size=auto", 0)]
    public void Set_takes_TOML_or_a_bare_word(string setting, long size) =>
        Assert.Equal(size, Good(new ConfigurationSources { Settings = [setting] }).Options.CacheSize);

    [Theory]
    [InlineData(
        "cache.size",
        "--set cache.size: there is no value: write section.key=VALUE, for instance cache.size=64MiB")]
    [InlineData("cache.siz=1", "--set cache.siz=1: there is no key cache.siz: did you mean cache.size?")]
    [InlineData(
        "server.threads=x",
        "--set server.threads=x: server.threads cannot be \"x\": write a whole number from 0 to 256, "
        + "without quotes")]
    [InlineData(
        "server.threads=1 2",
        "--set server.threads=1 2: server.threads cannot be \"1 2\": write a whole number from 0 to 256, "
        + "without quotes")]
    public void A_bad_set_is_told(string setting, string expected) => Assert.Equal(
        expected,
        Assert.Single(
            ConfigurationReader.Read(new ConfigurationSources { Settings = [setting] }).Problems).ToString());

    [Fact]
    public void A_value_of_set_cannot_bring_in_another_key() =>
        Assert.False(ConfigurationReader.Read(
            new ConfigurationSources { Settings = ["server.threads=1\nlisten = []"] }).IsGood);

    [Fact]
    public void Set_wins_over_the_file_and_the_last_set_wins()
    {
        string file = Write("a.toml", "[server]\nthreads = 1\nidentity = \"file\"");
        ServerConfiguration read = Good(new ConfigurationSources
        {
            File = file,
            Settings = ["server.threads=2", "server.threads=3"],
        });
        Assert.Equal((3, "file"), (read.Threads, read.Options.Identity));
    }

    [Fact]
    public void Listen_replaces_the_configured_list_and_is_then_the_users_own()
    {
        string file = Write("a.toml", "[server]\nlisten = [\"127.0.0.1:1\"]");
        ServerConfiguration read = Good(new ConfigurationSources
        {
            File = file,
            Listen = ["127.0.0.1:0", "127.0.0.2:5300"],
            Settings = ["server.listen=[\"127.0.0.1:2\"]"],
        });
        Assert.Equal(["127.0.0.1:0", "127.0.0.2:5300"], read.Listen.Select(e => e.ToString()));
        Assert.False(read.IsListenDefault);
        Assert.True(ServerConfiguration.Default.IsListenDefault);
    }

    [Fact]
    public void A_bad_option_is_told_as_it_was_written()
    {
        ConfigurationResult result = ConfigurationReader.Read(new ConfigurationSources
        {
            Listen = ["127.0.0.1:0", "localhost:53"],
            Internet = "nowhere",
            RootHints = "none.hints",
            TrustAnchors = ["none.ds"],
            Directory = _folder.FullName,
        });
        Assert.Equal(
            ["--listen localhost:53", "--internet nowhere", "--root-hints none.hints", "--trust-anchor"],
            result.Problems.Select(p => p.Source));
    }

    [Fact]
    public void Relative_paths_are_relative_to_the_file_that_names_them()
    {
        DirectoryInfo inner = _folder.CreateSubdirectory("inner");
        File.WriteAllText(Path.Combine(inner.FullName, "my.hints"), Hints);
        File.WriteAllText(Path.Combine(inner.FullName, "a.toml"), "[resolution]\nroot-hints = \"my.hints\"");
        ServerConfiguration byFile = Good(new ConfigurationSources
        {
            File = "inner/a.toml",
            Directory = _folder.FullName,
        });
        ServerConfiguration bySet = Good(new ConfigurationSources
        {
            Settings = ["resolution.root-hints=inner/my.hints"],
            Directory = _folder.FullName,
        });
        Assert.Equal(Hints, byFile.Options.RootHints);
        Assert.Equal(Hints, bySet.Options.RootHints);
    }

    [Fact]
    public void Root_hints_need_no_ttl()
    {
        File.WriteAllText(
            Path.Combine(_folder.FullName, "short.hints"),
            ". NS a.root-servers.net.\na.root-servers.net. A 198.41.0.4\n");
        ServerConfiguration read = Good(new ConfigurationSources
        {
            RootHints = "short.hints",
            Directory = _folder.FullName,
        });
        Assert.Single(RootHintsReader.Read(read.Options.RootHints));
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_a_mistake()
    {
        ConfigurationResult result = ConfigurationReader.Read(
            new ConfigurationSources { File = "none.toml", Directory = _folder.FullName });
        Assert.StartsWith(
            "none.toml: Could not find file", Assert.Single(result.Problems).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_source_the_defaults_hold_and_nothing_is_open()
    {
        ServerConfiguration read = Good(new ConfigurationSources());
        Assert.Empty(ConfigurationText.Changes(ServerConfiguration.Default, read));
        Assert.Equal(["127.0.0.1:53", "[::1]:53"], read.Listen.Select(e => e.ToString()));
        Assert.DoesNotContain(read.Allow, p => p.Length < 7);
    }

    private const string Hints =
        ". 3600000 NS a.root-servers.net.\na.root-servers.net. 3600000 A 198.41.0.4\n";

    private static ConfigurationResult Read(string text) =>
        ConfigurationReader.ReadText(text, "file.toml", "/folder");

    private static ServerConfiguration Good(ConfigurationSources sources)
    {
        ConfigurationResult result = ConfigurationReader.Read(sources);
        Assert.Empty(result.Problems);
        return result.Configuration;
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
