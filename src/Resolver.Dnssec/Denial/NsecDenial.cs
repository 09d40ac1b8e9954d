// Proofs by NSEC: RFC 4035 §5.4 and §5.3.4, RFC 6840 §4. Every name of the zone that exists is an owner, an
// end, or above one of them; so the closest encloser of an absent name is known from the range that covers
// it.
using System;
using Resolver.Wire;

namespace Resolver.Dnssec;

/// <summary>Looks for proofs in NSEC ranges.</summary>
internal static class NsecDenial
{
    /// <summary>Neither the name nor a wildcard for it exists.</summary>
    public static ProofOutcome OfName(DenialEvidence evidence, ReadOnlySpan<byte> name)
    {
        if (!TryCover(evidence, name, out NsecRange range))
        {
            return ProofOutcome.NotProven;
        }

        Span<byte> wildcard = stackalloc byte[NameOctets.MaxLength + 2];
        wildcard = wildcard[..WildcardName.Write(name, range.EncloserLabelsOf(name), wildcard)];
        return TryCover(evidence, wildcard, out _) ? ProofOutcome.Proven : ProofOutcome.NotProven;
    }

    /// <summary>The name, or the wildcard that stands for it, does not have the type.</summary>
    public static ProofOutcome OfType(DenialEvidence evidence, in DeniedType denied)
    {
        ReadOnlySpan<byte> name = denied.Name.Wire;
        if (TryMatch(evidence, name, out NsecRange own))
        {
            return Judge(Denial.Allows(new TypesAtName(own), denied.Type));
        }

        if (IsEmptyNonTerminal(evidence, name))
        {
            return ProofOutcome.Proven;
        }

        if (!TryCover(evidence, name, out NsecRange range))
        {
            return ProofOutcome.NotProven;
        }

        Span<byte> wildcard = stackalloc byte[NameOctets.MaxLength + 2];
        wildcard = wildcard[..WildcardName.Write(name, range.EncloserLabelsOf(name), wildcard)];
        return Judge(TryMatch(evidence, wildcard, out NsecRange source)
            ? Denial.Allows(new TypesAtName(source), denied.Type)
            : IsEmptyNonTerminal(evidence, wildcard));
    }

    /// <summary>Nothing exists between the name and the encloser with so many labels.</summary>
    public static ProofOutcome OfCloserName(
        DenialEvidence evidence, ReadOnlySpan<byte> name, int encloserLabels) =>
        Judge(TryCover(evidence, name, out NsecRange range)
            && range.EncloserLabelsOf(name) <= encloserLabels);

    /// <summary>No DS at the name, and what the name is.</summary>
    public static DelegationProof OfDelegationSigner(DenialEvidence evidence, ReadOnlySpan<byte> name)
    {
        if (TryMatch(evidence, name, out NsecRange own))
        {
            return !Denial.Allows(new TypesAtName(own), RRType.DS) ? DelegationProof.NotProven
                : own.IsDelegation ? DelegationProof.InsecureDelegation
                : DelegationProof.NoCut;
        }

        return IsEmptyNonTerminal(evidence, name) ? DelegationProof.NoCut
            : TryCover(evidence, name, out _) ? DelegationProof.NoName
            : DelegationProof.NotProven;
    }

    private static ProofOutcome Judge(bool isProven) =>
        isProven ? ProofOutcome.Proven : ProofOutcome.NotProven;

    private static bool TryMatch(DenialEvidence evidence, ReadOnlySpan<byte> name, out NsecRange match)
    {
        foreach (NsecRange range in evidence.Nsec)
        {
            if (range.Matches(name))
            {
                match = range;
                return true;
            }
        }

        match = default;
        return false;
    }

    // A range that covers the name and does not show that names below it exist.
    private static bool TryCover(DenialEvidence evidence, ReadOnlySpan<byte> name, out NsecRange cover)
    {
        foreach (NsecRange range in evidence.Nsec)
        {
            if (range.Covers(name) && !range.ShowsEmptyNonTerminal(name))
            {
                cover = range;
                return true;
            }
        }

        cover = default;
        return false;
    }

    private static bool IsEmptyNonTerminal(DenialEvidence evidence, ReadOnlySpan<byte> name)
    {
        foreach (NsecRange range in evidence.Nsec)
        {
            if (range.ShowsEmptyNonTerminal(name))
            {
                return true;
            }
        }

        return false;
    }
}
