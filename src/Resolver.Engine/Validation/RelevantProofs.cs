// Which proofs are checked when there are more than a denial needs: those that could prove it. Who sends
// hundreds, all of them well signed, gets neither hundreds checked nor a name lost among them
// (CVE-2026-1519). Chosen by what the records say; whether they may be believed is found out afterwards.
using System;
using System.Collections.Generic;
using Resolver.Dnssec;
using Resolver.Wire;
using Evidence = Resolver.Dnssec.DenialEvidence;

namespace Resolver.Engine;

/// <summary>What is to be proven.</summary>
/// <param name="Zone">The zone that speaks.</param>
/// <param name="Name">The name that it denies, or that it made from a wildcard.</param>
/// <param name="EncloserLabels">
/// Of a name made from a wildcard: labels of what that hangs on; else -1.
/// </param>
internal readonly record struct ProofAim(DomainName Zone, DomainName Name, int EncloserLabels = -1);

/// <summary>Chooses proofs.</summary>
internal static class RelevantProofs
{
    /// <summary>All of few proofs; of many those that could serve the aim.</summary>
    public static Subject[] Choose(
        Subject[] proofs, in ProofAim aim, ChainRoom room, ref CryptoBudget budget)
    {
        if (proofs.Length <= room.Limits.MaxProofsChecked)
        {
            return proofs;
        }

        RRset[] sets = Array.ConvertAll(proofs, static p => p.Set);
        Evidence evidence = Evidence.Collect(aim.Zone.Wire, sets, room.Policy);
        List<RRset> chosen = [];
        if (evidence.Nsec.Length > 0)
        {
            ChooseByName(evidence, aim, chosen);
        }
        else if (evidence.Nsec3.Length > 0)
        {
            ChooseByHash(evidence, aim, chosen, ref budget.HashUnitsLeft);
        }

        Subject[] relevant = Array.FindAll(proofs, p => IsAmong(chosen, p.Set));
        return relevant.Length <= room.Limits.MaxProofsChecked
            ? relevant
            : relevant[..room.Limits.MaxProofsChecked];
    }

    private static void ChooseByName(Evidence evidence, in ProofAim aim, List<RRset> chosen)
    {
        Span<byte> wildcard = stackalloc byte[NameOctets.MaxLength + 2];
        int length = 0;
        foreach (NsecRange range in evidence.Nsec)
        {
            if (range.Covers(aim.Name.Wire))
            {
                chosen.Add(range.Set);
                length = WildcardName.Write(aim.Name.Wire, range.EncloserLabelsOf(aim.Name.Wire), wildcard);
            }
            else if (range.Matches(aim.Name.Wire))
            {
                chosen.Add(range.Set);
            }
        }

        foreach (NsecRange range in length == 0 ? default : evidence.Nsec)
        {
            if (range.Matches(wildcard[..length]) || range.Covers(wildcard[..length]))
            {
                chosen.Add(range.Set);
            }
        }
    }

    private static void ChooseByHash(
        Evidence evidence, in ProofAim aim, List<RRset> chosen, ref int unitsLeft)
    {
        if (aim.EncloserLabels >= 0)
        {
            AddAt(evidence, aim.Name.Suffix(aim.EncloserLabels + 1).Wire, chosen, ref unitsLeft);
            return;
        }

        ClosestEncloser encloser = ClosestEncloser.Find(evidence, aim.Name.Wire, ref unitsLeft);
        if (encloser.Outcome == ProofOutcome.InsecureIterations)
        {
            chosen.Add(evidence.Nsec3[0].Set);
        }
        else if (encloser.Outcome == ProofOutcome.Proven)
        {
            chosen.Add(encloser.Match.Set);
            if (!encloser.IsNameItself)
            {
                chosen.Add(encloser.Cover.Set);
                Span<byte> wildcard = stackalloc byte[NameOctets.MaxLength + 2];
                wildcard = wildcard[..WildcardName.Write(aim.Name.Wire, encloser.Labels, wildcard)];
                AddAt(evidence, wildcard, chosen, ref unitsLeft);
            }
        }
    }

    private static void AddAt(
        Evidence evidence, ReadOnlySpan<byte> name, List<RRset> chosen, ref int unitsLeft)
    {
        if (name.Length <= NameOctets.MaxLength
            && Nsec3Hash.TryHash(name, evidence.Parameters, ref unitsLeft, out NameHash hash)
            && (evidence.TryMatch(hash, out Nsec3Range range) || evidence.TryCover(hash, out range)))
        {
            chosen.Add(range.Set);
        }
    }

    private static bool IsAmong(List<RRset> chosen, RRset set)
    {
        foreach (RRset one in chosen)
        {
            if (one.Type == set.Type && NameOctets.EqualsIgnoreCase(one.Owner, set.Owner))
            {
                return true;
            }
        }

        return false;
    }
}
