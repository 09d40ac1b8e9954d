// Denials and wildcards out of true parts: ranges of other names and of other zones, opt-out where it does
// not reach, wildcards where they do not stand (RFC 5155 §12, RFC 6840 §4).
using System.Linq;
using Resolver.Testing;
using Resolver.Wire;

namespace Resolver.Simulation;

/// <summary>Misuses ranges and wildcards.</summary>
internal static class DenialTricks
{
    private const int MostRanges = 6;

    /// <summary>The tricks.</summary>
    public static PathTrick[] Tricks { get; } =
    [
        new("denies with ranges of other names", DenyWithRanges) { SparesReferrals = true },
        new("denies with the ranges around the name, shifted", DenyNearby) { SparesReferrals = true },
        new("denies by opt-out what is signed", DenyByOptOut) { SparesReferrals = true },
        new("refers by opt-out below what is signed", ReferByOptOut),
        new("replays wildcards", ReplayWildcard) { SparesReferrals = true },
        new("leaves out or mixes ranges", MixRanges) { SparesReferrals = true },
        new("NSEC3 altered: iterations, hash, opt-out, salt", AlterNsec3) { SparesReferrals = true },
        new("denies with the child's ranges for the parent", DenyWithChild) { SparesReferrals = true },
    ];

    private static void DenyWithRanges(PathAdversary adversary, Draft draft)
    {
        AuthoritativeZone zone = adversary.DrawZone(draft.Name);
        Deny(draft, zone, adversary.Random.Chance(0.6) ? Rcode.NXDomain : Rcode.NoError);
        AddRanges(adversary, draft, zone, 1 + adversary.Random.NextBelow(MostRanges));
        if (adversary.Random.Chance(0.3))
        {
            AddRanges(adversary, draft, adversary.DrawZone(draft.Name), 2);
        }
    }

    // What would deny a name beside it, or above it.
    private static void DenyNearby(PathAdversary adversary, Draft draft)
    {
        AuthoritativeZone zone = adversary.DrawZone(draft.Name);
        DomainName other = adversary.Random.NextBelow(3) switch
        {
            0 => Lies.Below("nothing", zone.Origin),
            1 => Lies.Below("a.b.nothing", draft.Name),
            _ => draft.Name.IsRoot ? draft.Name : Lies.Below("zzz", draft.Name.Parent),
        };
        AuthoritativeAnswer answer = ZoneLookup.Answer(zone, other, draft.Type, withProofs: true);
        draft.Clear().Rcode = answer.Rcode;
        foreach (PlacedRRset placed in answer.Authority)
        {
            draft.Add(MessageSection.Authority, placed.Set);
        }
    }

    private static void DenyByOptOut(PathAdversary adversary, Draft draft)
    {
        AuthoritativeZone zone = DrawHashed(adversary, draft.Name);
        Deny(draft, zone, adversary.Random.Chance(0.5) ? Rcode.NXDomain : Rcode.NoError);
        AddOptOut(adversary, draft, zone);
    }

    private static void ReferByOptOut(PathAdversary adversary, Draft draft)
    {
        AuthoritativeZone zone = DrawHashed(adversary, draft.Name);
        if (!draft.Name.IsSubdomainOf(zone.Origin) || draft.Name == zone.Origin)
        {
            return;
        }

        int labels = zone.Origin.LabelCount + 1;
        int deeper = adversary.Random.NextBelow(draft.Name.LabelCount - zone.Origin.LabelCount);
        Alterations.Refer(draft, draft.Name.Suffix(labels + deeper));
        AddOptOut(adversary, draft, zone);
    }

