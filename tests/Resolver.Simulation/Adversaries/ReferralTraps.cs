// Referrals that cost: names to be resolved in vain, addresses where nobody is, circles,
// chains.
using System;
using System.Globalization;
using System.Linq;
using System.Net;
using Resolver.Wire;

namespace Resolver.Simulation;

/// <summary>Writes referrals that lead nowhere.</summary>
internal static class ReferralTraps
{
    private static readonly IPAddress[] Nowhere =
    [
        IPAddress.Any, IPAddress.IPv6Any, IPAddress.Loopback, IPAddress.IPv6Loopback,
        IPAddress.Parse("255.255.255.255"), IPAddress.Parse("224.0.0.1"),
    ];

    /// <summary>The tricks.</summary>
    public static Trick[] Tricks { get; } =
    [
        new("refers to hundreds of names of others (12)", Truly(ReferToNames)),
        new("refers to hundreds of silent addresses (13)", Truly(ReferToSilence)),
        new("zones in a circle (14)", Truly(ReferInCircle)),
        new("glue of itself and of nowhere (15)", Truly(ReferToSelf)),
        new("chains of aliases and servers (16)", Truly(Chain)),
    ];

    // The servers' own names are told truly, else the zone could not be reached.
    private static Action<EvilZone, Draft> Truly(Action<EvilZone, Draft> refer) => (zone, draft) =>
    {
        if (!zone.Hosts.Any(h => DomainName.Parse(h.Name) == draft.Name))
        {
            refer(zone, draft);
        }
    };

    // The zone cut right below one's own zone, on the way to what is asked.
    private static DomainName CutFor(EvilZone zone, Draft draft)
    {
        _ = draft.Clear(HeaderFlags.None);
        return draft.Name.LabelCount > zone.Name.LabelCount
            ? draft.Name.Suffix(zone.Name.LabelCount + 1)
            : draft.Name;
    }

    private static void ReferToNames(EvilZone zone, Draft draft)
    {
        DomainName cut = CutFor(zone, draft);
        DomainName victim = zone.DrawVictim();
        int word = zone.Random.NextBelow(100000);
        for (int number = 0; number < 300; number++)
        {
            string labels = string.Create(CultureInfo.InvariantCulture, $"n{number}.x{word}");
            draft.Add(MessageSection.Authority, cut, RRType.NS, Lies.Below(labels, victim));
        }
    }

    private static void ReferToSilence(EvilZone zone, Draft draft)
    {
        DomainName cut = CutFor(zone, draft);
        for (int number = 0; number < 200; number++)
        {
            DomainName server = Lies.Below(string.Create(CultureInfo.InvariantCulture, $"n{number}"), cut);
            draft.Add(MessageSection.Authority, cut, RRType.NS, server);
            draft.Add(MessageSection.Additional, server, new IPAddress([20, 200, (byte)number, 1]));
        }
    }

    private static void ReferInCircle(EvilZone zone, Draft draft)
    {
        DomainName cut = CutFor(zone, draft);
        for (int number = 0; number < 4; number++)
        {
            string labels = string.Create(
                CultureInfo.InvariantCulture, $"ns{number}.c{zone.Random.NextBelow(5)}");
            draft.Add(MessageSection.Authority, cut, RRType.NS, Lies.Below(labels, zone.Name));
        }
    }

    private static void ReferToSelf(EvilZone zone, Draft draft)
    {
        DomainName cut = CutFor(zone, draft);
        IPAddress own = zone.Hosts[0].Addresses[0];
        bool leadsNowhere = zone.Random.Chance(0.5);
        for (int number = 0; number < 13; number++)
        {
            DomainName server = Lies.Below(string.Create(CultureInfo.InvariantCulture, $"n{number}"), cut);
            draft.Add(MessageSection.Authority, cut, RRType.NS, server);
            IPAddress address = leadsNowhere ? Nowhere[number % Nowhere.Length] : own;
            draft.Add(MessageSection.Additional, server, address);
        }
    }

    // CAMP: each alias leads into a new zone of ten servers, whose names are again aliases.
    private static void Chain(EvilZone zone, Draft draft)
    {
        int depth = draft.Name.LabelCount - zone.Name.LabelCount;
        string fresh = string.Create(CultureInfo.InvariantCulture, $"s{zone.Random.NextBelow(100000)}");
        if (depth < 2 || zone.Random.Chance(0.4))
        {
            draft.Clear().Add(
                MessageSection.Answer, draft.Name, RRType.Cname, Lies.Below($"x.{fresh}", zone.Name));
            return;
        }

        DomainName cut = CutFor(zone, draft);
        for (int number = 0; number < 10; number++)
        {
            string labels = string.Create(CultureInfo.InvariantCulture, $"y{number}.{fresh}{number}");
            draft.Add(MessageSection.Authority, cut, RRType.NS, Lies.Below(labels, zone.Name));
        }
    }
}
