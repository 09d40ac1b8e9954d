// What one run came to.
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
}
