// Signs the zones of an internet from one seed: every zone but those that are named as unsigned and those
// that bring their own signatures. The anchor is the root's key.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Resolver.Wire;

namespace Resolver.Testing;

/// <summary>Signs internets.</summary>
internal sealed class InternetSigner(
    string seed, IReadOnlyCollection<DomainName> unsigned, Func<DomainName, ZoneSigning> styleOf)
{
    /// <summary>The trust anchor of the root that goes with the seed, in zone-file form.</summary>
    public string TrustAnchor
    {
        get
        {
            StringBuilder text = new();
            foreach (byte[] ds in KeysOf(DomainName.Root).DelegationSigners)
            {
                string digest = Convert.ToHexString(ds.AsSpan(4));
                text.Append($". DS {(ds[0] << 8) | ds[1]} {ds[2]} {ds[3]} {digest}\n");
            }

            return text.ToString();
        }
    }

    /// <summary>The zones, signed.</summary>
    public IReadOnlyList<AuthoritativeZone> Sign(IReadOnlyList<AuthoritativeZone> zones)
    {
        Dictionary<DomainName, ZoneKeySet> keys = zones.Where(IsToSign)
            .ToDictionary(static z => z.Origin, z => KeysOf(z.Origin));
        return
        [
            .. zones.Select(z => keys.TryGetValue(z.Origin, out ZoneKeySet? own)
                ? new ZoneSigner(z, own, keys.GetValueOrDefault, styleOf(z.Origin).Nsec3).Sign()
                : z),
        ];
    }

    private ZoneKeySet KeysOf(DomainName zone) => new(seed, zone, styleOf(zone));

    private bool IsToSign(AuthoritativeZone zone) =>
        !unsigned.Contains(zone.Origin) && !zone.Apex.Has(RRType.Dnskey);
}
