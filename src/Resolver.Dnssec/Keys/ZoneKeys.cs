// The DNSKEY RRset of a zone with its keys ready for use. Kept beside the RRset in the cache: what was
// imported once serves all signatures of the zone. Whether the keys are believed is decided by
// KeySetAuthentication before anything is checked with them.
using System;
using System.Collections.Generic;
using Resolver.Wire;

namespace Resolver.Dnssec;

/// <summary>The keys of a zone. Thread-safe; native memory is freed by finalisers.</summary>
internal sealed class ZoneKeys
{
    private readonly ZoneKey[] _keys;

    /// <summary>The keys of a DNSKEY RRset; records too short for a key are passed over.</summary>
    public ZoneKeys(RRset dnskeys, IKeyImporter importer, DnssecPolicy policy)
    {
        Set = dnskeys;
        List<ZoneKey> keys = new(dnskeys.Count);
        foreach (ReadOnlySpan<byte> rdata in dnskeys.Records)
        {
            if (rdata.Length > 4)
            {
                keys.Add(new ZoneKey(rdata, importer, policy));
            }
        }

        _keys = [.. keys];
    }

    private ZoneKeys(RRset dnskeys, ZoneKey[] keys)
    {
        Set = dnskeys;
        _keys = keys;
    }

    /// <summary>The DNSKEY RRset.</summary>
    public RRset Set { get; }

    /// <summary>The zone's name in wire form.</summary>
    public ReadOnlySpan<byte> Zone => Set.Owner;

    /// <summary>The keys in the order of the set.</summary>
    public ReadOnlySpan<ZoneKey> Keys => _keys;

    /// <summary>Octets of native memory held at the moment.</summary>
    public int NativeOctets
    {
        get
        {
            int sum = 0;
            foreach (ZoneKey key in _keys)
            {
                sum += key.NativeOctets;
            }

            return sum;
        }
    }

    /// <summary>The same set with some of its keys alone.</summary>
    public ZoneKeys Only(List<ZoneKey> keys) => new(Set, [.. keys]);
}
