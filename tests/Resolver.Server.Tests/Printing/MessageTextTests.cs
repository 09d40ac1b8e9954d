// Messages as octets beside what dig 9.18 prints of them: the files of the folder dig, first line hex, then
// dig's text.
using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using Resolver.Wire;
using Xunit;

namespace Resolver.Server.Tests;

public sealed class MessageTextTests
{
    private static readonly string Folder =
        Path.Combine(Repository.Root, "tests", "Resolver.Server.Tests", "Printing", "dig");

    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Folder, "*.txt").Select(f => Path.GetFileNameWithoutExtension(f)!).Order()];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_is_printed_as_dig_prints_it(string name)
    {
        (byte[] message, string expected) = Read(name);
        Assert.Equal(expected, MessageText.Format(MessageContent.Read(message)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_cut_anywhere_is_still_printed(string name)
    {
        (byte[] message, _) = Read(name);
        for (int length = MessageHeader.Length; length < message.Length; length++)
        {
            MessageContent content = MessageContent.Read(message.AsSpan(0, length));
            Assert.NotEqual(WireError.None, content.Error);
            Assert.Contains(
                "the message is malformed", MessageText.Format(content), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_JSON_form_holds_the_same_facts()
    {
        (byte[] message, _) = Read("alias");
        AskedReply reply = new(message, TimeSpan.FromMilliseconds(12.5), "192.0.2.1#53(192.0.2.1)", "UDP");
        using JsonDocument json = JsonDocument.Parse(MessageJson.Format(MessageContent.Read(message), reply));
        JsonElement root = json.RootElement;
        Assert.Equal("NOERROR", root.GetProperty("status").GetString());
        Assert.Equal(
            ["qr", "aa", "rd"], root.GetProperty("flags").EnumerateArray().Select(f => f.GetString()!));
        JsonElement last = root.GetProperty("answer").EnumerateArray().Last();
        Assert.Equal("target.example.test.", last.GetProperty("name").GetString());
        Assert.Equal(3600, last.GetProperty("ttl").GetInt32());
        Assert.Equal("A", last.GetProperty("type").GetString());
        Assert.Equal("192.0.2.2", last.GetProperty("data").GetString());
        Assert.Equal(1232, root.GetProperty("edns").GetProperty("udp-payload-size").GetInt32());
        Assert.Equal(12.5, root.GetProperty("query-time-ms").GetDouble());
        Assert.Equal(message.Length, root.GetProperty("size").GetInt32());
        Assert.False(root.TryGetProperty("error", out _));
    }

    [Fact]
    public void The_footer_tells_time_server_and_size()
    {
        (byte[] message, string body) = Read("alias");
        QueryRequest request = new(
            DomainName.Parse("www.example.test"), RRType.MX, new(System.Net.IPAddress.Loopback, 53));
        AskedReply reply = new(message, TimeSpan.FromMilliseconds(12.5), "127.0.0.1#53(127.0.0.1)", "TCP")
        {
            WasTruncated = true,
        };
        Microsoft.Extensions.Time.Testing.FakeTimeProvider time = new(
            new DateTimeOffset(2026, 3, 9, 7, 8, 9, TimeSpan.Zero));
        string expected = ";; Truncated, retrying in TCP mode.\n\n; <<>> Resolver <<>> www.example.test. MX\n"
            + "; (1 server found)\n;; global options: +cmd\n" + body
            + ";; Query time: 12 msec\n;; SERVER: 127.0.0.1#53(127.0.0.1) (TCP)\n"
            + ";; WHEN: Mon Mar 09 07:08:09 UTC 2026\n;; MSG SIZE  rcvd: 144\n\n";
        Assert.Equal(expected, DigText.Format(request, MessageContent.Read(message), reply, time));
    }

    private static (byte[] Message, string Text) Read(string name)
    {
        string content = File.ReadAllText(Path.Combine(Folder, name + ".txt"));
        int end = content.IndexOf('\n', StringComparison.Ordinal);
        return (Convert.FromHexString(content.AsSpan(0, end)), content[(end + 1)..]);
    }
}
