// How the validation of what a walk found ended.
namespace Resolver.Engine;

/// <summary>The kinds of end.</summary>
internal enum ValidationEndKind : byte
{
    /// <summary>Secure, insecure or indeterminate: it may be used.</summary>
    Settled,

    /// <summary>A chain of trust exists and is broken.</summary>
    Bogus,

    /// <summary>The asker's budget was spent first: nothing is said of the data.</summary>
    Spent,
}

/// <summary>The end.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Outcome">What waiters get; of bogus data the failure; spent: how the asker fails.</param>
internal readonly record struct ValidationEnd(ValidationEndKind Kind, LinkOutcome Outcome)
{
    /// <summary>Bogus: true when other servers may have better data.</summary>
    public bool IsOfData { get; init; }
}
