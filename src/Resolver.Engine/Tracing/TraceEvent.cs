// One step of a resolution, as data. Explain, JSON, logs of failures and scenario prints are made of these
// alone.
using System;

namespace Resolver.Engine;

/// <summary>One step of a resolution. Members that do not apply to the kind are null or 0.</summary>
public sealed record TraceEvent
{
    /// <summary>Time since the trace began.</summary>
    public required TimeSpan At { get; init; }

    /// <summary>What it tells.</summary>
    public required TraceKind Kind { get; init; }

    /// <summary>0 for the client's question, 1 for a resolution that it caused, and so on.</summary>
    public required int Depth { get; init; }

    /// <summary>The name asked for, followed or stored, in presentation form.</summary>
    public string? Name { get; init; }

    /// <summary>The type asked for or stored.</summary>
    public string? Type { get; init; }

    /// <summary>The zone whose servers are asked.</summary>
    public string? Zone { get; init; }

    /// <summary>The name of the server asked.</summary>
    public string? ServerName { get; init; }

    /// <summary>Address and port of the server asked.</summary>
    public string? Server { get; init; }

    /// <summary>udp or tcp.</summary>
    public string? Transport { get; init; }

    /// <summary>Round trip, or how long was waited in vain.</summary>
    public TimeSpan? Elapsed { get; init; }

    /// <summary>The reply's rcode.</summary>
    public string? Rcode { get; init; }

    /// <summary>Octets of the reply.</summary>
    public int Octets { get; init; }

    /// <summary>
    /// What it was taken for, or what was decided, in a word or two: referral, answer, timed out …
    /// </summary>
    public string? Verdict { get; init; }

    /// <summary>Why, for people.</summary>
    public string? Reason { get; init; }

    /// <summary>Exchanges with servers that the budget has counted so far.</summary>
    public int Exchanges { get; init; }

    /// <summary>Exchanges that the budget still allows.</summary>
    public int ExchangesLeft { get; init; }
}
