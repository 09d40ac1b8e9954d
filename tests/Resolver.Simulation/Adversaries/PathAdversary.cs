// Someone on the way between the resolver and all servers of a signed internet, who alters, drops, replays
// and mixes whatever he likes, but cannot sign (RFC 4033 §3). Nothing he does may make a reply false that the
// zones prove.
using System;
using System.Collections.Generic;
using System.Linq;
using Resolver.Testing;
using Resolver.Testing.Tests;
using Resolver.Wire;

namespace Resolver.Simulation;

/// <summary>Alters honest replies.</summary>
internal sealed class PathAdversary(SeededRandom random)
{
    private const int MostRemembered = 64;

    private readonly double _zeal = 0.05 + (random.NextBelow(60) / 100.0);
    private readonly List<Draft> _seen = [];

    /// <summary>True once he is gone.</summary>
    public bool IsGone { get; set; }

    /// <summary>The packets for a query.</summary>
    public IReadOnlyList<ScriptedPacket> Answer(ServerTurn turn)
    {
        if (turn.Honest.Length == 0)
        {
            return [];
        }

        if (IsGone || !random.Chance(_zeal))
        {
            Remember(turn);
            return [new ScriptedPacket(TimeSpan.Zero, turn.Honest)];
        }

        Draft draft = Draft.Of(turn);
        for (int count = 1 + random.NextBelow(3); count > 0; count--)
        {
            Alter(draft);
        }

        return [new ScriptedPacket(TimeSpan.Zero, draft.Write())];
    }

    private void Remember(ServerTurn turn)
    {
        Draft seen = Draft.Of(turn);
        if (_seen.Count < MostRemembered)
        {
            _seen.Add(seen);
        }
        else
        {
            _seen[random.NextBelow(MostRemembered)] = seen;
        }
    }

    private void Alter(Draft draft)
    {
        List<ReplyRecord> records = draft.Records;
        switch (random.NextBelow(12))
        {
            case 0:
                draft.Rcode = random.Chance(0.5) ? Rcode.NXDomain : Rcode.NoError;
                return;
            case 1:
                records.RemoveAll(static r => r.Type == RRType.Rrsig);
                return;
            case 2:
                MessageSection section = (MessageSection)random.NextBelow(3);
                records.RemoveAll(r => r.Section == section);
                return;
            case 3:
                records.RemoveAll(static r => r.Type == RRType.DS || r.Type == RRType.Nsec);
                return;
            case 4:
                Replay(draft, mixes: false);
                return;
            case 5:
                Replay(draft, mixes: true);
                return;
            case 6:
                draft.Flags ^= HeaderFlags.Authoritative;
                return;
            case 7:
                Forge(draft);
                return;
            case 8:
                ReferFalsely(draft);
                return;
            default:
                AlterOne(records, draft.Name);
                return;
        }
    }

    // A reply of another time or to another question: all of it, or beside what is said.
    private void Replay(Draft draft, bool mixes)
    {
        if (_seen.Count == 0)
        {
            return;
        }

        Draft other = _seen.Find(s => s.Name == draft.Name && s.Type != draft.Type && random.Chance(0.7))
            ?? _seen[random.NextBelow(_seen.Count)];
        if (!mixes)
        {
            draft.Clear(other.Flags).Rcode = other.Rcode;
        }

        bool renames = random.Chance(0.3);
        draft.Records.AddRange(other.Records.Select(r =>
            renames && r.Owner == other.Name ? r with { Owner = draft.Name } : r));
    }

    private static void Forge(Draft draft)
    {
        draft.Clear().Add(MessageSection.Answer, draft.Name, Lies.Address(9));
        if (draft.Type != RRType.A)
        {
            draft.Add(MessageSection.Answer, draft.Name, draft.Type, Lies.Name("x", draft.Name));
        }
    }

    private void ReferFalsely(Draft draft)
    {
        DomainName cut = draft.Name.Suffix(random.NextBelow(draft.Name.LabelCount + 1));
        DomainName server = Lies.Name("ns", cut);
        draft.Clear(HeaderFlags.None).Add(MessageSection.Authority, cut, RRType.NS, server);
        draft.Add(MessageSection.Additional, server, Lies.Address(10));
    }

    private void AlterOne(List<ReplyRecord> records, DomainName asked)
    {
        if (records.Count == 0)
        {
            return;
        }

        int at = random.NextBelow(records.Count);
        ReplyRecord record = records[at];
        byte[] rdata = [.. record.Rdata];
        if (record.Type == RRType.A)
        {
            rdata = Lies.Address(random.NextBelow(200)).GetAddressBytes();
        }
        else if (rdata.Length > 0)
        {
            // Early octets are labels, algorithms, key tags, times.
            int octet = random.NextBelow(random.Chance(0.5) ? Math.Min(18, rdata.Length) : rdata.Length);
            rdata[octet] ^= (byte)(1 << random.NextBelow(8));
        }

        switch (random.NextBelow(5))
        {
            case 0:
                records.RemoveAt(at);
                break;
            case 1:
                records[at] = record with { Owner = asked };
                break;
            case 2:
                uint longer = random.Chance(0.5) ? uint.MaxValue >> 1 : record.Ttl * 100;
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
