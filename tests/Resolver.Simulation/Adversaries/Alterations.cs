// Replies altered without regard to what they say: parts left out, replayed, mixed, changed.
using System;
using System.Collections.Generic;
using System.Linq;
using Resolver.Testing.Tests;
using Resolver.Wire;

namespace Resolver.Simulation;

/// <summary>Alters replies.</summary>
internal static class Alterations
{
    /// <summary>The tricks.</summary>
    public static PathTrick[] Tricks { get; } =
    [
        new(
            "another rcode",
            static (a, d) => d.Rcode = a.Random.Chance(0.5) ? Rcode.NXDomain : Rcode.NoError),
        new("no signatures", static (_, d) => d.Records.RemoveAll(static r => r.Type == RRType.Rrsig)),
        new("a section left out", LeaveOutSection),
        new("replays another reply", static (a, d) => Replay(a, d, mixes: false)),
        new("mixes two replies", static (a, d) => Replay(a, d, mixes: true)),
        new("AA flipped", static (_, d) => d.Flags ^= HeaderFlags.Authoritative),
        new("forges an answer", static (_, d) => Forge(d)),
        new("refers falsely", ReferFalsely),
        new("one record altered", AlterOne),
        new("one record altered, again", AlterOne),
    ];

    /// <summary>Refers to servers of his own.</summary>
    public static void Refer(Draft draft, DomainName cut)
    {
        DomainName server = Lies.Name("ns", cut);
        draft.Clear(HeaderFlags.None).Add(MessageSection.Authority, cut, RRType.NS, server);
        draft.Add(MessageSection.Additional, server, Lies.Address(10));
    }

    /// <summary>Answers with a lie.</summary>
    public static void Forge(Draft draft)
    {
        draft.Clear().Add(MessageSection.Answer, draft.Name, Lies.Address(9));
        if (draft.Type != RRType.A)
        {
            draft.Add(MessageSection.Answer, draft.Name, draft.Type, Lies.Name("x", draft.Name));
        }
    }

    private static void LeaveOutSection(PathAdversary adversary, Draft draft)
    {
        MessageSection section = (MessageSection)adversary.Random.NextBelow(3);
        draft.Records.RemoveAll(r => r.Section == section);
    }

    // A reply of another time or to another question: all of it, or beside what is said.
    private static void Replay(PathAdversary adversary, Draft draft, bool mixes)
    {
        if (adversary.Recall(draft) is not { } other)
        {
            return;
        }

        if (!mixes)
        {
            draft.Clear(other.Flags).Rcode = other.Rcode;
        }

        bool renames = adversary.Random.Chance(0.3);
        draft.Records.AddRange(other.Records.Select(r =>
            renames && r.Owner == other.Name ? r with { Owner = draft.Name } : r));
    }

    private static void ReferFalsely(PathAdversary adversary, Draft draft) =>
        Refer(draft, draft.Name.Suffix(adversary.Random.NextBelow(draft.Name.LabelCount + 1)));

    private static void AlterOne(PathAdversary adversary, Draft draft)
    {
        List<ReplyRecord> records = draft.Records;
        if (records.Count == 0)
        {
            return;
        }

        int at = adversary.Random.NextBelow(records.Count);
        ReplyRecord record = records[at];
        byte[] rdata = [.. record.Rdata];
        if (record.Type == RRType.A)
        {
            rdata = Lies.Address(adversary.Random.NextBelow(200)).GetAddressBytes();
        }
        else if (rdata.Length > 0)
        {
            // Early octets are labels, algorithms, key tags, times.
            int most = adversary.Random.Chance(0.5) ? Math.Min(18, rdata.Length) : rdata.Length;
            rdata[adversary.Random.NextBelow(most)] ^= (byte)(1 << adversary.Random.NextBelow(8));
        }

        switch (adversary.Random.NextBelow(5))
        {
            case 0:
                records.RemoveAt(at);
                break;
            case 1:
                records[at] = record with { Owner = draft.Name };
                break;
            case 2:
                uint longer = adversary.Random.Chance(0.5) ? uint.MaxValue >> 1 : record.Ttl * 100;
                records[at] = record with { Ttl = longer };
                break;
            case 3:
                records.Add(record with { Rdata = rdata });
                break;
            default:
                records[at] = record with { Rdata = rdata };
                break;
        }
    }
}
