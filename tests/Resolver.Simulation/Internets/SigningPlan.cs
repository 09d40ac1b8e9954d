// Which zones of a drawn internet are signed: in half of all runs none, else most of them. Islands are among
// them: signed zones below unsigned ones.
using System.Collections.Generic;
using System.Linq;
using Resolver.Testing;

namespace Resolver.Simulation;

/// <summary>The signing of a run's zones.</summary>
internal sealed class SigningPlan
{
    private readonly string? _seed;
    private readonly string[] _unsigned = [];

    public SigningPlan(SeededRandom random, IReadOnlyList<PlannedZone> zones)
    {
        if (random.Chance(0.5))
        {
            _seed = random.NextBelow(int.MaxValue).ToString(System.Globalization.CultureInfo.InvariantCulture);
            _unsigned = [.. zones.Skip(1).Where(_ => random.Chance(0.25)).Select(static z => z.Name)];
        }
    }

    /// <summary>True when zones are signed.</summary>
    public bool IsSigned => _seed is not null;

    /// <summary>Tells a builder.</summary>
    public SimulatedInternetBuilder Apply(SimulatedInternetBuilder builder) =>
        _seed is null ? builder : builder.Sign(_seed, _unsigned);

    /// <summary>The plan for people.</summary>
    public override string ToString() =>
        _seed is null ? "unsigned" : $"signed but for [{string.Join(' ', _unsigned)}]";
}
