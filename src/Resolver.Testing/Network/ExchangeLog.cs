// What went over the wire, in the order in which it ended: tests count in it, failures print it, and one hash
// over all of it tells whether two runs were the same run.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Resolver.Engine;
using Resolver.Wire;

namespace Resolver.Testing;

/// <summary>One exchange that has ended.</summary>
internal sealed record ExchangeRecord
{
    /// <summary>Index of the loop.</summary>
    public required int Loop { get; init; }

    /// <summary>Timestamp of its beginning.</summary>
    public required long Began { get; init; }

    /// <summary>Timestamp of its end.</summary>
    public required long Ended { get; init; }

    /// <summary>The server.</summary>
    public required InetAddress Server { get; init; }

    /// <summary>The transport.</summary>
    public required ExchangeTransport Transport { get; init; }

    /// <summary>How it ended.</summary>
    public required ExchangeStatus Status { get; init; }

    /// <summary>The query's octets.</summary>
    public required ReadOnlyMemory<byte> Query { get; init; }

    /// <summary>The reply's octets; empty without a reply.</summary>
    public required ReadOnlyMemory<byte> Reply { get; init; }

    /// <summary>The name asked for.</summary>
    public DomainName Name => ReadQuestion().Name;

    /// <summary>The type asked for.</summary>
    public RRType Type => ReadQuestion().Type;

    /// <summary>The reply's rcode, its low four bits; null without a reply.</summary>
    public Rcode? Rcode =>
        MessageHeader.TryRead(Reply.Span, out MessageHeader header) ? header.LowRcode : null;

    /// <summary>One line for people.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Began - VirtualScheduler.Beginning) / 10_000.0,10:F1} ms  loop {Loop}  {Server} {Transport} "
        + $"{Name} {Type} -> {Status} {Rcode} in {(Ended - Began) / 10_000.0:F1} ms");

    private (DomainName Name, RRType Type) ReadQuestion()
    {
        Span<byte> name = stackalloc byte[NameOctets.MaxLength];
        _ = QueryView.TryRead(Query.Span, name, out QueryView view);
        return (
            view.NameLength == 0 ? default : DomainName.FromValidWire(name[..view.NameLength]), view.Type);
    }
}

/// <summary>The exchanges of a simulation. For virtual loops: it is not thread-safe, and keeps all.</summary>
internal sealed class ExchangeLog
{
    private readonly List<ExchangeRecord> _exchanges = [];

    /// <summary>The exchanges, in the order of their ends.</summary>
    public IReadOnlyList<ExchangeRecord> Exchanges => _exchanges;

    /// <summary>A number that stands for all exchanges, their times and their octets (FNV-1a).</summary>
    public TraceHash Hash { get; } = new();

    /// <summary>Forgets the exchanges; the hash goes on.</summary>
    public void Clear() => _exchanges.Clear();

    /// <summary>All exchanges as text.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        _exchanges.ForEach(e => text.AppendLine(e.ToString()));
        return text.ToString();
    }

    internal void Add(ExchangeRecord exchange)
    {
        _exchanges.Add(exchange);
        Hash.Add(exchange.Loop);
        Hash.Add(exchange.Began);
        Hash.Add(exchange.Ended);
        Hash.Add(Encoding.ASCII.GetBytes(exchange.Server.ToString()));
        Hash.Add((byte)exchange.Transport);
        Hash.Add((byte)exchange.Status);
        Hash.Add(exchange.Query.Span);
        Hash.Add(exchange.Reply.Span);
    }
}
