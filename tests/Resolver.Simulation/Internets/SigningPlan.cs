// Which zones of a drawn internet are signed, and how: in half of all runs none unless all are to be, else
// most of them. Each has its own keys, roll, delegation and kind of denial; islands are among them, zones
// whose keys nobody here can use, and a few that are broken, on which no other depends.
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Resolver.Testing;
using Resolver.Wire;

namespace Resolver.Simulation;

/// <summary>The signing of a run's zones.</summary>
internal sealed class SigningPlan
{
    private readonly string _seed = "";
    private readonly string[] _unsigned = [];
    private readonly Dictionary<DomainName, ZoneSigning> _styles = [];

    /// <summary>Draws; where <paramref name="isSigned"/> is false, in half of the runs nothing.</summary>
    public SigningPlan(SeededRandom random, InternetPlan plan, bool isSigned)
    {
        IsSigned = isSigned || random.Chance(0.5);
        if (!IsSigned)
        {
            return;
        }

        _seed = random.NextBelow(int.MaxValue).ToString(CultureInfo.InvariantCulture);
        PlannedZone[] zones = [.. plan.Zones, .. plan.Foreign];
        _unsigned = [.. zones.Skip(1).Where(_ => random.Chance(0.2)).Select(static z => z.Name)];
        StyleDraw draw = new(random);
        foreach (PlannedZone zone in zones.Where(z => !_unsigned.Contains(z.Name)))
        {
            bool isLeaf = zone != zones[0] && !IsNeeded(zone, plan);
            _styles[DomainName.Parse(zone.Name)] = draw.Next(isRoot: zone == zones[0], isLeaf);
        }
    }

    /// <summary>True when zones are signed.</summary>
    public bool IsSigned { get; }

    /// <summary>How a zone is signed; null when it is not.</summary>
    public ZoneSigning? StyleOf(DomainName zone) => _styles.GetValueOrDefault(zone);

    /// <summary>Tells a builder.</summary>
    public SimulatedInternetBuilder Apply(SimulatedInternetBuilder builder, bool isExpired = false) =>
        !IsSigned ? builder : builder.Sign(_seed, _unsigned).SignEach(
            z => isExpired ? _styles[z] with { Period = SignaturePeriod.Expired } : _styles[z]);

    /// <summary>What is in it, to be counted over many runs.</summary>
    public IEnumerable<string> Traits => _styles.Values.SelectMany(StyleDraw.TraitsOf).Distinct();

    /// <summary>The plan for people.</summary>
    public override string ToString() => !IsSigned ? "unsigned" : "signed: " + string.Join(
        "; ", _styles.Select(static s => $"{s.Key} {string.Join(", ", StyleDraw.TraitsOf(s.Value))}"));

    // Servers with names in it serve zones outside it, or somebody's zone is below it.
    private static bool IsNeeded(PlannedZone zone, InternetPlan plan) =>
        plan.Zones.Any(other =>
            !zone.Contains(other.Name) && other.Servers.Exists(s => zone.Contains(s.Name)))
        || plan.Foreign.Any(other => zone.Contains(other.Name));
}
