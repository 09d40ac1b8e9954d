// Signs a zone of a simulated internet: DNSKEY at the top, DS where signed zones are delegated, a chain of
// NSEC or NSEC3, and a signature over every authoritative set, made when the set is first asked for. RFC 4035
// §2, RFC 5155 §7.1. Zones that bring signatures of their own are left as they are.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using Resolver.Wire;

namespace Resolver.Testing;

/// <summary>Signs one zone.</summary>
internal sealed class ZoneSigner
{
    private readonly AuthoritativeZone _zone;
    private readonly ZoneKeySet _keys;
    private readonly Func<DomainName, ZoneKeySet?> _findChild;
    private readonly Nsec3Settings? _nsec3;
    private readonly RRsetBuilder _builder = new();

    /// <summary>
    /// A signer of a zone, which denies by NSEC when it has no settings for NSEC3;
    /// <paramref name="findChild"/> gives the keys of a signed zone delegated by it.
    /// </summary>
    public ZoneSigner(
        AuthoritativeZone zone,
        ZoneKeySet keys,
        Func<DomainName, ZoneKeySet?> findChild,
        Nsec3Settings? nsec3)
    {
        _zone = zone;
        _keys = keys;
        _findChild = findChild;
        _nsec3 = nsec3;
    }

    /// <summary>The zone, signed.</summary>
    public AuthoritativeZone Sign()
    {
        List<SignedName> names = [];
        List<ZoneSet> sets = [];
        foreach (ZoneNode node in _zone.Nodes)
        {
            if (IsBelowCut(node.Name))
            {
                sets.AddRange(node.Sets.Select(static s => new ZoneSet(s)));
            }
            else
            {
                names.Add(Prepare(node));
            }
        }

        // RFC 9077: the TTL of denials is the SOA's, of its two the lesser.
        uint minimum = BinaryPrimitives.ReadUInt32BigEndian(_zone.Soa.First[^sizeof(uint)..]);
        uint ttl = Math.Min(minimum, _zone.Soa.Ttl);
        IEnumerable<RRset> chain = _nsec3 is null
            ? DenialChains.Nsec(names, ttl)
            : DenialChains.Nsec3(_zone.Origin, names, _nsec3, ttl);
        sets.AddRange(names.SelectMany(static n => n.Sets.Select(s => (n, s)))
            .Select(p => p.n.Signs(p.s.Type) ? new ZoneSet(p.s, _keys.Sign) : new ZoneSet(p.s)));
        sets.AddRange(chain.Select(s => new ZoneSet(s, _keys.Sign)));
        return new AuthoritativeZone(_zone.Origin, sets);
    }

    private SignedName Prepare(ZoneNode node)
    {
        List<RRset> own = [.. node.Sets];
        bool isCut = node.Name != _zone.Origin && node.Has(RRType.NS);
        if (node.Name == _zone.Origin)
        {
            own.Add(Make(node.Name, RRType.Dnskey, _keys.Dnskeys, _zone.Soa.Ttl));
            if (_nsec3 is { } nsec3)
            {
                // RFC 5155 §4.1.2: its flags are 0 whatever the chain's are.
                own.Add(Make(node.Name, RRType.Nsec3Param, [DenialChains.Parameters(nsec3, flags: 0)], 0));
            }
        }
        else if (isCut && !node.Has(RRType.DS)
            && _findChild(node.Name)?.DelegationSigners is { Count: > 0 } ds)
        {
            own.Add(Make(node.Name, RRType.DS, ds, own[0].Ttl));
        }

        return new SignedName(node.Name, own, isCut);
    }

    private bool IsBelowCut(DomainName name)
    {
        for (DomainName at = name; at != _zone.Origin;)
        {
            at = at.Parent;
            if (at != _zone.Origin && _zone.Find(at) is { } above && above.Has(RRType.NS))
            {
                return true;
            }
        }

        return false;
    }

    private RRset Make(DomainName owner, RRType type, IEnumerable<byte[]> rdatas, uint ttl)
    {
        _builder.Begin(owner.Wire, type, RRClass.IN);
        foreach (byte[] rdata in rdatas)
        {
            _builder.Add(rdata, ttl);
        }

        return _builder.Build();
    }
}
