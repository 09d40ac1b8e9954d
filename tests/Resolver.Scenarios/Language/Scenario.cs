// A scenario as read: what the resolver is told, what the servers say at which step, what the client
// does.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;

namespace Resolver.Scenarios;

/// <summary>What a step does.</summary>
internal enum StepKind
{
    Query,
    CheckAnswer,
    CheckOutQuery,
    TimePasses,
    Reply,
    Nothing,
}

/// <summary>One step.</summary>
internal sealed record ScenarioStep(int Id, StepKind Kind)
{
    public ScenarioEntry? Entry { get; init; }

    public TimeSpan Elapse { get; init; }
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

    public bool NeedsValidation => Config.TrustAnchors.Count > 0;

    /// <summary>CHECK_OUT_QUERY says nothing, as in Deckard.</summary>
    public bool PassesOverSentQueries { get; init; }

    public IEnumerable<ScenarioStep> Replies => Steps.Where(static s => s.Kind == StepKind.Reply);
}
