// A zone as an authoritative server holds it: names with their sets, and the order of names that denials
// walk. RFC 1034 §4.2, RFC 4034 §6.1, RFC 5155 §1.3.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using Resolver.Wire;

namespace Resolver.Testing;

/// <summary>A zone. Immutable, so that any thread may answer from it.</summary>
internal sealed class AuthoritativeZone
{
    private readonly Dictionary<DomainName, ZoneNode> _nodes = [];
    private readonly ZoneNode[] _nsec;
    private readonly ZoneNode[] _nsec3;

    internal AuthoritativeZone(DomainName origin, IReadOnlyList<RRset> sets)
    {
        Origin = origin;
        foreach (RRset set in sets)
        {
            NodeFor(set.OwnerName).Add(set);
        }

        Apex = _nodes[origin];
        Soa = Apex.Find(RRType.Soa);
        _nsec = [.. _nodes.Values.Where(static n => n.Has(RRType.Nsec)).OrderBy(static n => n.Name)];
        _nsec3 = [.. _nodes.Values.Where(static n => n.Has(RRType.Nsec3)).OrderBy(static n => n.Name)];
        Nsec3Parameters = Apex.Find(RRType.Nsec3Param);
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
    public bool HasNsec3 => _nsec3.Length > 0 && !Nsec3Parameters.IsEmpty;

    /// <summary>All names with their sets, in canonical order.</summary>
    public IEnumerable<ZoneNode> Nodes => _nodes.Values.OrderBy(static n => n.Name);

    private RRset Nsec3Parameters { get; }

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
        DomainName hashed = HashedOwner(name);
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

    // RFC 5155 §5: IH(salt, x, 0) = H(x || salt); the record is: algorithm, flags, iterations (2), salt
    // length, salt.
    private DomainName HashedOwner(DomainName name)
    {
        ReadOnlySpan<byte> parameters = Nsec3Parameters.First;
        int iterations = (parameters[2] << 8) | parameters[3];
        ReadOnlySpan<byte> salt = parameters.Slice(5, parameters[4]);
        byte[] digest = [.. name.ToCanonical().Wire, .. salt];
        for (int round = 0; round <= iterations; round++)
        {
#pragma warning disable CA5350 // The algorithm that RFC 5155 defines.
            byte[] hash = SHA1.HashData(digest);
#pragma warning restore CA5350
            digest = round < iterations ? [.. hash, .. salt] : hash;
        }

        return DomainName.Parse($"{Base32Hex(digest)}.{(Origin.IsRoot ? "" : Origin)}");
    }

    // RFC 4648 §7; a SHA-1 digest is 160 bits, 32 letters without a rest.
    private static string Base32Hex(byte[] octets) =>
        string.Create(octets.Length * 8 / 5, octets, (text, digest) =>
    {
        for (int at = 0; at < text.Length; at++)
        {
            int bit = at * 5;
            int pair = (digest[bit / 8] << 8) | (bit / 8 + 1 < digest.Length ? digest[(bit / 8) + 1] : 0);
            text[at] = "0123456789abcdefghijklmnopqrstuv"[(pair >> (11 - (bit % 8))) & 31];
        }
    });
}
