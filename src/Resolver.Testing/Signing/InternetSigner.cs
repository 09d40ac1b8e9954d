// Signs the zones of an internet from one seed: every zone but those that are named as unsigned and those
// that bring their own signatures. The anchor is the root's key.
using System;
using System.Collections.Generic;
using System.Linq;
using Resolver.Wire;

namespace Resolver.Testing;

/// <summary>Signs internets.</summary>
internal sealed class InternetSigner(string seed, IReadOnlyCollection<DomainName> unsigned)
{
    /// <summary>The trust anchor of the root that goes with the seed, in zone-file form.</summary>
    public string TrustAnchor
    {
        get
        {
            byte[] ds = new ZoneSigningKey(seed, DomainName.Root).Signer;
            return $". DS {(ds[0] << 8) | ds[1]} {ds[2]} {ds[3]} {Convert.ToHexString(ds.AsSpan(4))}\n";
        }
    }

    /// <summary>The zones, signed.</summary>
    public IReadOnlyList<AuthoritativeZone> Sign(IReadOnlyList<AuthoritativeZone> zones)
    {
        Dictionary<DomainName, ZoneSigningKey> keys = zones.Where(IsToSign)
            .ToDictionary(static z => z.Origin, z => new ZoneSigningKey(seed, z.Origin));
        return
        [
            .. zones.Select(z => keys.TryGetValue(z.Origin, out ZoneSigningKey? key)
                ? new ZoneSigner(z, key, keys.GetValueOrDefault, SignaturePeriod.Longest).Sign()
                : z),
        ];
    }

    private bool IsToSign(AuthoritativeZone zone) =>
        !unsigned.Contains(zone.Origin) && !zone.Apex.Has(RRType.Dnskey);
}
