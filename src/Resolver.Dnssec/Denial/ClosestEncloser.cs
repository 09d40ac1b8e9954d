// The closest encloser proof of NSEC3 (RFC 5155 §8.3): an ancestor of the name that a range matches, and the
// name one label longer, the next closer name, that a range covers. A match at a delegation or a DNAME shows
// that somebody else answers below (RFC 6840 §4.1).
//
// Names are hashed from both ends in turn, for each hash costs: of a long name that was made up the encloser
// is near the zone's apex, of one that is missing among its like it is near the name. So a name of a hundred
// labels costs four hashes, and who wants to make work has to have a zone as deep (CVE-2023-50868).
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

    /// <summary>Looks for the encloser of a name of the zone.</summary>
    public static ClosestEncloser Find(INsec3Ranges ranges, ReadOnlySpan<byte> name, ref int unitsLeft)
    {
        if (ranges.Parameters.Iterations > ranges.MaxIterations)
        {
            return new ClosestEncloser(ProofOutcome.InsecureIterations);
        }

        int nameLabels = NameOctets.CountLabels(name);
        if (!TryHash(ranges, name, nameLabels, ref unitsLeft, out NameHash below))
        {
            return new ClosestEncloser(ProofOutcome.BudgetSpent);
        }

        return ranges.TryMatch(below, out Nsec3Range own)
            ? new ClosestEncloser(ProofOutcome.Proven)
            {
                IsNameItself = true,
                Match = own,
                Labels = nameLabels,
            }
            : FindAbove(ranges, name, below, ref unitsLeft);
    }

    private static ClosestEncloser FindAbove(
        INsec3Ranges ranges, ReadOnlySpan<byte> name, NameHash below, ref int unitsLeft)
    {
        int highest = ranges.ZoneLabels;
        int lowest = NameOctets.CountLabels(name) - 1;
        bool isMatched = false;
        Nsec3Range match = default;
        while (highest <= lowest)
        {
            if (!TryHash(ranges, name, highest, ref unitsLeft, out NameHash hash))
            {
                return new ClosestEncloser(ProofOutcome.BudgetSpent);
            }

            if (isMatched && ranges.TryCover(hash, out Nsec3Range cover))
            {
                return Prove(match, cover, highest - 1);
            }

            isMatched = ranges.TryMatch(hash, out match);
            if (highest++ == lowest)
            {
                break;
            }

            if (!TryHash(ranges, name, lowest, ref unitsLeft, out hash))
            {
                return new ClosestEncloser(ProofOutcome.BudgetSpent);
            }

            if (ranges.TryMatch(hash, out Nsec3Range deepest))
            {
                return ranges.TryCover(below, out cover)
                    ? Prove(deepest, cover, lowest)
                    : new ClosestEncloser(ProofOutcome.NotProven);
            }

            below = hash;
            lowest--;
        }

        // The ends have met: what was hashed last from below is one label longer than the last from above.
        return isMatched && ranges.TryCover(below, out Nsec3Range last)
            ? Prove(match, last, highest - 1)
            : new ClosestEncloser(ProofOutcome.NotProven);
    }

    private static bool TryHash(
        INsec3Ranges ranges, ReadOnlySpan<byte> name, int labels, ref int unitsLeft, out NameHash hash) =>
        Nsec3Hash.TryHash(
            NameOctets.Skip(name, NameOctets.CountLabels(name) - labels),
            ranges.Parameters,
            ref unitsLeft,
            out hash);

    private static ClosestEncloser Prove(in Nsec3Range match, in Nsec3Range cover, int labels) =>
        match.IsDelegation || match.Has(RRType.Dname)
            ? new ClosestEncloser(ProofOutcome.NotProven)
            : new ClosestEncloser(ProofOutcome.Proven) { Match = match, Cover = cover, Labels = labels };
}
