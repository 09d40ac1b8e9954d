// A client query that failed, with the walk that led there.
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>A failed query. Immutable.</summary>
/// <param name="Question">What was asked.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="Walk">The steps; takes no further ones.</param>
internal sealed record FailedQuery(Question Question, ExtendedError? Error, Trace Walk)
{
    // What an entry takes beside its steps, about: this object, the trace, name, error text, places in the
    // list and the table.
    private const int Overhead = 512;

    /// <summary>What the client got: SERVFAIL, or expired data in its place.</summary>
    public Rcode Rcode { get; init; } = Rcode.ServFail;

    /// <summary>Timestamp of the failure that the walk belongs to.</summary>
    public required long At { get; init; }

    /// <summary>Timestamp of the last failure of the question.</summary>
    public required long LastAt { get; init; }

    /// <summary>How often the question failed while it was kept.</summary>
    public int Times { get; init; } = 1;

    /// <summary>Octets that keeping it takes.</summary>
    public int Octets => Overhead + Walk.Octets;
}
