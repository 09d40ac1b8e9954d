// Draws an internet from a seed: a tree of zones with name servers inside, beside and far from them, aliases
// that cross zones, wildcards, moved trees, empty non-terminals, long answers, and a few things that can
// never be resolved. What can be resolved at all is known from how it was made: no zone depends on one that
// was drawn after it.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using Resolver.Testing;
using Resolver.Wire;

namespace Resolver.Simulation;

/// <summary>An internet as drawn.</summary>
internal sealed class InternetPlan
{
    // Beyond this many walks for one server's address a resolver may rightly give up.
    private const int MaxDepth = 2;

    private static readonly int[] Ttls = [0, 1, 5, 30, 60, 300, 3600, 86400];

    private readonly SeededRandom _random;
    private readonly List<PlannedZone> _zones = [];
    private readonly List<PlannedZone> _foreign = [];
    private readonly List<PlannedHost> _hosts = [];
    private readonly ZoneContent _content;
    private readonly bool _isFar;
    private int _addresses;

    private InternetPlan(SeededRandom random, WorldKind kind)
    {
        _random = random;
        _content = new ZoneContent(random, this);
        _isFar = random.Chance(0.2);
        MakeRoot();
        int tops = 1 + random.NextBelow(3);
        for (int number = 0; number < tops; number++)
        {
            MakeZone(_zones[0], $"top{number}");
        }

        int domains = 3 + random.NextBelow(8);
        for (int number = 0; number < domains; number++)
        {
            // Now and then with an empty name between it and its parent.
            PlannedZone top = _zones[1 + random.NextBelow(tops)];
            string between = random.Chance(0.15) ? $".e{number}" : "";
            MakeZone(top, $"d{number}{between}");
            if (between.Length > 0)
            {
                Ask(top.Below($"e{number}"), "A", "DS");
                Ask(top.Below($"nothing.e{number}"), "A");
            }
        }

        int subdomains = random.NextBelow(5);
        for (int number = 0; number < subdomains; number++)
        {
            MakeZone(_zones[1 + tops + random.NextBelow(domains)], $"s{number}");
        }

        HopelessNames.Add(_random, _zones[1], Questions);
        if (kind == WorldKind.Drizzle)
        {
            StrayServers.Add(_random, _zones);
        }

        Questions.Add(new PlannedQuestion("no-such-top.", "A"));
        Questions.Add(new PlannedQuestion(".", "NS"));
    }

    /// <summary>Everything worth asking.</summary>
    public List<PlannedQuestion> Questions { get; } = [];

    /// <summary>The zones, parents first.</summary>
    public IReadOnlyList<PlannedZone> Zones => _zones;

    /// <summary>The zones of adversaries, on which no other depends.</summary>
    public IReadOnlyList<PlannedZone> Foreign => _foreign;

    /// <summary>Draws an internet.</summary>
    public static InternetPlan Draw(SeededRandom random, WorldKind kind = WorldKind.Any) => new(random, kind);

    /// <summary>Makes it real.</summary>
    public SimulatedInternet Build(SigningPlan signing, string? without = null) =>
        signing.Apply(Describe(z => z.TextWithout(without))).Build();

    /// <summary>
    /// The same with other zone texts, and with signatures that have expired.
    /// </summary>
    public SimulatedInternet BuildExpired(SigningPlan signing, Func<string, string> alter) =>
        signing.Apply(Describe(z => alter(z.TextWithout(null))), isExpired: true).Build();

    private SimulatedInternetBuilder Describe(Func<PlannedZone, string> textOf)
    {
        SimulatedInternetBuilder builder = new();
        foreach (PlannedZone zone in _zones.Concat(_foreign))
        {
            builder.Zone(zone.Name, textOf(zone));
        }

        foreach (PlannedHost host in _hosts)
        {
            builder.Server(new ServerSettings
            {
                Addresses = [.. host.Addresses],
                Zones = [.. host.Zones.Select(DomainName.Parse)],
                Delay = TimeSpan.FromMilliseconds(host.DelayMilliseconds),
            });
        }

        return builder;
    }

