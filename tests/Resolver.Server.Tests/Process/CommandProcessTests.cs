// The other commands as processes: exit statuses and standard output.
using System.Net;
using System.Threading.Tasks;
using Xunit;

namespace Resolver.Server.Tests;

public sealed class CommandProcessTests
{
    [Fact]
    public async Task Query_prints_the_answer_of_a_server()
    {
        (ServerProcess server, IPEndPoint address) = await ServerProcess.ServeAsync();
        await using (server)
        {
            await using ServerProcess query = ServerProcess.Start(
                "query", "localhost", "--server", address.ToString());
            (int status, string[] output) = await query.WaitForEndAsync();
            Assert.Equal(0, status);
            Assert.Contains(";localhost.\t\t\tIN\tA", output);
            Assert.Contains("localhost.\t\t10800\tIN\tA\t127.0.0.1", output);
        }
    }

    [Theory]
    [InlineData(0, "query", "localhost", "--set", "resolution.priming=false")]
    [InlineData(0, "query", "name.invalid", "--set", "resolution.priming=false", "--json")]
    [InlineData(0, "explain", "localhost", "AAAA", "--set", "resolution.priming=false")]
    [InlineData(0, "explain", "localhost", "--set", "resolution.priming=false", "--json")]
    [InlineData(0, "query", "www.example.com", "MX", "--internet", "sample")]
    [InlineData(0, "query", "nothing.example.com", "--internet", "sample")]
    [InlineData(1, "query", "ring.alias.com", "--internet", "sample", "--set", "log.level=none")]
    [InlineData(0, "explain", "www.glueless.com", "--internet", "sample")]
    [InlineData(0, "check")]
    [InlineData(1, "check", "--config", "/nowhere/at/all.toml")]
    [InlineData(2, "status")]
    [InlineData(1, "status", "--control", "/nowhere/at/all")]
    [InlineData(1, "flush", "example.com", "--control", "/nowhere/at/all")]
    [InlineData(2, "query", "localhost", "--config", "/nowhere/at/all.toml")]
    [InlineData(2, "query")]
    [InlineData(2)]
    public async Task The_exit_status_tells_how_it_went(int expected, params string[] arguments)
    {
        await using ServerProcess command = ServerProcess.Start(arguments);
        (int status, string[] output) = await command.WaitForEndAsync();
        Assert.True(status == expected, command.Everything);
        Assert.True(expected == 0 ? output.Length > 0 : expected == 1 || output.Length == 0);
    }
}
