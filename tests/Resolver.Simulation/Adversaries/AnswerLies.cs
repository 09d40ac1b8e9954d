// Lies about others beside, before and instead of answers about one's own zone (RFC 2181 §5.4.1).
using System.Linq;
using Resolver.Wire;

namespace Resolver.Simulation;

/// <summary>Writes lies into replies.</summary>
internal static class AnswerLies
{
    /// <summary>The tricks.</summary>
    public static Trick[] Tricks { get; } =
    [
        new("claims servers for others (6)", ClaimServers),
        new("moves others by DNAME (6)", MoveOthers),
        new("glue for others (7)", AddGlue),
        new("answers for others behind an alias (7)", AnswerForOthers),
        new("denies names above and beside (23, 38)", DenyAbove),
        new("wrong AA, false AD (6)", ClaimAuthority),
        new("answers another question (5)", AnswerAnotherQuestion),
        new("echoes a client subnet never sent (10, 11)", EchoOptions),
    ];

    private static void ClaimServers(EvilZone zone, Draft draft)
    {
        foreach (DomainName claimed in (DomainName[])[zone.Name.Parent, DomainName.Root, zone.DrawVictim()])
        {
            DomainName server = Lies.Name("ns", zone.Random.Chance(0.5) ? claimed : zone.Name);
            draft.Add(MessageSection.Authority, claimed, RRType.NS, server);
            draft.Add(MessageSection.Additional, server, Lies.Address(2));
            draft.Add(MessageSection.Additional, server, zone.Hosts[0].Addresses[0]);
        }
    }

    private static void AddGlue(EvilZone zone, Draft draft)
    {
        DomainName victim = zone.DrawVictim();
        MessageSection section =
            zone.Random.Chance(0.7) ? MessageSection.Additional : MessageSection.Authority;
        foreach (string label in (string[])["www", "ns0", "ns1", "alias1", "nothing"])
        {
            draft.Add(section, Lies.Below(label, victim), Lies.Address(3));
        }
    }

    private static void AnswerForOthers(EvilZone zone, Draft draft)
    {
        DomainName target = Lies.Below(zone.Random.Chance(0.7) ? "www" : "nothing", zone.DrawVictim());
        if (zone.Random.Chance(0.5))
        {
            draft.Clear().Add(MessageSection.Answer, draft.Name, RRType.Cname, target);
        }

        draft.Add(MessageSection.Answer, target, Lies.Address(4));
        draft.Add(MessageSection.Answer, target, RRType.Txt, [5, .. "lies!"u8]);
    }

    private static void DenyAbove(EvilZone zone, Draft draft)
    {
        DomainName victim = zone.DrawVictim();

        // Whether the name asked for, or the one it is an alias of, does not exist.
        if (draft.Records.Exists(static r => r.Type == RRType.Cname))
        {
            draft.Records.RemoveAll(static r => r.Type != RRType.Cname);
        }
        else
        {
            draft.Clear();
        }

        draft.Rcode = Rcode.NXDomain;
        byte[] soa = [.. victim.Wire, .. victim.Wire, .. Enumerable.Repeat((byte)0x00, 16), 0, 1, 0x51, 0x80];
        draft.Add(MessageSection.Authority, victim, RRType.Soa, soa);

        // From the zone's top round to its top: nothing below exists. With the types SOA, RRSIG and NSEC.
        byte[] nsec = [.. victim.Wire, 0, 6, 0x02, 0, 0, 0, 0, 0x03];
        draft.Add(MessageSection.Authority, victim, RRType.Nsec, nsec);
    }

    private static void MoveOthers(EvilZone zone, Draft draft) => draft.Add(
        MessageSection.Answer, zone.DrawVictim(), RRType.Dname, Lies.Name("moved", zone.Name));

    private static void ClaimAuthority(EvilZone zone, Draft draft)
    {
        draft.Flags ^= zone.Random.Chance(0.7) ? HeaderFlags.Authoritative : HeaderFlags.None;
        draft.Flags |= HeaderFlags.RecursionAvailable | HeaderFlags.AuthenticData;
    }

    private static void AnswerAnotherQuestion(EvilZone zone, Draft draft)
    {
        draft.Clear().Name = Lies.Below("www", zone.DrawVictim());
        draft.Type = RRType.A;
        draft.Add(MessageSection.Answer, draft.Name, Lies.Address(1));
    }

    // Client subnet 192.0.2.0/24 with scope 24, and a cookie.
    private static void EchoOptions(EvilZone zone, Draft draft) => draft.Options =
    [
        0, 8, 0, 7, 0, 1, 24, 24, 192, 0, 2,
        0, 10, 0, 8, (byte)zone.Random.NextBelow(256), 2, 3, 4, 5, 6, 7, 8,
    ];
}
