// Attacks on the chain of trust: DS stripped, algorithms that nobody knows, signatures of the child for the
// parent, of long ago, or of nothing, in numbers (RFC 4035 §5, RFC 6840 §5).
using System;
using System.Collections.Generic;
using System.Linq;
using Resolver.Testing;
using Resolver.Testing.Tests;
using Resolver.Wire;

namespace Resolver.Simulation;

/// <summary>Attacks keys, DS and signatures.</summary>
internal static class ChainTricks
{
    private const byte Unknown = ZoneSigning.UnknownAlgorithm;

    /// <summary>The tricks.</summary>
    public static PathTrick[] Tricks { get; } =
    [
        Spare("strips DS and ranges", static (_, d) => d.Records.RemoveAll(static r => IsOfChain(r.Type))),
        Spare("strips DS, answers below unsigned", StripAndForge),
        Spare("algorithms and digests made unknown", MakeUnknown),
        Spare("signatures of one zone for another", ResignByOther),
        Spare("signatures that have expired", ReplayExpired),
        Spare("bad signatures before the good ones", CrowdSignatures),
        Spare("keys of others among the zone's", MixKeys),
        Spare("an alias without its DNAME", static (_, d) => LeaveOutDname(d)),
    ];

    private static PathTrick Spare(string name, Action<PathAdversary, Draft> alter) =>
        new(name, alter) { SparesReferrals = true };

    private static bool IsOfChain(RRType type) =>
        type == RRType.DS || type == RRType.Nsec || type == RRType.Nsec3;

    private static void StripAndForge(PathAdversary adversary, Draft draft)
    {
        if (draft.Type == RRType.DS || draft.Type == RRType.Dnskey || draft.IsReferral)
        {
            draft.Records.RemoveAll(static r => r.Type == RRType.DS || r.Type == RRType.Dnskey);
            return;
        }

        Alterations.Forge(draft);
    }

    private static void MakeUnknown(PathAdversary adversary, Draft draft)
    {
        bool isDigest = adversary.Random.Chance(0.3);
        for (int i = 0; i < draft.Records.Count; i++)
        {
            ReplyRecord record = draft.Records[i];
            int at = record.Type == RRType.DS ? isDigest ? 3 : 2
                : record.Type == RRType.Dnskey ? 3
                : record.Type == RRType.Rrsig ? 2 : -1;
            if (at >= 0 && record.Rdata.Length > at)
            {
                byte[] rdata = [.. record.Rdata];
                rdata[at] = Unknown;
                draft.Records[i] = record with { Rdata = rdata };
            }
        }
    }

    // The signatures of some set of another zone, said to cover this one.
    private static void ResignByOther(PathAdversary adversary, Draft draft)
    {
        AuthoritativeZone zone = adversary.DrawZone(draft.Name);
        RRset source = adversary.Random.Chance(0.5) ? zone.Soa : zone.Apex.Find(RRType.Dnskey);
        if (source.IsEmpty || source.SignatureCount == 0)
        {
            return;
        }

        foreach (ReadOnlySpan<byte> rdata in source.Signatures)
        {
            byte[] other = rdata.ToArray();
            for (int i = 0; i < draft.Records.Count; i++)
            {
                ReplyRecord record = draft.Records[i];
                if (record.Type == RRType.Rrsig && record.Rdata.Length > 4)
                {
                    byte[] changed = [.. record.Rdata[..2], .. other[2..]];
                    changed[3] = record.Rdata[3];
                    draft.Records[i] = record with { Rdata = changed };
                }
            }
        }
    }

    private static void ReplayExpired(PathAdversary adversary, Draft draft)
    {
        if (draft.IsReferral)
        {
            return;
        }

        Draft old = adversary.RecallExpired(draft);
        draft.Clear(old.Flags).Rcode = old.Rcode;
        draft.Records.AddRange(old.Records);
    }

    private static void CrowdSignatures(PathAdversary adversary, Draft draft)
    {
        List<ReplyRecord> crowd = [];
        foreach (ReplyRecord record in draft.Records.Where(static r => r.Type == RRType.Rrsig))
        {
            for (int count = 1 + adversary.Random.NextBelow(6); count > 0; count--)
            {
                byte[] rdata = [.. record.Rdata];
                rdata[^(1 + adversary.Random.NextBelow(Math.Min(60, rdata.Length)))] ^= 0x40;
                crowd.Add(record with { Rdata = rdata });
            }
        }

        draft.Records.InsertRange(0, crowd.Where(static r => r.Section == MessageSection.Answer));
        draft.Records.AddRange(crowd.Where(static r => r.Section == MessageSection.Authority));
        draft.Records.Sort(static (a, b) => a.Section.CompareTo(b.Section));
    }

    private static void MixKeys(PathAdversary adversary, Draft draft)
    {
        RRset keys = adversary.Draw(adversary.Zones).Apex.Find(RRType.Dnskey);
        foreach (ReadOnlySpan<byte> rdata in keys.Records)
        {
            draft.Add(MessageSection.Answer, draft.Name, RRType.Dnskey, rdata.ToArray());
        }
    }

    private static void LeaveOutDname(Draft draft)
    {
        draft.Records.RemoveAll(static r => r.Type == RRType.Dname
            || (r.Type == RRType.Rrsig && r.Rdata is [0, 39, ..]));
    }
}
