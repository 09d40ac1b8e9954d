// An entry: a message of the script, how to recognise another by it, and what to change before it is sent.
using System;
using System.Collections.Generic;

namespace Resolver.Scenarios;

/// <summary>What is compared.</summary>
internal enum MatchField
{
    Opcode,
    QType,
    QName,
    QCase,
    Subdomain,
    Question,
    Flags,
    Rcode,
    Answer,
    Authority,
    Additional,
    Ttl,
    DnssecOk,
    Edns,
    Udp,
    Tcp,
}

/// <summary>What is changed.</summary>
[Flags]
internal enum Adjustments
{
    None = 0,
    CopyId = 1,
    CopyQuery = 2,
    DoNotAnswer = 4,
    RawOctets = 8,
}

/// <summary>One entry.</summary>
internal sealed class ScenarioEntry
{
    public required int Line { get; init; }

    public HashSet<MatchField> Matches { get; } = [];

    public Adjustments Adjustments { get; set; }

    /// <summary>How much later than usual the reply comes.</summary>
    public TimeSpan Delay { get; set; }

    public ScriptMessage Message { get; } = new();

    /// <summary>The octets of RAW; null without.</summary>
    public byte[]? Raw { get; set; }

    public bool Has(Adjustments adjustment) => (Adjustments & adjustment) != 0;
}
