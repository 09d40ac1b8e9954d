// What one run came to.
using System.Collections.Generic;

namespace Resolver.Simulation;

/// <summary>The result of one seed.</summary>
internal sealed record RunResult(ulong Seed)
{
    /// <summary>The promise that was broken; null when all were kept.</summary>
    public string? Failure { get; init; }

    /// <summary>What went before the failure, for people.</summary>
    public string Story { get; init; } = "";

    /// <summary>The hash of everything that happened.</summary>
    public ulong Hash { get; init; }

    /// <summary>Queries of clients.</summary>
    public int Queries { get; init; }

    /// <summary>Of these, those that failed while something was wrong.</summary>
    public int Failures { get; init; }

    /// <summary>Exchanges with servers.</summary>
    public int Exchanges { get; init; }

    /// <summary>Replies with AD.</summary>
    public int Proven { get; init; }

    /// <summary>What was in it: kinds of signing, adversaries.</summary>
    public IReadOnlyList<string> Traits { get; init; } = [];
}
