// The four outcomes of DNSSEC validation (RFC 4035 §4.3), and the state before it.
namespace Resolver.Wire;

/// <summary>What validation found (RFC 4035 §4.3).</summary>
public enum SecurityStatus : byte
{
    /// <summary>
    /// Validation was not done: switched off, or not asked for; or the rebinding guard took something away.
    /// </summary>
    Unchecked,

    /// <summary>No trust anchor covers the data.</summary>
    Indeterminate,

    /// <summary>The zone is provably unsigned.</summary>
    Insecure,

    /// <summary>A chain of trust exists and is broken.</summary>
    Bogus,

    /// <summary>A chain of signatures leads from a trust anchor to the data.</summary>
    Secure,
}