    /// <summary>
    /// Adds a zone below one of the tops, with servers of its own that serve nothing else.
    /// </summary>
    public PlannedZone AddForeign(string label, int number, int servers)
    {
        PlannedZone parent = _zones[1 + (number % (_zones.Count - 1))];
        PlannedZone zone = new(parent.Below(label), 0) { DelegationTtl = DrawTtl(5) };
        Start(zone);
        for (int index = 0; index < servers; index++)
        {
            PlannedHost host = MakeHost(zone.Below($"ns{index}"));
            Serve(zone, host);
            parent.Add(zone.Name, zone.DelegationTtl, $"NS {host.Name}");
            parent.AddAddresses(host, zone.DelegationTtl);
            zone.Add("@", 3600, $"NS {host.Name}");
            zone.AddAddresses(host, 3600);
        }

        zone.Add("www", DrawTtl(), $"A {DrawAddress()}");
        zone.Add("to", DrawTtl(), $"CNAME {_zones[1].Below("www")}");
        zone.Add("*.b.c", DrawTtl(), $"A {DrawAddress()}");
        _foreign.Add(zone);
        return zone;
    }

    private void MakeRoot()
    {
        PlannedZone root = new(".", 0);
        _zones.Add(root);
        Start(root);
        int servers = 1 + _random.NextBelow(4);
        for (int number = 0; number < servers; number++)
        {
            Serve(root, MakeHost($"r{number}.roots."));
        }

        foreach (PlannedHost host in root.Servers)
        {
            root.Add(".", 518400, $"NS {host.Name}");
            root.AddAddresses(host, 518400);
        }
    }

    private void MakeZone(PlannedZone parent, string label)
    {
        PlannedZone zone = new(parent.Below(label), 0);
        Start(zone);
        int servers = 1 + _random.NextBelow(3);
        for (int number = 0; number < servers; number++)
        {
            PlannedHost host = _random.Chance(0.6) ? MakeHost(zone.Below($"ns{number}")) : DrawHost(
                zone, number);
            if (!zone.Servers.Contains(host))
            {
                Serve(zone, host);
            }
        }

        zone.Depth = Math.Max(parent.Depth, zone.Servers.Min(s => zone.Contains(s.Name) ? 0 : s.Depth));
        zone.Servers.Where(s => zone.Contains(s.Name)).ToList().ForEach(s => s.Depth = zone.Depth + 1);
        _zones.Add(zone);
        int ttl = DrawTtl(3600);
        foreach (PlannedHost host in zone.Servers)
        {
            parent.Add(zone.Name, ttl, $"NS {host.Name}");
            zone.Add("@", _random.Chance(0.2) ? DrawTtl() : ttl, $"NS {host.Name}");
            if (zone.Contains(host.Name))
            {
                parent.AddAddresses(host, ttl);
                zone.AddAddresses(host, DrawTtl(3600));
            }
        }

        _content.Fill(zone);
    }

    // A server of another zone, which may or may not be reached with glue.
    private PlannedHost DrawHost(PlannedZone zone, int number)
    {
        List<PlannedHost> near = [.. _hosts.Where(static h => h.Depth is > 0 and <= MaxDepth)];
        return near.Count == 0 ? MakeHost(zone.Below($"ns{number}")) : near[_random.NextBelow(near.Count)];
    }

    private static void Serve(PlannedZone zone, PlannedHost host)
    {
        zone.Servers.Add(host);
        host.Zones.Add(zone.Name);
    }

    private PlannedHost MakeHost(string name)
    {
        int number = ++_addresses;
        List<IPAddress> addresses = [];
        addresses.Add(IPAddress.Parse(string.Create(
            CultureInfo.InvariantCulture, $"20.0.{number / 250}.{1 + (number % 250)}")));
        if (_random.Chance(0.4))
        {
            addresses.Add(IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"2a00::{number:x}")));
        }

        PlannedHost host = new(name, addresses)
        {
            DelayMilliseconds = _isFar ? 20 + _random.NextBelow(120) : 1 + _random.NextBelow(40),
        };
        _hosts.Add(host);
        return host;
    }

    private void Start(PlannedZone zone) =>
        zone.Add("@", 3600, $"SOA ns.example. host.example. 1 7200 3600 1209600 {DrawTtl()}");

    /// <summary>Adds questions for a name.</summary>
    public void Ask(string name, params string[] types)
    {
        foreach (string type in types)
        {
            Questions.Add(new PlannedQuestion(name, type));
        }
    }

    /// <summary>An address of a host (30.0.0.0/8).</summary>
    public string DrawAddress() => string.Create(
        CultureInfo.InvariantCulture, $"30.{_random.NextBelow(256)}.{_random.NextBelow(256)}.{_random.NextBelow(256)}");

    /// <summary>A TTL that zones use.</summary>
    public int DrawTtl(int least = 0)
    {
        int ttl = Ttls[_random.NextBelow(Ttls.Length)];
        return ttl < least ? least : ttl;
    }
}
