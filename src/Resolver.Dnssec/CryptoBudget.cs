// What validation may still spend for one client query: the KeyTrap and NSEC3 families (CVE-2023-50387,
// CVE-2023-50868) were work that nobody counted. A field of the query's budget, passed by reference; it only
// shrinks.
namespace Resolver.Dnssec;

/// <summary>Counters of expensive work. Mutable; pass by reference.</summary>
internal struct CryptoBudget
{
    /// <summary>Signature checks still allowed.</summary>
    public int ChecksLeft;

    /// <summary>Failed signature checks still allowed.</summary>
    public int FailuresLeft;

    /// <summary>
    /// Units of NSEC3 hashing still allowed: see <see cref="Nsec3Hash"/>.
    /// </summary>
    public int HashUnitsLeft;

    /// <summary>True when one more signature may be checked.</summary>
    public readonly bool MayCheck => ChecksLeft > 0 && FailuresLeft > 0;
}
