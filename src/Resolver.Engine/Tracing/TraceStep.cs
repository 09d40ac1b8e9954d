// One step of a resolution as it is kept: values and references that exist already, so that a step of an
// ordinary query costs a copy and no allocation. Text is made of it when somebody reads (TraceEvent).
using System;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>A step before anybody reads it. Members that do not apply to the kind hold nothing.</summary>
internal struct TraceStep
{
    /// <summary>Ticks since the trace began.</summary>
    public long At;

    /// <summary>Ticks of a round trip, or of waiting in vain.</summary>
    public long Elapsed;

    /// <summary>The name asked for, followed or stored.</summary>
    public DomainName Name;

    /// <summary>The zone whose servers are asked.</summary>
    public DomainName Zone;

    /// <summary>The name of the server asked.</summary>
    public ServerName ServerName;

    /// <summary>Where an alias or a referral leads.</summary>
    public DomainName Target;

    /// <summary>What was decided, where it is text already.</summary>
    public string? Verdict;

    /// <summary>Why, where it is text already.</summary>
    public string? Reason;

    /// <summary>Address and port of the server asked.</summary>
    public InetEndpoint Server;

    /// <summary>Octets of the reply, or records left out.</summary>
    public int Count;

    /// <summary>Exchanges so far.</summary>
    public int Exchanges;

    /// <summary>Exchanges that the budget still allows.</summary>
    public int ExchangesLeft;

    /// <summary>The type asked for or stored.</summary>
    public RRType? Type;

    /// <summary>The reply's rcode, or the question's.</summary>
    public Rcode? Rcode;

    /// <summary>How the exchange ended.</summary>
    public ExchangeStatus Status;

    /// <summary>What a reply was taken for.</summary>
    public ReplyKind Reply;

    /// <summary>What it tells.</summary>
    public TraceKind Kind;

    /// <summary>The transport of an exchange.</summary>
    public ExchangeTransport Transport;

    /// <summary>0 for the client's question.</summary>
    public byte Depth;

    private readonly bool IsExchange => Kind is TraceKind.Asked or TraceKind.Answered or TraceKind.Scrubbed;

    private readonly bool HasZone =>
        IsExchange || Kind is TraceKind.ZoneEntered or TraceKind.AddressNeeded;

    /// <summary>The step in words.</summary>
    public readonly TraceEvent ToEvent() => new()
    {
        At = new TimeSpan(At),
        Kind = Kind,
        Depth = Depth,
        Name = Name.ToString(),
        Type = Type?.ToString(),
        Zone = HasZone ? Zone.ToString() : null,
        ServerName = IsExchange ? ServerName.ToString() : null,
        Server = IsExchange ? Server.ToString() : null,
        Transport = !IsExchange ? null : Transport == ExchangeTransport.Udp ? "udp" : "tcp",
        Elapsed = Kind == TraceKind.Answered ? new TimeSpan(Elapsed) : null,
        Rcode = Kind == TraceKind.Answered ? Rcode?.ToString() : null,
        Octets = Kind == TraceKind.Answered ? Count : 0,
        Verdict = Verdict ?? VerdictOfKind(),
        Reason = Reason,
        Exchanges = Exchanges,
        ExchangesLeft = ExchangesLeft,
    };

    private readonly string? VerdictOfKind() => Kind switch
    {
        TraceKind.AliasFollowed => Target.ToString(),
        TraceKind.Finished => Rcode?.ToString(),
        TraceKind.Scrubbed => string.Create(null, $"{Count} records left out"),
        TraceKind.Answered => Rcode is null
            ? Status == ExchangeStatus.Reply ? "too late, another server was quicker" : Status.ToString()
            : Reply == ReplyKind.Referral ? $"referral to {Target}"
            : Reply.ToString(),
        TraceKind.Started or TraceKind.CacheHit or TraceKind.LocalAnswer or TraceKind.Joined
            or TraceKind.ZoneEntered or TraceKind.AddressNeeded or TraceKind.Asked or TraceKind.Stored
            or TraceKind.LimitMet or TraceKind.Validated => null,
        _ => null,
    };
}
