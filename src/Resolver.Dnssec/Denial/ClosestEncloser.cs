// The closest encloser proof of NSEC3: RFC 5155 §8.3. From the name upwards, the first name that a range
// matches; the one before it, the next closer name, must be covered. A match at a delegation or a DNAME
// shows that somebody else answers below (RFC 6840 §4.1).
using System;
using Resolver.Wire;

namespace Resolver.Dnssec;

/// <summary>The closest encloser of a name, proven or not.</summary>
internal readonly struct ClosestEncloser
{
    private ClosestEncloser(ProofOutcome outcome) => Outcome = outcome;

    /// <summary>Proven, or why not. Opt-out is the caller's to judge.</summary>
    public ProofOutcome Outcome { get; }

    /// <summary>Labels of the encloser.</summary>
    public int Labels { get; private init; }

    /// <summary>True when the name itself exists: then there is no cover.</summary>
    public bool IsNameItself { get; private init; }

    /// <summary>The range of the encloser.</summary>
    public Nsec3Range Match { get; private init; }

    /// <summary>The range that covers the next closer name.</summary>
    public Nsec3Range Cover { get; private init; }

    /// <summary>Looks for the encloser of a name of the evidence's zone.</summary>
    public static ClosestEncloser Find(DenialEvidence evidence, ReadOnlySpan<byte> name, ref int unitsLeft)
    {
        Nsec3Parameters parameters = evidence.Nsec3[0].Parameters;
        if (parameters.Iterations > evidence.MaxIterations)
        {
            return new ClosestEncloser(ProofOutcome.InsecureIterations);
        }

        int zoneLabels = NameOctets.CountLabels(evidence.Zone);
        int nameLabels = NameOctets.CountLabels(name);
        NameHash nextCloser = default;
        for (int labels = nameLabels; labels >= zoneLabels; labels--)
        {
            ReadOnlySpan<byte> candidate = NameOctets.Skip(name, nameLabels - labels);
            if (!Nsec3Hash.TryHash(candidate, parameters, ref unitsLeft, out NameHash hash))
            {
                return new ClosestEncloser(ProofOutcome.BudgetSpent);
            }

            if (Nsec3Denial.TryMatch(evidence, hash, out Nsec3Range match))
            {
                return Prove(evidence, labels == nameLabels, match, nextCloser) with { Labels = labels };
            }

            nextCloser = hash;
        }

        return new ClosestEncloser(ProofOutcome.NotProven);
    }

    private static ClosestEncloser Prove(
        DenialEvidence evidence, bool isNameItself, Nsec3Range match, NameHash nextCloser) =>
        isNameItself
            ? new ClosestEncloser(ProofOutcome.Proven) { IsNameItself = true, Match = match }
        : match.IsDelegation || match.Has(RRType.Dname)
            || !Nsec3Denial.TryCover(evidence, nextCloser, out Nsec3Range cover)
            ? new ClosestEncloser(ProofOutcome.NotProven)
        : new ClosestEncloser(ProofOutcome.Proven) { Match = match, Cover = cover };
}
