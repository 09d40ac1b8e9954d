// A zone as an authoritative server holds it: names with their sets, and the order of names that denials
// walk. RFC 1034 §4.2, RFC 4034 §6.1, RFC 5155 §1.3.
using System.Collections.Generic;
using System.Linq;
using Resolver.Wire;

namespace Resolver.Testing;

/// <summary>A zone. Immutable, so that any thread may answer from it.</summary>
internal sealed class AuthoritativeZone
{
    private readonly Dictionary<DomainName, ZoneNode> _nodes = [];
    private readonly ZoneNode[] _nsec;
    private readonly ZoneNode[] _nsec3;
    private readonly Nsec3Hashing? _hashing;

    internal AuthoritativeZone(DomainName origin, IReadOnlyList<ZoneSet> sets)
    {
        Origin = origin;
        Dictionary<DomainName, ZoneNode> hashed = [];
        foreach (ZoneSet set in sets)
        {
            if (set.Type == RRType.Nsec3)
            {
                // RFC 5155 §7.2.8: the owners of NSEC3 are not names of the zone.
                hashed.TryAdd(set.Owner, new ZoneNode(set.Owner));
                hashed[set.Owner].Add(set);
            }
            else
            {
                NodeFor(set.Owner).Add(set);
            }
        }

        Apex = _nodes[origin];
        Soa = Apex.Find(RRType.Soa);
        _nsec = [.. _nodes.Values.Where(static n => n.Has(RRType.Nsec)).OrderBy(static n => n.Name)];
        _nsec3 = [.. hashed.Values.OrderBy(static n => n.Name)];
        _hashing = Apex.Has(RRType.Nsec3Param)
            ? Nsec3Hashing.From(Apex.Find(RRType.Nsec3Param).First)
            : null;
    }

    /// <summary>The zone's name.</summary>
    public DomainName Origin { get; }

    /// <summary>The node of the zone's name.</summary>
    public ZoneNode Apex { get; }

    /// <summary>The SOA.</summary>
    public RRset Soa { get; }

    /// <summary>True when denials are proven by NSEC.</summary>
    public bool HasNsec => _nsec.Length > 0;

    /// <summary>True when denials are proven by NSEC3.</summary>
    public bool HasNsec3 => _nsec3.Length > 0 && _hashing is not null;

    /// <summary>All names with their sets, in canonical order.</summary>
    public IEnumerable<ZoneNode> Nodes => _nodes.Values.OrderBy(static n => n.Name);

    /// <summary>The sets by which it denies, NSEC or NSEC3.</summary>
    public IEnumerable<RRset> Ranges =>
        _nsec.Select(static n => n.Find(RRType.Nsec)).Concat(_nsec3.Select(static n => n.Find(RRType.Nsec3)));

    /// <summary>
    /// The node of a name, empty non-terminals included; null when the zone has no such name.
    /// </summary>
    public ZoneNode? Find(DomainName name) => _nodes.GetValueOrDefault(name);

    /// <summary>The NSEC set at a name, or else the one whose range covers it.</summary>
    public RRset FindNsec(DomainName name) => At(_nsec, name)?.Find(RRType.Nsec) ?? default;

    /// <summary>
    /// The NSEC3 set of a name's hash, or else the one whose range covers it (RFC 5155 §7.2).
    /// </summary>
    public RRset FindNsec3(DomainName name, out bool isMatch)
    {
        DomainName hashed = Nsec3Hashing.OwnerOf(_hashing!.Hash(name), Origin);
        ZoneNode? node = At(_nsec3, hashed);
        isMatch = node is not null && node.Name == hashed;
        return node?.Find(RRType.Nsec3) ?? default;
    }

    // The last node whose name is not after the one given; before the first comes the last: the chain is a
    // ring.
    private static ZoneNode? At(ZoneNode[] nodes, DomainName name)
    {
        int at = nodes.Length - 1;
        while (at >= 0 && nodes[at].Name > name)
        {
            at--;
        }

        return at >= 0 ? nodes[at] : nodes.LastOrDefault();
    }

    private ZoneNode NodeFor(DomainName name)
    {
        if (_nodes.TryGetValue(name, out ZoneNode? node))
        {
            return node;
        }

        node = new ZoneNode(name);
        _nodes.Add(name, node);
        if (name != Origin)
        {
            // RFC 4592 §2.2.2: the names between it and the top exist, with or without records.
            _ = NodeFor(name.Parent);
        }

        return node;
    }
}
