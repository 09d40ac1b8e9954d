// One name of a zone and what it owns.
using System.Collections.Generic;
using System.Linq;
using Resolver.Wire;

namespace Resolver.Testing;

/// <summary>
/// A name of a zone; without sets it is an empty non-terminal (RFC 8499 §7) or holds only what is below it.
/// </summary>
internal sealed class ZoneNode(DomainName name)
{
    private readonly List<ZoneSet> _sets = [];

    /// <summary>The name.</summary>
    public DomainName Name { get; } = name;

    /// <summary>The sets, in the order of the zone file.</summary>
    public IReadOnlyList<RRset> Sets => [.. _sets.Select(static s => s.Set)];

    /// <summary>True when it owns nothing.</summary>
    public bool IsEmpty => _sets.Count == 0;

    /// <summary>The set of a type; an empty one when there is none.</summary>
    public RRset Find(RRType type)
    {
        foreach (ZoneSet set in _sets)
        {
            if (set.Type == type)
            {
                return set.Set;
            }
        }

        return default;
    }

    /// <summary>True when it owns a set of the type.</summary>
    public bool Has(RRType type) => _sets.Exists(s => s.Type == type);

    internal void Add(ZoneSet set) => _sets.Add(set);
}
