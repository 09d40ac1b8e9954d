// Proofs by NSEC3: RFC 5155 §8.3-8.9, RFC 6840 §4.1 and §4.4, RFC 9276 §3.2.
using System;
using Resolver.Wire;

namespace Resolver.Dnssec;

/// <summary>Looks for proofs in NSEC3 ranges.</summary>
internal static class Nsec3Denial
{
    /// <summary>Neither the name nor a wildcard for it exists (RFC 5155 §8.4).</summary>
    public static ProofOutcome OfName(DenialEvidence evidence, DomainName name, ref int unitsLeft)
    {
        ClosestEncloser encloser = ClosestEncloser.Find(evidence, name.Wire, ref unitsLeft);
        if (encloser.Outcome != ProofOutcome.Proven)
        {
            return encloser.Outcome;
        }

        if (encloser.IsNameItself)
        {
            return ProofOutcome.NotProven;
        }

        if (!TryHashWildcard(evidence, name.Wire, encloser.Labels, ref unitsLeft, out NameHash wildcard))
        {
            return ProofOutcome.BudgetSpent;
        }

        return !evidence.TryCover(wildcard, out _) ? ProofOutcome.NotProven : JudgeOptOut(encloser.Cover);
    }

    /// <summary>The name, or the wildcard for it, does not have the type (RFC 5155 §8.5-8.7).</summary>
    public static ProofOutcome OfType(
        DenialEvidence evidence, in DeniedType denied, ref int unitsLeft)
    {
        ReadOnlySpan<byte> name = denied.Name.Wire;
        ClosestEncloser encloser = ClosestEncloser.Find(evidence, name, ref unitsLeft);
        if (encloser.Outcome != ProofOutcome.Proven)
        {
            return encloser.Outcome;
        }

        if (encloser.IsNameItself)
        {
            return Judge(Denial.Allows(new TypesAtName(encloser.Match, name), denied.Type));
        }

        if (!TryHashWildcard(evidence, name, encloser.Labels, ref unitsLeft, out NameHash wildcard))
        {
            return ProofOutcome.BudgetSpent;
        }

        if (evidence.TryMatch(wildcard, out Nsec3Range source))
        {
            return !Denial.Allows(new TypesAtName(source, name), denied.Type) ? ProofOutcome.NotProven
                : JudgeOptOut(encloser.Cover);
        }

        // RFC 5155 §8.6 and §7.1: by opt-out an unsigned delegation, and an empty name above such alone, has
        // no NSEC3.
        return encloser.Cover.IsOptOut ? ProofOutcome.InsecureOptOut : ProofOutcome.NotProven;
    }

    /// <summary>Nothing exists below the encloser on the way to the name (RFC 5155 §8.8).</summary>
    public static ProofOutcome OfCloserName(
        DenialEvidence evidence, DomainName name, int encloserLabels, ref int unitsLeft)
    {
        Nsec3Parameters parameters = evidence.Nsec3[0].Parameters;
        int surplus = name.LabelCount - encloserLabels - 1;
        if (surplus < 0)
        {
            return ProofOutcome.NotProven;
        }

        if (parameters.Iterations > evidence.MaxIterations)
        {
            return ProofOutcome.InsecureIterations;
        }

        ReadOnlySpan<byte> nextCloser = NameOctets.Skip(name.Wire, surplus);
        return !Nsec3Hash.TryHash(nextCloser, parameters, ref unitsLeft, out NameHash hash)
                ? ProofOutcome.BudgetSpent
            : !evidence.TryCover(hash, out Nsec3Range cover) ? ProofOutcome.NotProven
            : JudgeOptOut(cover);
    }

    /// <summary>No DS at the name, and what the name is (RFC 5155 §8.6, §8.9).</summary>
    public static DelegationProof OfDelegationSigner(
        DenialEvidence evidence, DomainName name, ref int unitsLeft)
    {
        ClosestEncloser encloser = ClosestEncloser.Find(evidence, name.Wire, ref unitsLeft);
        if (encloser.Outcome == ProofOutcome.Proven && !encloser.IsNameItself)
        {
            return encloser.Cover.IsOptOut ? DelegationProof.InsecureOptOut : DelegationProof.NoName;
        }

        return encloser.Outcome switch
        {
            ProofOutcome.Proven => JudgeDelegation(encloser.Match, name),
            ProofOutcome.InsecureOptOut => DelegationProof.InsecureOptOut,
            ProofOutcome.InsecureIterations => DelegationProof.InsecureIterations,
            ProofOutcome.BudgetSpent => DelegationProof.BudgetSpent,
            ProofOutcome.NotProven => DelegationProof.NotProven,
            _ => DelegationProof.NotProven,
        };
    }

    private static DelegationProof JudgeDelegation(Nsec3Range match, DomainName name) =>
        !Denial.Allows(new TypesAtName(match, name.Wire), RRType.DS) ? DelegationProof.NotProven
        : match.IsDelegation ? DelegationProof.InsecureDelegation
        : DelegationProof.NoCut;

    private static bool TryHashWildcard(
        DenialEvidence evidence, ReadOnlySpan<byte> name, int labels, ref int unitsLeft, out NameHash hash)
    {
        Span<byte> wildcard = stackalloc byte[NameOctets.MaxLength + 2];
        wildcard = wildcard[..WildcardName.Write(name, labels, wildcard)];
        return Nsec3Hash.TryHash(wildcard, evidence.Nsec3[0].Parameters, ref unitsLeft, out hash);
    }

    private static ProofOutcome Judge(bool isProven) =>
        isProven ? ProofOutcome.Proven : ProofOutcome.NotProven;

    // RFC 5155 §9.2: a range with opt-out may hide an unsigned delegation.
    private static ProofOutcome JudgeOptOut(in Nsec3Range cover) =>
        cover.IsOptOut ? ProofOutcome.InsecureOptOut : ProofOutcome.Proven;
}
