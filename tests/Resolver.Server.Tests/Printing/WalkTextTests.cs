// The walk as text, from events alone.
using System;
using System.Text.Json;
using Resolver.Engine;
using Xunit;

namespace Resolver.Server.Tests;

public sealed class WalkTextTests
{
    [Fact]
    public void Each_step_is_a_line_that_says_what_and_why()
    {
        TraceEvent[] steps =
        [
            At(0, TraceKind.Started) with { Reason = "asked by the client" },
            At(0.1, TraceKind.ZoneEntered) with { Zone = ".", Reason = "nothing closer is known" },
            Exchange(0.2, TraceKind.Asked),
            Exchange(10.4, TraceKind.Answered) with
            {
                Rcode = "NOERROR", Octets = 512, Elapsed = TimeSpan.FromMilliseconds(10.2),
                Verdict = "referral to com.",
            },
            At(10.5, TraceKind.Stored) with { Name = "com.", Type = "NS", Verdict = "delegation" },
            Exchange(11, TraceKind.Asked) with { Exchanges = 2, ExchangesLeft = 126 },
            Exchange(411, TraceKind.Answered) with
            {
                Elapsed = TimeSpan.FromMilliseconds(400), Verdict = "TimedOut",
            },
            At(412, TraceKind.AddressNeeded) with { Depth = 1, Name = "ns.example.", Type = "AAAA" },
            At(420, TraceKind.Finished) with { Verdict = "NXDOMAIN" },
        ];
        const string Expected = """
                  0.0 ms  Question: www.example.com. A (asked by the client)
                  0.1 ms  Go to the servers of . (nothing closer is known)
                  0.2 ms  Ask a.root-servers.net. at 198.41.0.4:53 by UDP: com. NS?  [exchange 1, 127 left]
                 10.4 ms    Reply NOERROR, 512 octets after 10.2 ms: referral to com.
                 10.5 ms    Keep com. NS: delegation
                 11.0 ms  Ask a.root-servers.net. at 198.41.0.4:53 by UDP: com. NS?  [exchange 2, 126 left]
                411.0 ms    No reply: timed out, after 400.0 ms
                412.0 ms    An address is needed first: ns.example. AAAA
                420.0 ms  Done: www.example.com. A is NXDOMAIN

            """;
        Assert.Equal(Expected, WalkText.Format(steps, 0));
    }

    [Fact]
    public void Steps_that_were_not_kept_are_told() =>
        Assert.EndsWith(
            "… and 7 more steps that were not kept\n", WalkText.Format([], 7), StringComparison.Ordinal);

    [Fact]
    public void Control_characters_of_strangers_do_not_reach_the_terminal() => Assert.DoesNotContain(
        '\u001b', WalkText.Format([At(0, TraceKind.LimitMet) with { Reason = "\u001b[2J" }], 0));

    [Fact]
    public void Every_kind_of_step_has_a_sentence()
    {
        foreach (TraceKind kind in Enum.GetValues<TraceKind>())
        {
            string line = WalkText.Format([At(0, kind) with { Verdict = "v" }], 0);
            Assert.DoesNotContain(kind.ToString() + "\n", line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void As_data_a_step_holds_what_applies_to_it()
    {
        StepModel model = StepModel.From(Exchange(1.5, TraceKind.Asked));
        Assert.Equal(
            (1.5, "udp", 1, 127), (model.AtMs, model.Transport, model.Exchanges, model.ExchangesLeft));
        Assert.Null(model.Octets);
        Assert.Null(StepModel.From(At(0, TraceKind.Started)).Exchanges);
        WalkModel walk = new()
        {
            Name = "a.",
            Type = "A",
            Status = "NOERROR",
            Security = "Unchecked",
            Answer = [],
            Authority = [],
            Exchanges = 1,
            ElapsedMs = 2,
            Steps = [model],
            StepsDropped = 0,
        };
        using JsonDocument json = JsonDocument.Parse(
            JsonSerializer.Serialize(walk, PrintedJson.Default.WalkModel));
        JsonElement step = json.RootElement.GetProperty("steps")[0];
        Assert.Equal("Asked", step.GetProperty("kind").GetString());
        Assert.Equal("a.root-servers.net.", step.GetProperty("server-name").GetString());
        Assert.False(step.TryGetProperty("octets", out _));
    }

    private static TraceEvent At(double milliseconds, TraceKind kind) => new()
    {
        At = TimeSpan.FromMilliseconds(milliseconds),
        Kind = kind,
        Depth = 0,
        Name = "www.example.com.",
        Type = "A",
    };

    private static TraceEvent Exchange(double milliseconds, TraceKind kind) => At(milliseconds, kind) with
    {
        Name = "com.",
        Type = "NS",
        Zone = ".",
        ServerName = "a.root-servers.net.",
        Server = "198.41.0.4:53",
        Transport = "udp",
        Exchanges = 1,
        ExchangesLeft = 127,
    };
}
