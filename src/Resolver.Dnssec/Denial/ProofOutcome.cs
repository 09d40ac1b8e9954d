// What looking for a proof of absence can come to.
using Resolver.Wire;

namespace Resolver.Dnssec;

/// <summary>The outcome of a proof.</summary>
internal enum ProofOutcome : byte
{
    /// <summary>The records do not prove it: an answer that needs the proof is bogus.</summary>
    NotProven,

    /// <summary>Proven.</summary>
    Proven,

    /// <summary>
    /// Proven, save for an unsigned delegation that opt-out allows there: insecure (RFC 5155 §9.2).
    /// </summary>
    InsecureOptOut,

    /// <summary>The zone hashes more often than the limit: insecure, not looked at (RFC 9276 §3.2).</summary>
    InsecureIterations,

    /// <summary>The hashes that the query may cost are spent.</summary>
    BudgetSpent,
}

/// <summary>Whether and why a delegation has no DS.</summary>
internal enum DelegationProof : byte
{
    /// <summary>The records do not prove it.</summary>
    NotProven,

    /// <summary>A delegation is there and has no DS: what is below is insecure.</summary>
    InsecureDelegation,

    /// <summary>The name exists and is no delegation: the zone goes on.</summary>
    NoCut,

    /// <summary>The name does not exist in the zone.</summary>
    NoName,

    /// <summary>An unsigned delegation may be there, by opt-out: insecure (RFC 5155 §8.6, §8.9).</summary>
    InsecureOptOut,

    /// <summary>The zone hashes more often than the limit: insecure (RFC 9276 §3.2).</summary>
    InsecureIterations,

    /// <summary>The hashes that the query may cost are spent.</summary>
    BudgetSpent,
}

/// <summary>A name and a type to be denied.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The type.</param>
internal readonly record struct DeniedType(DomainName Name, RRType Type);
