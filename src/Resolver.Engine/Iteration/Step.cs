// What the walk has to do next: the output of Iteration.Next.
using System;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>The kinds of step.</summary>
internal enum StepKind : byte
{
    /// <summary>Ask a server, perhaps beside one whose reply is late.</summary>
    Ask,

    /// <summary>Ask a server in the background, only to know it better: nobody waits for it.</summary>
    Probe,

    /// <summary>Look up a name server's address.</summary>
    Need,

    /// <summary>Nothing until something under way has ended.</summary>
    Wait,

    /// <summary>The walk is over.</summary>
    Done,
}

/// <summary>One step.</summary>
internal readonly record struct Step
{
    /// <summary>What to do.</summary>
    public required StepKind Kind { get; init; }

    /// <summary>Ask: which visit to a zone it belongs to; replies to an earlier visit are late.</summary>
    public int Visit { get; init; }

    /// <summary>
    /// Ask: which question to the zone's servers it belongs to; replies to an earlier one are late.
    /// </summary>
    public int Round { get; init; }

    /// <summary>Ask: its number among those of the walk.</summary>
    public int Number { get; init; }

    /// <summary>Ask: the candidate's position.</summary>
    public int Server { get; init; }

    /// <summary>Ask: address and port.</summary>
    public InetEndpoint Endpoint { get; init; }

    /// <summary>Ask: the server's name.</summary>
    public ServerName ServerName { get; init; }

    /// <summary>Ask: name, type, zone and transport.</summary>
    public AskedQuestion Asked { get; init; }

    /// <summary>Ask: how long to wait.</summary>
    public TimeSpan Timeout { get; init; }

    /// <summary>Ask: after how long to tell that the reply is late; zero: never.</summary>
    public TimeSpan LateAfter { get; init; }

    /// <summary>Ask: with an OPT record.</summary>
    public bool WithEdns { get; init; }

    /// <summary>Ask: with a DNS cookie.</summary>
    public bool WithCookie { get; init; }

    /// <summary>Ask: with random letter case.</summary>
    public bool WithCase { get; init; }

    /// <summary>Need: whose address.</summary>
    public MissingAddress Missing { get; init; }

    /// <summary>Done: how it ended.</summary>
    public WalkEnd End { get; init; }

    /// <summary>Nothing for now.</summary>
    public static Step Wait => new() { Kind = StepKind.Wait };

    /// <summary>Over.</summary>
    public static Step Done(WalkEnd end) => new() { Kind = StepKind.Done, End = end };
}

/// <summary>How a walk ended, as the pure core sees it; the data is in what was stored.</summary>
internal enum WalkEndKind : byte
{
    /// <summary>The last reply holds the answer, an alias or a denial.</summary>
    Reply,

    /// <summary>No server gave a usable reply, or a limit was met.</summary>
    Failure,
}

/// <summary>How a walk ended.</summary>
/// <param name="Kind">By a reply or by failing.</param>
/// <param name="Error">Why it failed; null for a reply.</param>
internal readonly record struct WalkEnd(WalkEndKind Kind, ExtendedError? Error);
