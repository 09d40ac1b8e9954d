// Names may hold any octet (RFC 2181 §11): NUL, dots inside labels, markup, terminal escapes. Whatever prints
// them prints them escaped: walks, messages, JSON, extended errors, logs.
using System;
using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Resolver.Engine;
using Resolver.Testing;
using Resolver.Wire;
using Xunit;

namespace Resolver.Server.Tests;

public sealed class HostileNameTests
{
    private const string Nul = "nul\\000nul";
    private const string Dot = "a\\.b";
    private const string Markup = "<script>alert\\(1\\)</script>";
    private const string Terminal = "\\027[2J\\027]0\\;owned\\007\\155";

    public static TheoryData<string> Labels => [Nul, Dot, Markup, Terminal, "\\195\\164", "\\\"\\\\"];

    [Theory]
    [MemberData(nameof(Labels))]
    public void A_hostile_alias_target_is_printed_escaped_by_explain_and_query(string label)
    {
        using Rig rig = new(label, NullLoggerFactory.Instance);
        DomainName name = DomainName.Parse("www.evil.");
        Resolution resolution = rig.Resolve(name);
        Assert.Equal(2, resolution.Answer.Count);
        Explanation explanation = new(name, RRType.A, resolution);
        string text = explanation.ToText();
        AssertHarmless(text);
        Assert.Contains(DomainName.Parse(label + ".evil.").ToString(), text, StringComparison.Ordinal);
        AssertHarmless(explanation.ToJson());
        Assert.DoesNotContain("<", explanation.ToJson(), StringComparison.Ordinal);

        byte[] reply = rig.Answer(name);
        MessageContent message = MessageContent.Read(reply);
        Assert.Equal(WireError.None, message.Error);
        AssertHarmless(MessageText.Format(message));
    }

    [Theory]
    [MemberData(nameof(Labels))]
    public void A_failure_caused_by_hostile_names_is_told_escaped_to_clients_and_logs(string label)
    {
        using LineCollector lines = new();
        using Rig rig = new(label, lines);
        DomainName name = DomainName.Parse(label + ".dead.evil.");
        byte[] reply = rig.Answer(name);
        MessageContent message = MessageContent.Read(reply);
        Assert.Equal(Rcode.ServFail, message.Rcode);
        AssertHarmless(MessageText.Format(message));
        Assert.Contains("EDE: 22", Assert.Single(message.Options), StringComparison.Ordinal);

        // The option itself, as clients other than ours get it: printable ASCII, whatever the names were.
        int at = reply.AsSpan().IndexOf("no server"u8);
        Assert.True(at > 0);
        Assert.All(reply[at..], static o => Assert.InRange(o, 0x20, 0x7E));
        EngineLog.Fault(
            lines.CreateLogger(""), new Question(name, RRType.A, default).ToString(), new FormatException("x"));
        Assert.All(lines.Lines, AssertHarmless);
        Assert.NotEmpty(lines.Lines);
    }

    private static void AssertHarmless(string text) =>
        Assert.DoesNotContain(text, static c => c is not ('\n' or '\t' or '…') and (< ' ' or > '~'));

    private static byte[] Query(DomainName name)
    {
        byte[] buffer = new byte[QueryWriter.MaxLength];
        int length = QueryWriter.Write(buffer, new UpstreamQuestion
        {
            Id = 1,
            Flags = HeaderFlags.RecursionDesired,
            Name = name.Wire,
            Type = RRType.A,
            Class = RRClass.IN,
            Edns = new OptFields(1232, 0, 0, false),
        });
        return buffer[..length];
    }

    // The server of dead.evil. has a hostile name too, and never answers.
    private static SimulatedInternet MakeInternet(string label)
    {
        const string Head = "$TTL 300\n@ SOA ns.evil. admin.evil. 1 2 3 4 5\n";
        return new SimulatedInternetBuilder()
            .Zone(".", Head + "@ NS a.root-servers.net.\na.root-servers.net. A 198.41.0.4\n"
                + "evil. NS ns.evil.\nns.evil. A 192.0.2.1\n")
            .Zone("evil.", Head + $"@ NS ns\nns A 192.0.2.1\nwww CNAME {label}\n{label} A 192.0.2.80\n"
                + $"dead NS {label}.dead\n{label}.dead A 192.0.2.99\n")
            .Server("198.41.0.4", ".")
            .Server("192.0.2.1", "evil.")
            .Build();
    }

    private sealed class Rig : IDisposable
    {
        private readonly VirtualNetwork _network;
        private readonly RecursiveResolver _resolver;

        public Rig(string label, ILoggerFactory loggers)
        {
            _network = new VirtualNetwork(MakeInternet(label));
            _resolver = RecursiveResolver.Create(new ResolverOptions
            {
                Network = _network,
                RootHints = _network.Internet.RootHints,
                LoggerFactory = loggers,
            });
        }

        public Resolution Resolve(DomainName name) => _network.Run(async () =>
            await _resolver.ResolveAsync(name, RRType.A, new QueryOptions { Trace = true }));

        public byte[] Answer(DomainName name)
        {
            ArrayBufferWriter<byte> reply = new();
            _network.Run(async () => await _resolver.AnswerAsync(Query(name), reply));
            return reply.WrittenSpan.ToArray();
        }

        public void Dispose() => _network.Run(async () => await _resolver.DisposeAsync());
    }

    private sealed class LineCollector : ILoggerFactory, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
