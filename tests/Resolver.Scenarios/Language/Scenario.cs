// A scenario as read: what the resolver is told, what the servers say at which step, what the client
// does.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using Resolver.Wire;

namespace Resolver.Scenarios;

/// <summary>What a step does.</summary>
internal enum StepKind
{
    Query,
    CheckAnswer,
    CheckOutQuery,
    TimePasses,

    /// <summary>A server speaks, once, to a query that no range answers.</summary>
    Reply,

    /// <summary>Such a query is not answered.</summary>
    Timeout,

    /// <summary>Such a query ends in an error of the network.</summary>
    Error,

    /// <summary>What is known of a name is forgotten.</summary>
    Flush,

    /// <summary>A server is given a round-trip time.</summary>
    RoundTrip,
    Nothing,
}

/// <summary>One step.</summary>
internal sealed record ScenarioStep(int Id, StepKind Kind)
{
    public ScenarioEntry? Entry { get; init; }

    /// <summary>What passes, or the round-trip time.</summary>
    public TimeSpan Elapse { get; init; }

    /// <summary>The server meant; null for any.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>The name to forget.</summary>
    public DomainName Name { get; init; }
}

/// <summary>What the servers at some addresses (at all, when none is named) say from step to step.</summary>
internal sealed record AnswerRange(int First, int Last)
{
    public List<IPAddress> Addresses { get; } = [];

    public List<ScenarioEntry> Entries { get; } = [];

    public bool Holds(int step) => step >= First && step <= Last;

    public bool Holds(int step, IPAddress address) =>
        Holds(step) && (Addresses.Count == 0 || Addresses.Contains(address));
}

/// <summary>A whole file.</summary>
internal sealed class Scenario
{
    public required string Name { get; init; }

    public string Title { get; set; } = "";

    public ScenarioConfig Config { get; } = new();

    public List<AnswerRange> Ranges { get; } = [];

    public List<ScenarioStep> Steps { get; } = [];

    /// <summary>What the reader did not understand, with its line: such a scenario cannot pass.</summary>
    public List<string> Problems { get; } = [];

    public bool NeedsValidation => Config.TrustAnchors.Count > 0 && !ScenarioOptions.Validation;

    /// <summary>CHECK_OUT_QUERY says nothing, as in Deckard.</summary>
    public bool PassesOverSentQueries { get; init; }

    /// <summary>What is excused.</summary>
    public DutyList Duties { get; init; } = DutyList.Empty;

    /// <summary>What happens to queries that no range answers.</summary>
    public IEnumerable<ScenarioStep> Replies =>
        Steps.Where(static s => s.Kind is StepKind.Reply or StepKind.Timeout or StepKind.Error);
}
