// What drawn zones hold, servers apart: hosts, aliases within and across zones, wildcards, moved trees, empty
// non-terminals, long answers; and the questions for it.
using System;
using System.Collections.Generic;
using System.Globalization;
using Resolver.Testing;

namespace Resolver.Simulation;

/// <summary>Draws the content of zones.</summary>
internal sealed class ZoneContent(SeededRandom random, InternetPlan plan)
{
    private const int MaxChain = 6;

    private readonly List<(string Name, int Chain)> _targets = [];

    /// <summary>Fills a zone, and asks for what is in it and for what is not.</summary>
    public void Fill(PlannedZone zone)
    {
        AddHosts(zone);
        AddAliases(zone);
        plan.Ask(zone.Name, "NS", "SOA", "MX", "A", "DS", "DNSKEY");
        plan.Ask(zone.Below("nothing"), "A", "TXT");
        plan.Ask(zone.Below("a.b.nothing"), "A");
        if (random.Chance(0.3))
        {
            zone.Add("*.wild", plan.DrawTtl(), $"A {plan.DrawAddress()}");
            plan.Ask(zone.Below("x.wild"), "A", "AAAA");
            plan.Ask(zone.Below("y.z.wild"), "A");
            plan.Ask(zone.Below("*.wild"), "A", "DS");
        }

        if (random.Chance(0.15) && _targets.Count > 0)
        {
            zone.Add("*.any", plan.DrawTtl(), $"CNAME {_targets[random.NextBelow(_targets.Count)].Name}");
            zone.Add("one.any", plan.DrawTtl(), "TXT \"one\"");
            plan.Ask(zone.Below("x.any"), "A", "CNAME");
            plan.Ask(zone.Below("one.any"), "A", "TXT");
            plan.Ask(zone.Below("x.one.any"), "A");
        }

        if (random.Chance(0.2))
        {
            zone.Add("@", plan.DrawTtl(), $"MX 10 {zone.Below("www")}");
        }

        if (random.Chance(0.3))
        {
            zone.Add("below.empty", plan.DrawTtl(), "TXT \"here\"");
            plan.Ask(zone.Below("empty"), "A", "TXT");
            plan.Ask(zone.Below("below.empty"), "TXT");
        }

        if (random.Chance(0.25))
        {
            int ttl = plan.DrawTtl();
            for (int number = 0; number < 20; number++)
            {
                zone.Add("big", ttl, $"TXT \"{number} {new string('x', 150)}\"");
            }

            plan.Ask(zone.Below("big"), "TXT");
        }
    }

    private void AddHosts(PlannedZone zone)
    {
        int ttl = plan.DrawTtl();
        for (int count = 1 + random.NextBelow(3); count > 0; count--)
        {
            zone.Add("www", ttl, $"A {plan.DrawAddress()}");
        }

        if (random.Chance(0.5))
        {
            zone.Add("www", plan.DrawTtl(), $"AAAA 2a00:1::{random.NextBelow(0xFFFF):x}");
        }

        plan.Ask(zone.Below("www"), "A", "AAAA", "MX");
        _targets.Add((zone.Below("www"), 0));
    }

    private void AddAliases(PlannedZone zone)
    {
        for (int number = random.NextBelow(4); number > 0; number--)
        {
            (string target, int chain) = _targets[random.NextBelow(_targets.Count)];
            string label = string.Create(CultureInfo.InvariantCulture, $"alias{number}");
            zone.Add(label, plan.DrawTtl(), $"CNAME {target}");
            plan.Ask(zone.Below(label), "A", "AAAA", "CNAME");
            if (chain + 1 < MaxChain)
            {
                _targets.Add((zone.Below(label), chain + 1));
            }
        }

        if (random.Chance(0.2))
        {
            zone.Add("lost", plan.DrawTtl(), $"CNAME {zone.Below("nothing")}");
            plan.Ask(zone.Below("lost"), "A");
        }

        if (random.Chance(0.25))
        {
            string other = plan.Zones[1 + random.NextBelow(plan.Zones.Count - 1)].Name;
            if (!other.EndsWith(zone.Name, StringComparison.Ordinal))
            {
                zone.Add("moved", plan.DrawTtl(), $"DNAME {other}");
                plan.Ask(zone.Below("www.moved"), "A");
                plan.Ask(zone.Below("none.moved"), "A");
                plan.Ask(zone.Below("moved"), "DNAME");
            }
        }
    }
}
