// What one question may differ in from the next.
using System;

namespace Resolver;

/// <summary>Options of one question. Immutable.</summary>
public sealed record QueryOptions
{
    /// <summary>The options of a question that names none.</summary>
    public static QueryOptions Default { get; } = new();

    /// <summary>Return answers without judging their signatures (CD, RFC 4035 §3.2.2).</summary>
    public bool CheckingDisabled { get; init; }

    /// <summary>Return signatures and proofs too (DO, RFC 3225).</summary>
    public bool DnssecOk { get; init; }

    /// <summary>Ask nobody: answer from the caches, or SERVFAIL.</summary>
    public bool CacheOnly { get; init; }

    /// <summary>Keep every step in the resolution's trace.</summary>
    public bool Trace { get; init; }

    /// <summary>
    /// How long to wait; null for the resolver's own deadline, which a longer time does not prolong.
    /// </summary>
    public TimeSpan? Timeout
    {
        get;
        init => field = value is null || value > TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, "A timeout is longer than nothing.");
    }
}
