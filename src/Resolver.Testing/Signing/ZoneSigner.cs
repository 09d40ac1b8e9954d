// Signs a zone of a simulated internet: DNSKEY at the top, DS where signed zones are delegated, an NSEC
// chain, and a signature over every authoritative set. RFC 4035 §2. Zones that bring signatures of their own
// are left as they are.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using Resolver.Wire;

namespace Resolver.Testing;

/// <summary>Signs one zone.</summary>
internal sealed class ZoneSigner
{
    private static readonly RRType[] AtCuts = [RRType.DS, RRType.Nsec];

    private readonly AuthoritativeZone _zone;
    private readonly ZoneSigningKey _key;
    private readonly Func<DomainName, ZoneSigningKey?> _findChild;
    private readonly RRsetBuilder _builder = new();
    private readonly SignaturePeriod _period;

    /// <summary>
    /// A signer of a zone; <paramref name="findChild"/> gives the key of a signed zone delegated by it.
    /// </summary>
    public ZoneSigner(
        AuthoritativeZone zone,
        ZoneSigningKey key,
        Func<DomainName, ZoneSigningKey?> findChild,
        SignaturePeriod period)
    {
        _zone = zone;
        _key = key;
        _findChild = findChild;
        _period = period;
    }

    /// <summary>The zone, signed.</summary>
    public AuthoritativeZone Sign()
    {
        List<ZoneNode> chain = [.. _zone.Nodes.Where(n => n.Sets.Count > 0 && !IsBelowCut(n.Name))];
        List<RRset> sets = [.. _zone.Nodes.Where(n => IsBelowCut(n.Name)).SelectMany(static n => n.Sets)];
        for (int i = 0; i < chain.Count; i++)
        {
            ZoneNode node = chain[i];
            bool isCut = IsCut(node);
            List<RRset> own = [.. node.Sets];
            AddKeys(node.Name, isCut, own);
            own.Add(MakeNsec(node.Name, chain[(i + 1) % chain.Count].Name, own));
            sets.AddRange(own.Select(s => isCut && !AtCuts.Contains(s.Type) ? s : Signed(s)));
        }

        return new AuthoritativeZone(_zone.Origin, sets);
    }

    private void AddKeys(DomainName name, bool isCut, List<RRset> own)
    {
        if (name == _zone.Origin)
        {
            own.Add(Make(name, RRType.Dnskey, _key.Dnskey, _zone.Soa.Ttl));
        }
        else if (isCut && _findChild(name) is { } child && !own.Exists(static s => s.Type == RRType.DS))
        {
            own.Add(Make(name, RRType.DS, child.Signer, own[0].Ttl));
        }
    }

    private bool IsCut(ZoneNode node) => node.Name != _zone.Origin && node.Has(RRType.NS);

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

    // RFC 4035 §2.3, RFC 9077: the TTL of denials is the SOA's, of its two the lesser.
    private RRset MakeNsec(DomainName name, DomainName next, List<RRset> own)
    {
        ushort[] types =
        [
            .. own.Select(static s => s.Type.Value), RRType.Nsec.Value, RRType.Rrsig.Value,
        ];
        byte[] bitmap = new byte[TypeBitmap.MaxLength];
        int length = TypeBitmap.Write(types, bitmap);
        uint minimum = BinaryPrimitives.ReadUInt32BigEndian(_zone.Soa.First[^sizeof(uint)..]);
        byte[] rdata = [.. next.ToCanonical().Wire, .. bitmap.AsSpan(0, length)];
        return Make(name, RRType.Nsec, rdata, Math.Min(minimum, _zone.Soa.Ttl));
    }

    private RRset Make(DomainName owner, RRType type, byte[] rdata, uint ttl)
    {
        _builder.Begin(owner.Wire, type, RRClass.IN);
        _builder.Add(rdata, ttl);
        return _builder.Build();
    }

    private RRset Signed(RRset set)
    {
        _builder.Begin(set.Owner, set.Type, set.Class);
        foreach (ReadOnlySpan<byte> rdata in set.Records)
        {
            _builder.Add(rdata, set.Ttl);
        }

        _builder.AddSignature(_key.Sign(set, _period), set.Ttl);
        return _builder.Build();
    }
}
