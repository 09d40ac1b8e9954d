// The proofs of absence, whichever kind of record the zone uses: RFC 4035 §5.4 (NSEC), RFC 5155 §8 (NSEC3),
// RFC 6840 §4. The records have been verified before; names lie in the evidence's zone.
using System;
using Resolver.Wire;

namespace Resolver.Dnssec;

/// <summary>Looks for proofs. Hashes are paid from the query's budget.</summary>
internal static class Denial
{
    /// <summary>
    /// NXDOMAIN: the name does not exist, and no wildcard stands for it (RFC 4035 §5.4, RFC 5155 §8.4).
    /// </summary>
    public static ProofOutcome OfName(DenialEvidence evidence, DomainName name, ref CryptoBudget budget) =>
        !IsAbout(evidence, name) ? ProofOutcome.NotProven
        : evidence.Nsec.Length > 0 ? NsecDenial.OfName(evidence, name.Wire)
        : Nsec3Denial.OfName(evidence, name, ref budget.HashUnitsLeft);

    /// <summary>
    /// NODATA: the name or the wildcard that stands for it exists and does not have the type (RFC 5155
    /// §8.5-8.7).
    /// </summary>
    public static ProofOutcome OfType(
        DenialEvidence evidence, DeniedType denied, ref CryptoBudget budget) =>
        !IsAbout(evidence, denied.Name) ? ProofOutcome.NotProven
        : evidence.Nsec.Length > 0 ? NsecDenial.OfType(evidence, denied)
        : Nsec3Denial.OfType(evidence, denied, ref budget.HashUnitsLeft);

    /// <summary>
    /// Wildcard answer: nothing closer to the name exists than the encloser with so many labels, below which
    /// the wildcard stands (RFC 4035 §5.3.4, RFC 5155 §8.8).
    /// </summary>
    public static ProofOutcome OfCloserName(
        DenialEvidence evidence, DomainName name, int encloserLabels, ref CryptoBudget budget) =>
        !IsAbout(evidence, name) ? ProofOutcome.NotProven
        : evidence.Nsec.Length > 0 ? NsecDenial.OfCloserName(evidence, name.Wire, encloserLabels)
        : Nsec3Denial.OfCloserName(evidence, name, encloserLabels, ref budget.HashUnitsLeft);

    /// <summary>
    /// No DS at a name: whether it is an insecure delegation, or none at all (RFC 4035 §5.2, RFC 5155 §8.9).
    /// </summary>
    public static DelegationProof OfDelegationSigner(
        DenialEvidence evidence, DomainName name, ref CryptoBudget budget) =>
        !IsAbout(evidence, name) ? DelegationProof.NotProven
        : evidence.Nsec.Length > 0 ? NsecDenial.OfDelegationSigner(evidence, name.Wire)
        : Nsec3Denial.OfDelegationSigner(evidence, name, ref budget.HashUnitsLeft);

    /// <summary>
    /// What a set of types says against a denial at its own name: the type itself, a CNAME that would have
    /// been the answer (RFC 6840 §4.3), the wrong side of a zone cut (§4.1, §4.4).
    /// </summary>
    public static bool Allows(in TypesAtName types, RRType denied) =>
        !types.Has(denied) && !types.Has(RRType.Cname)
        && (denied == RRType.DS ? !types.Has(RRType.Soa) || types.IsRoot : !types.IsDelegation);

    private static bool IsAbout(DenialEvidence evidence, DomainName name) =>
        !evidence.IsEmpty && NameOctets.IsSubdomainOf(name.Wire, evidence.Zone);
}

/// <summary>The types at a name, from either kind of record.</summary>
internal readonly ref struct TypesAtName
{
    private readonly NsecRange _nsec;
    private readonly Nsec3Range _nsec3;
    private readonly bool _isHashed;

    /// <summary>The types of an NSEC's owner.</summary>
    public TypesAtName(NsecRange range)
    {
        _nsec = range;
        IsRoot = range.Owner.Length == 1;
    }

    /// <summary>The types of the name that an NSEC3 was hashed from.</summary>
    public TypesAtName(Nsec3Range range, ReadOnlySpan<byte> name)
    {
        _nsec3 = range;
        _isHashed = true;
        IsRoot = name.Length == 1;
    }

    /// <summary>True for the root, which has no parent to deny its DS.</summary>
    public bool IsRoot { get; }

    /// <summary>True at a delegation, seen from the parent.</summary>
    public bool IsDelegation => _isHashed ? _nsec3.IsDelegation : _nsec.IsDelegation;

    /// <summary>True when the name has the type.</summary>
    public bool Has(RRType type) => _isHashed ? _nsec3.Has(type) : _nsec.Has(type);
}
