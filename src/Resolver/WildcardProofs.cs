// The proofs that belong to the wildcard answers of an outcome, each once: several links of an alias chain
// may rest on the same proof, and so may the denial at its end.
using System;
using System.Collections.Generic;
using Resolver.Engine;
using Resolver.Wire;

namespace Resolver;

/// <summary>Collects proofs of wildcard answers.</summary>
internal static class WildcardProofs
{
    /// <summary>The proofs with their TTLs.</summary>
    public static List<(RRset Proof, uint Ttl)> Of(ResolutionOutcome outcome, long now)
    {
        List<(RRset Proof, uint Ttl)> proofs = [];
        foreach (AnswerSet set in outcome.Answer)
        {
            foreach (RRset proof in set.Entry?.Attestation?.Proofs ?? [])
            {
                if (!proofs.Exists(p => IsSame(p.Proof, proof)))
                {
                    proofs.Add((proof, Math.Min(proof.Ttl, set.RemainingTtl(now))));
                }
            }
        }

        return proofs;
    }

    /// <summary>True when a wildcard answer of the outcome rests on the proof.</summary>
    public static bool Has(ResolutionOutcome outcome, RRset proof)
    {
        foreach (AnswerSet set in outcome.Answer)
        {
            foreach (RRset known in set.Entry?.Attestation?.Proofs ?? [])
            {
                if (IsSame(known, proof))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsSame(RRset one, RRset other) =>
        one.Type == other.Type && NameOctets.EqualsIgnoreCase(one.Owner, other.Owner);
}
