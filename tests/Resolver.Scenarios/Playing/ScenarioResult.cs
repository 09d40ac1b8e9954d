// How a scenario ended.
using System.Collections.Generic;

namespace Resolver.Scenarios;

/// <summary>The verdict.</summary>
internal enum ScenarioVerdict
{
    Passed,
    Failed,

    /// <summary>It did not pass, and has trust anchors, which have no effect yet.</summary>
    NeedsValidation,

    /// <summary>It did not pass, and need not: the list of duties says why.</summary>
    NoDuty,
}

/// <summary>The verdict with its grounds.</summary>
internal sealed record ScenarioResult(string Name, ScenarioVerdict Verdict)
{
    /// <summary>The first difference; when it passed, what is worth telling.</summary>
    public string Difference { get; init; } = "";

    /// <summary>The step that failed; 0 when none did.</summary>
    public int Step { get; init; }

    /// <summary>Expected and got, the queries sent, and the trace of the query.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];
}
