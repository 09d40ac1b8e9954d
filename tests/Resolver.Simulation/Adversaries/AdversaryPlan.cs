// The adversaries of a run: zones in bad hands, a ghost, someone on the path. In most runs there is one kind
// or another.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using Resolver.Engine;
using Resolver.Testing;
using Resolver.Wire;

namespace Resolver.Simulation;

/// <summary>Draws adversaries, and lets them loose.</summary>
internal sealed class AdversaryPlan
{
    private readonly SeededRandom _random;
    private readonly List<EvilZone> _zones = [];
    private readonly HashSet<InetAddress> _addresses = [];

    /// <summary>Draws adversaries into an internet.</summary>
    public AdversaryPlan(SeededRandom random, InternetPlan plan)
    {
        _random = random;
        if (random.Chance(0.5))
        {
            int count = 1 + random.NextBelow(3);
            for (int number = 0; number < count; number++)
            {
                string label = string.Create(CultureInfo.InvariantCulture, $"evil{number}");
                PlannedZone zone = Add(plan, label, number);
                _zones.Add(new EvilZone(random.Fork(), zone, plan.Zones));
                Questions.AddRange(QuestionsFor(zone));
            }
        }
        else if (random.Chance(0.3))
        {
            GhostZone = Add(plan, "ghost", 9);
            Ghost = new Ghost(GhostZone);
        }

        WantsPath = Ghost is null && random.Chance(0.6);
    }

    /// <summary>What to ask the zones in bad hands.</summary>
    public List<PlannedQuestion> Questions { get; } = [];

    /// <summary>The zone that is withdrawn; null when there is none.</summary>
    public PlannedZone? GhostZone { get; }

    /// <summary>Its mind.</summary>
    public Ghost? Ghost { get; }

    /// <summary>The one on the path; null when there is none.</summary>
    public PathAdversary? Path { get; private set; }

    private bool WantsPath { get; }

    /// <summary>Who they are, to be counted over many runs.</summary>
    public IEnumerable<string> Traits =>
    [
        .. _zones.Count > 0 ? (string[])["adversary: zones in bad hands"] : [],
        .. Ghost is null ? (string[])[] : ["adversary: ghost"],
        .. Path is null ? (string[])[] : [
            IsBeside ? "adversary: on the path to one server" : "adversary: on the path to all servers",
            .. Path.Played.Select(static t => $"on the path: {t}"),
        ],
    ];

    /// <summary>
    /// True when the one on the path sits at one server, beside which others serve each of its zones: all
    /// that is provable must resolve in spite of him.
    /// </summary>
    public bool IsBeside { get; private set; }

    /// <summary>Lets those with zones loose.</summary>
    public void Enter(SimulatedInternet internet)
    {
        foreach (EvilZone zone in _zones)
        {
            foreach (PlannedHost host in zone.Hosts)
            {
                internet.FindServer(host.Addresses[0])!.Script = zone.Answer;
            }
        }

        foreach (PlannedHost host in GhostZone?.Servers ?? [])
        {
            internet.FindServer(host.Addresses[0])!.Script = Ghost!.Answer;
        }
    }

    /// <summary>
    /// Puts somebody on the path, if there is to be one: in mild weather that spares all else at one server
    /// that can be spared, else at all of them.
    /// </summary>
    public void EnterPath(SimulatedInternet internet, InternetPlan plan, SigningPlan signing, PathPlace place)
    {
        if (!WantsPath || !signing.IsSigned)
        {
            return;
        }

        IsBeside = place.Spare is not null;
        Path = new PathAdversary(
            _random.Fork(),
            internet.Zones,
            () => plan.BuildExpired(signing, Lies.Text).Zones,
            IsBeside ? place.IsProvable : null);
        foreach (SimulatedServer server in internet.Servers.Where(s => s.Script is null))
        {
            if (!IsBeside || server == place.Spare)
            {
                server.Fault = IsBeside ? ServerFault.None : server.Fault;
                server.Script = Path.Answer;
            }
        }
    }

    /// <summary>True for the address of a server in bad hands.</summary>
    public bool IsEvil(InetAddress address) => _addresses.Contains(address);

    /// <summary>For people.</summary>
    public override string ToString() => string.Join(", ", _zones.Select(static z => z.ToString())
        .Concat(Ghost is null ? [] : ["a ghost"]).Concat(Path is null ? [] : ["one on the path"]));

    private PlannedZone Add(InternetPlan plan, string label, int number)
    {
        PlannedZone zone = plan.AddForeign(label, number, 1 + _random.NextBelow(2));
        foreach (IPAddress address in zone.Servers.SelectMany(static s => s.Addresses))
        {
            _ = _addresses.Add(InetAddress.From(address));
        }

        return zone;
    }

    private static IEnumerable<PlannedQuestion> QuestionsFor(PlannedZone zone)
    {
        (string Label, string Type)[] asked =
        [
            ("www", "A"), ("www", "AAAA"), ("www", "HTTPS"), ("a.b.c", "A"), ("x.y", "TXT"), ("to", "A"),
            ("t0", "HTTPS"), ("t1", "A"), ("nothing", "A"), ("deep.er.and.deep.er", "A"),
        ];
        return asked.Select(a => new PlannedQuestion(zone.Below(a.Label), a.Type) { Realm = zone.Name })
            .Concat([.. new[] { "NS", "SOA", "DNSKEY" }.Select(
                t => new PlannedQuestion(zone.Name, t) { Realm = zone.Name })]);
    }
}

/// <summary>Where somebody on the path sits.</summary>
/// <param name="Spare">The one server, which others can stand in for; null: all servers.</param>
/// <param name="IsProvable">True for names of zones that prove what they say.</param>
internal readonly record struct PathPlace(SimulatedServer? Spare, Func<DomainName, bool> IsProvable);
