// serve as whoever starts it sees it: ready line, answers, signals, exit statuses.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using Resolver.Wire;
using Xunit;

namespace Resolver.Server.Tests;

public sealed class ServeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("resolver-serve-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task It_says_ready_answers_on_UDP_and_TCP_and_ends_well_on_SIGTERM()
    {
        (ServerProcess server, IPEndPoint address) = await ServerProcess.ServeAsync();
        await using (server)
        {
            Assert.NotEqual(0, address.Port);
            Assert.Equal("NOERROR", await AskAsync(address, "localhost", byTcp: false));
            Assert.Equal("NOERROR", await AskAsync(address, "localhost", byTcp: true));
            Assert.Equal("NXDOMAIN", await AskAsync(address, "name.invalid", byTcp: false));
            await server.SignalAsync("TERM");
            (int status, string[] output) = await server.WaitForEndAsync();
            Assert.Equal(0, status);
            Assert.Empty(output);
        }
    }

    [Fact]
    public async Task A_ready_line_that_cannot_be_written_ends_it_with_1_and_a_clear_message()
    {
        await using FullWriter output = new();
        await using StringWriter error = new();
        int status = await CommandLine.RunAsync(
            ["serve", "--set", "resolution.priming=false", "--listen", "127.0.0.1:0"],
            new CommandSurroundings(output, error, TimeProvider.System));
        Assert.Equal(1, status);
        Assert.Equal(
            "resolver serve: cannot write to standard output: No space left on device.",
            error.ToString().TrimEnd());
    }

    [Fact]
    public async Task The_ready_line_names_every_address_once_for_UDP_and_once_for_TCP()
    {
        await using ServerProcess server = ServerProcess.Start(
            "serve", "--set", "resolution.priming=false", "--listen", "127.0.0.1:0", "--listen",
            "127.0.0.2:0");
        string ready = await server.ReadOutputAsync();
        Assert.Matches(
            @"^ready udp=127\.0\.0\.1:(\d+),127\.0\.0\.2:(\d+) tcp=127\.0\.0\.1:\1,127\.0\.0\.2:\2$", ready);
        await server.SignalAsync("INT");
        Assert.Equal(0, (await server.WaitForEndAsync()).Status);
    }

    [Fact]
    public async Task An_address_in_use_ends_it_with_1_and_a_clear_message()
    {
        (ServerProcess first, IPEndPoint address) = await ServerProcess.ServeAsync();
        await using (first)
        {
            await using ServerProcess second = ServerProcess.Start(
                "serve", "--set", "resolution.priming=false", "--listen", address.ToString());
            string message = await second.WaitForErrorAsync("cannot listen on " + address);
            Assert.Contains("in use", message, StringComparison.Ordinal);
            (int status, string[] output) = await second.WaitForEndAsync();
            Assert.Equal(1, status);
            Assert.Empty(output);
        }
    }

    [Fact]
    public async Task A_wrong_configuration_ends_it_with_2_before_it_is_ready()
    {
        await using ServerProcess server = ServerProcess.Start(
            "serve", "--set", "server.cookie-secret=/nowhere/at/all");
        await server.WaitForErrorAsync("name a file that can be read");
        (int status, string[] output) = await server.WaitForEndAsync();
        Assert.Equal(2, status);
        Assert.Empty(output);
    }

    [Fact]
    public async Task SIGHUP_reads_the_configuration_again_and_a_bad_file_changes_nothing()
    {
        string file = Path.Combine(_folder.FullName, "resolver.toml");
        await WriteAsync(file, "[log]\nlevel = \"information\"\n");
        (ServerProcess server, IPEndPoint address) = await ServerProcess.ServeAsync("--config", file);
        await using (server)
        {
            Assert.Equal("NOERROR", await AskAsync(address, "localhost", byTcp: false));

            await WriteAsync(
                file, "[log]\nlevel = \"information\"\n[server]\nallow = []\nidentity = \"x\"\n");
            await server.SignalAsync("HUP");
            await server.WaitForErrorAsync("A change of server.identity takes effect at the next start");
            await server.WaitForErrorAsync("The configuration was read again");
            Assert.Equal("REFUSED", await AskAsync(address, "localhost", byTcp: false));

            await WriteAsync(file, "[log]\nlevel = 7\n[server]\nallow = [\"127.0.0.0/8\"]\n");
            await server.SignalAsync("HUP");
            await server.WaitForErrorAsync(file + ":2:9: log.level cannot be 7");
            Assert.Equal("REFUSED", await AskAsync(address, "localhost", byTcp: false));

            await server.SignalAsync("TERM");
            Assert.Equal(0, (await server.WaitForEndAsync()).Status);
        }
    }

    [Fact]
    public async Task A_reload_keeps_the_cache()
    {
        await using LoneRootServer root = new();
        string hints = Path.Combine(_folder.FullName, "lone.hints");
        await WriteAsync(hints, LoneRootServer.Hints);
        (ServerProcess server, IPEndPoint address) = await ServerProcess.ServeAsync(
            "--root-hints", hints, "--set", "resolution.do-not-query=[]", "--set", "log.level=information",
            "--set", "dnssec.validation=false",
            "--set", string.Create(CultureInfo.InvariantCulture, $"resolution.upstream-port={root.Port}"));
        await using (server)
        {
            Assert.Equal("NOERROR", await AskAsync(address, "kept", byTcp: false));
            Assert.Equal(1, root.Queries);
            await server.SignalAsync("HUP");
            await server.WaitForErrorAsync("The configuration was read again");
            Assert.Equal("NOERROR", await AskAsync(address, "kept", byTcp: true));
            Assert.Equal(1, root.Queries);
            Assert.Equal("NOERROR", await AskAsync(address, "new", byTcp: false));
            Assert.Equal(2, root.Queries);
        }
    }

    [Fact]
    public async Task Inside_the_sample_internet_a_walk_ends_in_an_answer()
    {
        (ServerProcess server, IPEndPoint address) = await ServerProcess.ServeAsync("--internet", "sample");
        await using (server)
        {
            Assert.Equal("NOERROR", await AskAsync(address, "www.abc.xyz.com", byTcp: false));
            Assert.Equal("NOERROR", await AskAsync(address, "www.glueless.com", byTcp: true));
            Assert.Equal("NXDOMAIN", await AskAsync(address, "nothing.example.com", byTcp: false));
        }
    }

    [Fact]
    public async Task It_tells_systemd_when_it_is_ready_and_when_it_stops()
    {
        string path = Path.Combine(_folder.FullName, "notify");
        using Socket notify = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        notify.Bind(new UnixDomainSocketEndPoint(path));
        await using ServerProcess server = ServerProcess.Start(
            new Dictionary<string, string> { ["NOTIFY_SOCKET"] = path },
            "serve", "--set", "resolution.priming=false", "--listen", "127.0.0.1:0");
        Assert.Equal("READY=1", await ReceiveAsync(notify));
        await server.SignalAsync("HUP");
        Assert.StartsWith(
            "RELOADING=1\nMONOTONIC_USEC=", await ReceiveAsync(notify), StringComparison.Ordinal);
        Assert.Equal("READY=1", await ReceiveAsync(notify));
        await server.SignalAsync("TERM");
        Assert.Equal("STOPPING=1", await ReceiveAsync(notify));
        Assert.Equal(0, (await server.WaitForEndAsync()).Status);
    }

    private static Task WriteAsync(string file, string text) =>
        File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);

    private static async Task<string> ReceiveAsync(Socket socket)
    {
        byte[] buffer = new byte[512];
        int length = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static async Task<string> AskAsync(IPEndPoint server, string name, bool byTcp)
    {
        byte[] query = QueryMessage.Create(DomainName.Parse(name), RRType.A, dnssecOk: false);
        AskedReply? reply = await new ServerExchange(server, TimeProvider.System).AskAsync(query, byTcp);
        return MessageContent.Read(Assert.IsType<AskedReply>(reply).Message).Rcode.ToString();
    }

    private sealed class FullWriter : StringWriter
    {
        public override Task FlushAsync() => throw new IOException("No space left on device");
    }
}
