// The forward and stub zones of the configuration: which of them is in charge of a name. The most specific
// wins, over built-in names too (CVE-2026-44687: what a parent denies must not hide a local zone). Swapped
// whole on reload.
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Linq;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>All configured zones. Immutable.</summary>
internal sealed class ConfiguredZones
{
    private readonly FrozenDictionary<DomainName, ConfiguredZone> _zones;
    private readonly int _mostLabels;

    /// <summary>A set of zones, each apex once.</summary>
    public ConfiguredZones(IReadOnlyCollection<ConfiguredZone> zones)
    {
        _zones = zones.ToFrozenDictionary(static z => z.Apex);
        _mostLabels = zones.Select(static z => z.Apex.LabelCount).DefaultIfEmpty(0).Max();
    }

    /// <summary>No zones.</summary>
    public static ConfiguredZones None { get; } = new([]);

    /// <summary>True when there is none.</summary>
    public bool IsEmpty => _zones.Count == 0;

    /// <summary>The most specific zone at or above a name; null when none is.</summary>
    public ConfiguredZone? Find(DomainName name)
    {
        if (IsEmpty)
        {
            return null;
        }

        for (DomainName at = name.Suffix(_mostLabels); ; at = at.Parent)
        {
            if (_zones.TryGetValue(at, out ConfiguredZone? zone))
            {
                return zone;
            }

            if (at.IsRoot)
            {
                return null;
            }
        }
    }

    /// <summary>
    /// The zone whose servers answer a question: the DS set of an apex belongs to the zone above
    /// (RFC 4035 §4.2), and there alone can a signed parent prove that the local zone is unsigned.
    /// </summary>
    public ConfiguredZone? Find(Question question) =>
        Find(question.Type == RRType.DS && !question.Name.IsRoot ? question.Name.Parent : question.Name);

    /// <summary>The apexes of zones that only one of the two sets has, or has otherwise.</summary>
    public static IEnumerable<DomainName> Differences(ConfiguredZones before, ConfiguredZones after) =>
        before._zones.Values.Where(z => !after.Has(z))
            .Concat(after._zones.Values.Where(z => !before.Has(z)))
            .Select(static z => z.Apex)
            .Distinct();

    private bool Has(ConfiguredZone zone) =>
        _zones.TryGetValue(zone.Apex, out ConfiguredZone? own) && own.SaysTheSameAs(zone);
}
