// An entry: a message of the script, how to recognise another by it, and what to change before it is sent.
using System;
using System.Collections.Generic;
using Resolver.Wire;

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
    Serial,
    DnssecOk,
    Edns,
    NoEdns,
    EdnsOptions,
    ExtendedError,
    ClientCookie,
    ServerCookie,
    Nsid,
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
    CopyEdnsOptions = 16,
    IncrementScope = 32,
}

/// <summary>One entry.</summary>
internal sealed class ScenarioEntry
{
    public required int Line { get; init; }

    /// <summary>It has to be used, or the scenario fails.</summary>
    public bool IsMandatory { get; set; }

    public HashSet<MatchField> Matches { get; } = [];

    public Adjustments Adjustments { get; set; }

    /// <summary>The serial that MATCH serial=... wants in the SOA of the authority section.</summary>
    public uint Serial { get; set; }

    /// <summary>The code that MATCH ede=... wants; null for any.</summary>
    public ushort? ExtendedError { get; set; }

    /// <summary>How much later than usual the reply comes.</summary>
    public TimeSpan Delay { get; set; }

    public ScriptMessage Message { get; } = new();

    /// <summary>Records of which the script says that they may or may not be there.</summary>
    public List<(MessageSection Section, ScriptRecord Record)> Optional { get; } = [];

    /// <summary>The octets of RAW or HEX_ANSWER; null without.</summary>
    public byte[]? Raw { get; set; }

    public bool Has(Adjustments adjustment) => (Adjustments & adjustment) != 0;
}
