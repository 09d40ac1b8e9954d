// A program that starts with a clock behind the last good time that its state folder keeps: what an operator
// sees of it, and that a time server's name is answered, without a word on its truth.
using System;
using System.IO;
using System.Net;
using System.Text.Json;
using System.Threading.Tasks;
using Resolver.Wire;
using Xunit;

namespace Resolver.Server.Tests;

public sealed class WrongClockTests : IDisposable
{
    // In 2040; the sample internet is signed until 2068.
    private const long LastGood = 2_208_988_800;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("resolver-clock-");

    private string Control => Path.Combine(_folder.FullName, "control");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task It_says_so_and_a_time_servers_name_is_answered_unjudged()
    {
        string state = _folder.CreateSubdirectory("state").FullName;
        await File.WriteAllTextAsync(
            Path.Combine(state, "time-floor"),
            $"time-floor {LastGood} {~LastGood}\n",
            TestContext.Current.CancellationToken);
        (ServerProcess server, IPEndPoint address) = await ServerProcess.ServeAsync(
            "--internet", "sample", "--set", $"control.socket={Control}",
            "--set", $"server.state-dir={state}", "--set", "dnssec.time-servers=[\"example.com.\"]");
        await using (server)
        {
            await server.WaitForErrorAsync("signatures at and below example.com. are not judged");
            (bool isAuthentic, string extended) = await AskAsync(address, "www.example.com");
            Assert.False(isAuthentic);
            Assert.Contains("the clock is behind the last good time", extended, StringComparison.Ordinal);
            Assert.Equal((true, ""), await AskAsync(address, "www.abc.xyz.com"));

            (int status, string output, string error) =
                await CommandLineTests.RunAsync($"status --control {Control}");
            Assert.True(status == 0, error);
            Assert.Matches(
                "Clock       wrong: it says 20.*, signatures are judged by 2040-01-01 00:00:00Z, "
                + "those of example.com. not at all\n",
                output);
            (_, output, _) = await CommandLineTests.RunAsync($"status --json --control {Control}");
            using JsonDocument json = JsonDocument.Parse(output);
            Assert.Equal(
                "example.com.",
                json.RootElement.GetProperty("clock").GetProperty("spared")[0].GetString());
        }
    }

    private static async Task<(bool IsAuthentic, string Extended)> AskAsync(IPEndPoint address, string name)
    {
        byte[] query = QueryMessage.Create(DomainName.Parse(name), RRType.A, false);
        AskedReply? reply = await new ServerExchange(address, TimeProvider.System).AskAsync(query, false);
        Assert.NotNull(reply);
        Assert.Equal(0, reply.Message[3] & 0xF);
        string options = string.Join(' ', MessageContent.Read(reply.Message).Options);
        return ((reply.Message[3] & 0x20) != 0, options);
    }
}
