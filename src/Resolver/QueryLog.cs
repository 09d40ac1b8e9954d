// A line for every client query, for those who turn it on: who, what, what came of it, how long it took and
// whether name servers had to be waited for. Names are in presentation form, where every octet that a
// terminal or a log reader could stumble over is escaped (RFC 1035 §5.1). Off, it costs a branch.
using System;
using System.Threading;
using Microsoft.Extensions.Logging;
using Resolver.Engine;
using Resolver.Wire;

namespace Resolver;

/// <summary>The log of queries. Thread-safe.</summary>
internal sealed partial class QueryLog
{
    /// <summary>The category of its lines.</summary>
    public const string Category = "Resolver.Queries";

    private readonly ILogger _log;
    private bool _isOn;

    public QueryLog(ILoggerFactory loggers) => _log = loggers.CreateLogger(Category);

    /// <summary>Whether lines are written; may change at any time.</summary>
    public bool IsOn
    {
        get => Volatile.Read(ref _isOn);
        set => Volatile.Write(ref _isOn, value);
    }

    /// <summary>A query was answered, or left without reply, by the thread that received it.</summary>
    public void AnsweredAtOnce(in ClientContext client, ReadOnlySpan<byte> query, ReadOnlySpan<byte> reply)
    {
        if (_log.IsEnabled(LogLevel.Information))
        {
            string result = RcodeOf(reply);
            Line(_log, SenderOf(client), TransportOf(client), QuestionOf(query), result, 0,
                result is "NOERROR" or "NXDOMAIN" or "YXDOMAIN" ? "hit" : "at once");
        }
    }

    /// <summary>A query was answered after its turn.</summary>
    public void AnsweredLater(
        in ClientContext client, ClientQuery query, ReadOnlySpan<byte> reply, TimeSpan elapsed)
    {
        if (_log.IsEnabled(LogLevel.Information))
        {
            Line(_log, SenderOf(client), TransportOf(client), query.Question.ToString(), RcodeOf(reply),
                elapsed.TotalMilliseconds, query.Walk is { HasWaited: false } ? "hit" : "miss");
        }
    }

    private static string SenderOf(in ClientContext client) =>
        client.Transport == ClientTransport.InProcess ? "this-process" : client.Remote.ToString();

    private static string TransportOf(in ClientContext client) => client.Transport switch
    {
        ClientTransport.Udp => "udp",
        ClientTransport.Tcp => "tcp",
        ClientTransport.InProcess => "call",
        _ => throw new ArgumentOutOfRangeException(nameof(client)),
    };

    private static string RcodeOf(ReadOnlySpan<byte> reply) =>
        reply.Length > 3 ? new Rcode((ushort)(reply[3] & 0xF)).ToString() : "no-reply";

    private static string QuestionOf(ReadOnlySpan<byte> query)
    {
        Span<byte> name = stackalloc byte[NameOctets.MaxLength];
        return MessageReader.TryCreate(query, out MessageReader reader)
            && reader.TryReadQuestion(name, out QuestionView question, out _)
            ? $"{DomainName.FromValidWire(name[..question.NameLength])} {question.Type}"
            : "? ?";
    }

    [LoggerMessage(
        2001, LogLevel.Information, "{Client} {Transport} {Question} {Rcode} {Milliseconds:F1} ms {Source}",
        SkipEnabledCheck = true)]
    private static partial void Line(
        ILogger log, string client, string transport, string question, string rcode, double milliseconds,
        string source);
}
