// What each command line leads to: exit status, output, where it was written.
using System;
using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace Resolver.Server.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("")]
    [InlineData("frobnicate")]
    [InlineData("serve extra")]
    [InlineData("serve --frob")]
    [InlineData("serve --listen")]
    [InlineData("serve --config")]
    [InlineData("serve --config a --config b")]
    [InlineData("query")]
    [InlineData("query a..b")]
    [InlineData("query a NOTYPE")]
    [InlineData("query a A more")]
    [InlineData("query a --server localhost")]
    [InlineData("query a --server 127.0.0.1:99999")]
    [InlineData("query a --listen 127.0.0.1:53")]
    [InlineData("explain")]
    [InlineData("flush")]
    [InlineData("flush a..b")]
    [InlineData("nta")]
    [InlineData("nta add")]
    [InlineData("nta add a..b")]
    [InlineData("nta add a --for 2d")]
    [InlineData("nta add a --for 0s")]
    [InlineData("nta add a --for soon")]
    [InlineData("nta remove")]
    [InlineData("nta list more")]
    [InlineData("status extra")]
    [InlineData("check extra")]
    [InlineData("@file")]
    public async Task Wrong_usage_ends_with_2_and_says_where_to_read_on(string line)
    {
        (int status, string output, string error) = await RunAsync(line);
        Assert.Equal(2, status);
        Assert.Empty(output);
        Assert.Matches("^(resolver: .*\n)+See: resolver.* --help\n$", error);
    }

    [Theory]
    [InlineData("serve --listen 127.0.0.1:53 --bogus")]
    [InlineData("serve --listen --bogus")]
    [InlineData("serve --set server.threads=1 --bogus")]
    [InlineData("serve --trust-anchor file --bogus")]
    [InlineData("serve --config --bogus")]
    [InlineData("query a --internet --bogus")]
    [InlineData("explain a --root-hints --bogus")]
    public async Task A_misspelt_option_is_no_value_of_the_one_before(string line)
    {
        (int status, string output, string error) = await RunAsync(line);
        Assert.Equal((2, ""), (status, output));
        Assert.StartsWith("resolver: There is no option '--bogus'", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_in_the_place_of_the_file_is_told()
    {
        string folder = Path.GetTempPath().TrimEnd('/');
        (int status, string output, string error) = await RunAsync("check --config " + folder);
        Assert.Equal((1, ""), (status, output));
        Assert.Equal($"{folder}: it is a directory: name a file that can be read\n", error);
    }

    [Theory]
    [InlineData("FFFE")]
    [InlineData("FEFF")]
    public async Task A_file_in_UTF_16_is_told(string mark)
    {
        string file = Path.GetTempFileName();
        byte[] octets = [.. Convert.FromHexString(mark), (byte)'[', 0, (byte)'s', 0];
        await File.WriteAllBytesAsync(file, octets, TestContext.Current.CancellationToken);
        (int status, string output, string error) = await RunAsync("check --config " + file);
        File.Delete(file);
        Assert.Equal((1, ""), (status, output));
        Assert.Equal($"{file}: it is in UTF-16: save it as UTF-8\n", error);
    }

    [Fact]
    public async Task A_file_in_UTF_8_may_begin_with_its_mark()
    {
        string file = Path.GetTempFileName();
        byte[] octets = [0xEF, 0xBB, 0xBF, .. "[server]\nthreads = 1\n"u8];
        await File.WriteAllBytesAsync(file, octets, TestContext.Current.CancellationToken);
        (int status, string output, string error) = await RunAsync("check --config " + file);
        File.Delete(file);
        Assert.Equal((0, $"{file}: no mistakes\n", ""), (status, output, error));
    }

    [Theory]
    [InlineData("serve --set server.threads=many")]
    [InlineData("serve --listen 127.0.0.1")]
    [InlineData("serve --config /nowhere/at/all.toml")]
    [InlineData("serve --internet /nowhere/at/all")]
    [InlineData("query a --set a=1")]
    [InlineData("query a --root-hints /nowhere/at/all")]
    [InlineData("explain a --trust-anchor /nowhere/at/all")]
    [InlineData("explain a --set server.cookie-secret=/nowhere/at/all")]
    public async Task Wrong_configuration_ends_with_2(string line)
    {
        (int status, string output, string error) = await RunAsync(line);
        Assert.Equal(2, status);
        Assert.Empty(output);
        Assert.NotEmpty(error);
    }

    [Theory]
    [InlineData("status --control /nowhere/socket")]
    [InlineData("status --json --control /nowhere/socket")]
    [InlineData("flush example.com --set control.socket=/nowhere/socket", 2)]
    [InlineData("flush example.com --control /nowhere/socket")]
    [InlineData("nta add example.com --control /nowhere/socket")]
    [InlineData("nta list --control /nowhere/socket")]
    [InlineData("explain example.com --live --control /nowhere/socket")]
    [InlineData("explain example.com AAAA --live --set control.socket=/nowhere/socket --json")]
    public async Task Asking_a_server_that_is_not_there_ends_with_1_and_says_so(string line, int expected = 1)
    {
        (int status, string output, string error) = await RunAsync(line);
        Assert.Equal(expected, status);
        Assert.Empty(output);
        Assert.True(expected == 2 || error.Contains(
            "no server listens on /nowhere/socket: is it running?", StringComparison.Ordinal), error);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("flush example.com")]
    [InlineData("nta remove example.com")]
    [InlineData("explain example.com --live")]
    public async Task Without_a_socket_named_the_question_is_which_server(string line)
    {
        (int status, string output, string error) = await RunAsync(line);
        Assert.Equal((2, ""), (status, output));
        Assert.Contains("--control PATH", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_without_a_file_finds_the_defaults_good()
    {
        (int status, string output, string error) = await RunAsync("check");
        Assert.Equal((0, "defaults: no mistakes\n", ""), (status, output, error));
    }

    [Fact]
    public async Task Check_tells_every_mistake_with_line_and_column_and_ends_with_1()
    {
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(
            file, "[server]\nthread = 1\nthreads = true\n", TestContext.Current.CancellationToken);
        (int status, string output, string error) = await RunAsync("check --config " + file);
        File.Delete(file);
        Assert.Equal(1, status);
        Assert.Empty(output);
        Assert.Equal(
            $"{file}:2:1: there is no key server.thread: did you mean server.threads?\n"
            + $"{file}:3:11: server.threads cannot be true: "
            + "write a whole number from 0 to 256, without quotes\n",
            error);
    }

    [Fact]
    public async Task Check_prints_the_commented_defaults()
    {
        (int status, string output, _) = await RunAsync("check --defaults");
        Assert.Equal((0, ConfigurationText.Defaults()), (status, output));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("serve --help")]
    [InlineData("query --help")]
    [InlineData("explain -h")]
    [InlineData("--version")]
    public async Task Help_and_version_go_to_standard_output(string line)
    {
        (int status, string output, string error) = await RunAsync(line);
        Assert.Equal((0, ""), (status, error));
        Assert.NotEmpty(output);
    }

    internal static async Task<(int Status, string Output, string Error)> RunAsync(string line)
    {
        using StringWriter output = new() { NewLine = "\n" };
        using StringWriter error = new() { NewLine = "\n" };
        string[] arguments = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int status = await CommandLine.RunAsync(
            arguments, new CommandSurroundings(output, error, TimeProvider.System));
        return (status, output.ToString(), error.ToString());
    }
}
