// The control socket as operators use it: the real program, the real socket.
using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging.Abstractions;
using Resolver.Engine;
using Resolver.Wire;
using Xunit;

namespace Resolver.Server.Tests;

public sealed class ControlTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("resolver-control-");

    private string Path => System.IO.Path.Combine(_folder.FullName, "control");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_running_server_tells_its_state_explains_its_failures_and_forgets_names()
    {
        (ServerProcess server, IPEndPoint address) = await ServeAsync();
        await using (server)
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, ModeOf(Path));
            await AskAsync(address, "www.example.com");
            await AskAsync(address, "www.example.com");
            await AskAsync(address, "ring.alias.com");
            await CheckStatusAsync(address);
            await CheckExplainAsync();
            string flushed = await RunAsync("flush example.com");
            Assert.StartsWith(
                "example.com. and everything below it is forgotten", flushed, StringComparison.Ordinal);
            string again = await RunAsync("explain www.example.com --live");
            Assert.Contains("Ask ", again, StringComparison.Ordinal);

            await server.SignalAsync("TERM");
            (int status, string[] output) = await server.WaitForEndAsync();
            Assert.Equal(0, status);
            Assert.Empty(output);
            Assert.Empty(_folder.GetFileSystemInfos());
        }
    }

    [Fact]
    public async Task A_negative_trust_anchor_is_begun_shown_and_ended_while_the_server_runs()
    {
        (ServerProcess server, IPEndPoint address) = await ServeAsync();
        await using (server)
        {
            Assert.True(await IsAuthenticAsync(address));
            Assert.Equal("none\n", await RunAsync("nta list"));
            Assert.Matches(
                @"^example\.com\. and everything below it is not judged until [-0-9]{10} [:0-9]{8}Z\.\n$",
                await RunAsync("nta add example.com --for 30m"));
            Assert.False(await IsAuthenticAsync(address));
            Assert.StartsWith("example.com. until 2", await RunAsync("nta list"), StringComparison.Ordinal);
            Assert.Contains(
                "Not judged  example.com. until 2", await RunAsync("status"), StringComparison.Ordinal);
            using JsonDocument json = JsonDocument.Parse(await RunAsync("status --json"));
            Assert.Equal(
                "example.com.",
                json.RootElement.GetProperty("negative-trust-anchors")[0].GetProperty("name").GetString());

            Assert.Equal(
                "example.com. and everything below it is judged again.\n",
                await RunAsync("nta remove example.com"));
            Assert.True(await IsAuthenticAsync(address));
            Assert.Equal("none\n", await RunAsync("nta list"));
        }
    }

    [Fact]
    public async Task A_live_servers_socket_is_never_taken_and_a_dead_ones_is_replaced()
    {
        (ServerProcess first, _) = await ServeAsync();
        await using (first)
        {
            await using ServerProcess second = ServerProcess.Start(
                "serve", "--internet", "sample", "--listen", "127.0.0.1:0",
                "--set", $"control.socket={Path}");
            await second.WaitForErrorAsync(
                $"cannot open the control socket {Path}: another server listens there");
            Assert.Equal(1, (await second.WaitForEndAsync()).Status);
            Assert.Contains("resolver ", await RunAsync("status"), StringComparison.Ordinal);

            await first.SignalAsync("KILL");
            _ = await first.WaitForEndAsync();
            Assert.True(System.IO.Path.Exists(Path));
        }

        (ServerProcess third, _) = await ServeAsync();
        await using (third)
        {
            Assert.Contains("In flight", await RunAsync("status"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_that_is_no_socket_is_left_alone()
    {
        File.WriteAllText(Path, "mine");
        Assert.Null(ControlSocketFile.TryOpen(Path, 8, out string problem));
        Assert.Equal("there is a file that is no socket", problem);
        Assert.Equal("mine", File.ReadAllText(Path));
        string tooLong = "/" + new string('a', ControlProtocol.MaxPath);
        Assert.Null(ControlSocketFile.TryOpen(tooLong, 8, out problem));
        Assert.Contains("107 octets", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense\n", "error no such request")]
    [InlineData("flush a..b\n", "error 'a..b' is no domain name")]
    [InlineData("explain text a NOTYPE\n", "error 'a NOTYPE' is no question")]
    [InlineData("nta add a..b 60\n", "error 'a..b' is no domain name")]
    [InlineData("nta add a 0\n", "error a negative trust anchor lasts for a second at least and a day")]
    [InlineData("nta add a 86401\n", "error a negative trust anchor lasts")]
    [InlineData("nta add a x\n", "error a negative trust anchor lasts")]
    [InlineData("nta add kept.example 60\n", "error kept.example. stands in the configuration")]
    [InlineData("nta remove kept.example\n", "error kept.example. stands in the configuration")]
    [InlineData("nta remove a..b\n", "error 'a..b' is no domain name")]
    [InlineData("nta remove a\n", "error there is no negative trust anchor at a.")]
    [InlineData("nta list\n", "ok\nkept.example. as long as the configuration has it\n")]
    [InlineData(null, "error a request is a line")]
    public async Task A_request_that_is_none_gets_a_reason(string? request, string expected)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        ServerConfiguration configuration = ServerConfiguration.Default with { Threads = 1, Listen = [] };
        configuration = configuration with
        {
            Options = configuration.Options with
            {
                NegativeTrustAnchors = [DomainName.Parse("kept.example")],
            },
        };
        await using ServedResolver served = ServedResolver.Bind(
            configuration, new QueryPolicy(configuration), NullLoggerFactory.Instance);
        ControlRequests requests = new(
            served,
            new StatusReading(served, TimeProvider.System),
            new NegativeAnchorRequests(served, NullLogger.Instance));
        await using ControlServer? server = ControlServer.TryStart(
            Path, requests, NullLogger.Instance, out string problem);
        Assert.True(server is not null, problem);
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path), cancellation);
        request ??= new string('x', ControlProtocol.MaxRequest);
        await socket.SendAsync(Encoding.ASCII.GetBytes(request), cancellation);
        byte[] reply = new byte[4096];
        int length = await socket.ReceiveAsync(reply, cancellation);
        Assert.StartsWith(expected, Encoding.UTF8.GetString(reply, 0, length), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task As_many_connections_are_served_at_once_as_the_limit_says(int most)
    {
        ServerConfiguration configuration = ServerConfiguration.Default with
        {
            Threads = 1,
            Listen = [],
            Options = ServerConfiguration.Default.Options with
            {
                Limits = new ResolverLimits { MaxControlConnections = most },
            },
        };
        await using ServedResolver served = ServedResolver.Bind(
            configuration, new QueryPolicy(configuration), NullLoggerFactory.Instance);
        ControlRequests requests = new(
            served,
            new StatusReading(served, TimeProvider.System),
            new NegativeAnchorRequests(served, NullLogger.Instance));
        await using ControlServer? server = ControlServer.TryStart(
            Path, requests, NullLogger.Instance, out string problem);
        Assert.True(server is not null, problem);
        List<Socket> idle = [];
        for (int i = 0; i < most - 1; i++)
        {
            idle.Add(await ConnectAsync());
        }

        using Socket last = await ConnectAsync();
        await AskAsync(last);
        Assert.Equal(most - 1, idle.Count);

        idle.Add(await ConnectAsync());
        using Socket tooMany = await ConnectAsync();
        _ = await tooMany.SendAsync("nonsense\n"u8.ToArray(), TestContext.Current.CancellationToken);
        Assert.False(tooMany.Poll(TimeSpan.FromMilliseconds(50), SelectMode.SelectRead));
        idle.ForEach(static socket => socket.Dispose());
        Assert.NotEqual(
            0, await tooMany.ReceiveAsync(new byte[4096], TestContext.Current.CancellationToken));
    }

    private async Task<Socket> ConnectAsync()
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(
            new UnixDomainSocketEndPoint(Path), TestContext.Current.CancellationToken);
        return socket;
    }

    private static async Task AskAsync(Socket socket)
    {
        byte[] reply = new byte[4096];
        _ = await socket.SendAsync("nonsense\n"u8.ToArray(), TestContext.Current.CancellationToken);
        Assert.NotEqual(0, await socket.ReceiveAsync(reply, TestContext.Current.CancellationToken));
    }

    private static async Task<bool> IsAuthenticAsync(IPEndPoint address)
    {
        byte[] query = QueryMessage.Create(DomainName.Parse("www.example.com"), RRType.A, true);
        AskedReply? reply = await new ServerExchange(address, TimeProvider.System).AskAsync(query, false);
        Assert.NotNull(reply);
        return (reply.Message[3] & 0x20) != 0;
    }

    private static UnixFileMode ModeOf(string path) =>
        OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);

    private static async Task AskAsync(IPEndPoint address, string name)
    {
        byte[] query = QueryMessage.Create(DomainName.Parse(name), RRType.A, false);
        Assert.NotNull(await new ServerExchange(address, TimeProvider.System).AskAsync(query, false));
    }

    private Task<(ServerProcess Server, IPEndPoint Address)> ServeAsync() => ServerProcess.ServeAsync(
        "--internet", "sample", "--set", $"control.socket={Path}");

    private async Task CheckStatusAsync(IPEndPoint address)
    {
        string text = await RunAsync("status");
        Assert.Contains($"answering on {address}", text, StringComparison.Ordinal);
        Assert.Contains("ring.alias.com. A (", text, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(await RunAsync("status --json"));
        JsonElement root = json.RootElement;
        Assert.Equal(3, root.GetProperty("queries").GetProperty("udp").GetInt64());
        Assert.Equal(1, root.GetProperty("queries").GetProperty("hits").GetInt64());
        Assert.Equal(2, root.GetProperty("answers").GetProperty("NOERROR").GetInt64());
        Assert.Equal(0, root.GetProperty("in-flight").GetProperty("queries").GetInt64());
        Assert.Equal(0, root.GetProperty("in-flight").GetProperty("overdue").GetInt64());
        Assert.True(root.GetProperty("ipv4").GetProperty("replies").GetInt64() > 0);
        Assert.Equal(
            "ring.alias.com.", root.GetProperty("last-failures")[0].GetProperty("name").GetString());
    }

    private async Task CheckExplainAsync()
    {
        string kept = await RunAsync("explain ring.alias.com --live");
        Assert.StartsWith("A client's query failed ", kept, StringComparison.Ordinal);
        Assert.Contains("Ask ", kept, StringComparison.Ordinal);
        Assert.Contains("the aliases go round in a circle", kept, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(await RunAsync("explain ring.alias.com --live --json"));
        Assert.Equal(1, json.RootElement.GetProperty("times-failed").GetInt32());

        string cached = await RunAsync("explain www.example.com --live");
        Assert.Contains("The cache has www.example.com. A", cached, StringComparison.Ordinal);
        Assert.Contains("Cost: 0 queries", cached, StringComparison.Ordinal);
    }

    private async Task<string> RunAsync(string line)
    {
        (int status, string output, string error) =
            await CommandLineTests.RunAsync($"{line} --control {Path}");
        Assert.True(status == 0, error);
        return output;
    }
}