    // A wildcard's set under the name asked for, with or without a proof that it may stand there.
    private static void ReplayWildcard(PathAdversary adversary, Draft draft)
    {
        ZoneNode[] sources = [.. adversary.Zones.Where(z => draft.Name.IsSubdomainOf(z.Origin))
            .SelectMany(static z => z.Nodes).Where(static n => n.Name.IsWildcard)];
        if (sources.Length == 0)
        {
            return;
        }

        ZoneNode source = adversary.Draw(sources);
        AuthoritativeZone zone = adversary.ZoneOf(source.Name);
        draft.Clear();
        foreach (RRset set in source.Sets.Where(static s => s.Type != RRType.Nsec))
        {
            draft.Add(MessageSection.Answer, set, draft.Name);
        }

        AddRanges(adversary, draft, zone, adversary.Random.NextBelow(4));
    }

    private static void MixRanges(PathAdversary adversary, Draft draft)
    {
        draft.Records.RemoveAll(r => IsRange(r.Type) && adversary.Random.Chance(0.5));
        AddRanges(adversary, draft, adversary.DrawZone(draft.Name), adversary.Random.NextBelow(4));
    }

    private static void AlterNsec3(PathAdversary adversary, Draft draft)
    {
        if (!draft.Records.Exists(static r => r.Type == RRType.Nsec3))
        {
            AddRanges(adversary, draft, DrawHashed(adversary, draft.Name), 3);
        }

        int kind = adversary.Random.NextBelow(4);
        for (int i = 0; i < draft.Records.Count; i++)
        {
            if (draft.Records[i].Type == RRType.Nsec3)
            {
                draft.Records[i] = draft.Records[i] with { Rdata = Alter([.. draft.Records[i].Rdata], kind) };
            }
        }
    }

    private static void DenyWithChild(PathAdversary adversary, Draft draft)
    {
        AuthoritativeZone child = adversary.ZoneOf(draft.Name);
        draft.Records.RemoveAll(static r => r.Type == RRType.DS || IsRange(r.Type));
        RRset range = child.HasNsec ? child.FindNsec(child.Origin) : FindNsec3(child, child.Origin);
        draft.Add(MessageSection.Authority, range);
        draft.Add(MessageSection.Authority, child.Soa);
    }

    private static byte[] Alter(byte[] rdata, int kind)
    {
        switch (kind)
        {
            case 0:
                rdata[2] = 0xFF;
                rdata[3] = 0xFF;
                break;
            case 1:
                rdata[0] = 2;
                break;
            case 2:
                rdata[1] ^= 1;
                break;
            default:
                rdata[4] ^= 1;
                break;
        }

        return rdata;
    }

    private static void Deny(Draft draft, AuthoritativeZone zone, Rcode rcode)
    {
        draft.Clear().Rcode = rcode;
        draft.Add(MessageSection.Authority, zone.Soa);
    }

    private static void AddRanges(PathAdversary adversary, Draft draft, AuthoritativeZone zone, int count)
    {
        RRset[] ranges = [.. zone.Ranges];
        for (; count > 0 && ranges.Length > 0; count--)
        {
            draft.Add(MessageSection.Authority, adversary.Draw(ranges));
        }
    }

    // The zone's own top as encloser, and ranges that leave room for unsigned delegations.
    private static void AddOptOut(PathAdversary adversary, Draft draft, AuthoritativeZone zone)
    {
        draft.Add(MessageSection.Authority, FindNsec3(zone, zone.Origin));
        AddRanges(adversary, draft, zone, 1 + adversary.Random.NextBelow(MostRanges));
    }

    private static AuthoritativeZone DrawHashed(PathAdversary adversary, DomainName name)
    {
        AuthoritativeZone[] hashed = [.. adversary.Zones.Where(
            z => z.HasNsec3 && (name.IsSubdomainOf(z.Origin) || adversary.Random.Chance(0.1)))];
        return hashed.Length > 0 ? adversary.Draw(hashed) : adversary.ZoneOf(name);
    }

    private static RRset FindNsec3(AuthoritativeZone zone, DomainName name) =>
        zone.HasNsec3 ? zone.FindNsec3(name, out _) : default;

    private static bool IsRange(RRType type) => type == RRType.Nsec || type == RRType.Nsec3;
}
