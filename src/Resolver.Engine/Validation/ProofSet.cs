// Verified NSEC and NSEC3 sets as evidence, and what a proof's outcome means for the data that needs it.
using System;
using System.Collections.Generic;
using Resolver.Dnssec;
using Resolver.Wire;
using Evidence = Resolver.Dnssec.DenialEvidence;

namespace Resolver.Engine;

/// <summary>Makes evidence of subjects.</summary>
internal static class ProofSet
{
    /// <summary>The evidence that a zone's keys have verified; null when there is none.</summary>
    public static Evidence? Of(ReadOnlySpan<Subject> subjects, ZoneKeys keys, DnssecPolicy policy)
    {
        DomainName zone = DomainName.FromValidWire(keys.Zone);
        List<RRset> verified = [];
        foreach (Subject subject in subjects)
        {
            if (subject.IsProvenBy(zone) && !subject.Check.IsWildcardExpanded
                && DenialSigner.IsOf(subject.Set, keys.Zone))
            {
                verified.Add(subject.Set);
            }
        }

        return verified.Count == 0 ? null : Evidence.Collect(keys.Zone, verified.ToArray(), policy);
    }

    /// <summary>What follows for data that would be <paramref name="good"/> if proven.</summary>
    public static Finding Judge(ProofOutcome outcome, Finding good, string otherwise) => outcome switch
    {
        ProofOutcome.Proven => good,
        ProofOutcome.InsecureOptOut => good with { Status = SecurityStatus.Insecure },
        ProofOutcome.InsecureIterations => Iterations(good),
        ProofOutcome.BudgetSpent => Finding.Bogus(
            ExtendedErrorCode.DnssecBogus, "limit max-nsec3-hash-units met"),
        ProofOutcome.NotProven => Finding.Bogus(ExtendedErrorCode.NsecMissing, otherwise),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    /// <summary>Insecure, because the zone hashes too often.</summary>
    public static Finding Iterations(Finding good) => good with
    {
        Status = SecurityStatus.Insecure,
        Error = new ExtendedError(
            ExtendedErrorCode.UnsupportedNsec3Iterations, "limit max-nsec3-iterations exceeded by the zone"),
    };
}
