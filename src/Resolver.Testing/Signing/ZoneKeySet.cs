// All keys of one zone of a simulated internet: which are published, which sign what, and which of them the
// parent names.
using System.Collections.Generic;
using System.Linq;
using Resolver.Wire;

namespace Resolver.Testing;

/// <summary>The keys of a signed zone.</summary>
internal sealed class ZoneKeySet
{
    private readonly List<ZoneSigningKey> _published = [];
    private readonly List<ZoneSigningKey> _forKeys = [];
    private readonly List<ZoneSigningKey> _forRest = [];
    private readonly ZoneSigning _signing;
    private readonly string _seed;
    private readonly DomainName _zone;

    /// <summary>The keys of a zone, from the internet's seed.</summary>
    public ZoneKeySet(string seed, DomainName zone, ZoneSigning signing)
    {
        _seed = seed;
        _zone = zone;
        _signing = signing;
        ZoneSigningKey first = Make("", ZoneSigningKey.EntryPoint);
        ZoneSigningKey rest = signing.HasTwoKeys ? Make("zone", ZoneSigningKey.ZoneKey) : first;
        _published.AddRange(((ZoneSigningKey[])[first, rest]).Distinct());
        _forKeys.Add(first);
        _forRest.Add(rest);
        DelegationSigners.AddRange(NameByParent(first));
        Roll();
    }

    /// <summary>The RDATAs of the DNSKEY set.</summary>
    public IEnumerable<byte[]> Dnskeys => _published.Select(static k => k.Dnskey);

    /// <summary>The RDATAs of the parent's DS set; none for an island.</summary>
    public List<byte[]> DelegationSigners { get; } = [];

    /// <summary>A set, signed.</summary>
    public RRset Sign(RRset set)
    {
        RRsetBuilder builder = new();
        builder.Begin(set.Owner, set.Type, set.Class);
        foreach (System.ReadOnlySpan<byte> rdata in set.Records)
        {
            builder.Add(rdata, set.Ttl);
        }

        foreach (ZoneSigningKey key in set.Type == RRType.Dnskey ? _forKeys : _forRest)
        {
            builder.AddSignature(key.Sign(set, _signing.Period), set.Ttl);
        }

        return builder.Build();
    }

    private void Roll()
    {
        switch (_signing.Roll)
        {
            case KeyRoll.PrePublished:
                _published.Add(Make("next", ZoneSigningKey.ZoneKey));
                break;
            case KeyRoll.DoubleSigned:
                ZoneSigningKey second = Make("next", ZoneSigningKey.EntryPoint);
                _published.Add(second);
                _forKeys.Add(second);
                _forRest.Add(second);
                break;
            case KeyRoll.DoubleDS when DelegationSigners.Count > 0:
                DelegationSigners.InsertRange(0, NameByParent(Make("next", ZoneSigningKey.EntryPoint)));
                break;
            case KeyRoll.Revoked:
                ZoneSigningKey last = Make("last", ZoneSigningKey.RevokedEntryPoint);
                _published.Insert(0, last);
                _forKeys.Insert(0, last);
                break;
            case KeyRoll.WithUnknownAlgorithm:
                ZoneSigningKey unknown =
                    Make("unknown", ZoneSigningKey.EntryPoint, ZoneSigning.UnknownAlgorithm);
                _published.Insert(0, unknown);
                _forKeys.Insert(0, unknown);
                _forRest.Insert(0, unknown);
                break;
            case KeyRoll.None:
            case KeyRoll.DoubleDS:
            default:
                break;
        }
    }

    private IEnumerable<byte[]> NameByParent(ZoneSigningKey key)
    {
        byte[] plain = key.Signer;
        switch (_signing.Delegation)
        {
            case DelegationForm.Sha384:
                return [key.SignerWith(4)];
            case DelegationForm.WithSha1:
                return [key.SignerWith(1), plain];
            case DelegationForm.BesideUnknown:
                byte[] other = [.. plain[..2], ZoneSigning.UnknownAlgorithm, .. plain[3..]];
                return [other, key.SignerWith(ZoneSigning.UnknownDigest), plain];
            case DelegationForm.None:
                return [];
            case DelegationForm.UnknownDigest:
                return [key.SignerWith(ZoneSigning.UnknownDigest)];
            case DelegationForm.Wrong:
                return [[.. plain[..^1], (byte)~plain[^1]]];
            case DelegationForm.Plain:
            case DelegationForm.UnknownAlgorithm:
            default:
                return [plain];
        }
    }

    private ZoneSigningKey Make(string role, ushort flags, byte? shown = null) => new(
        new KeyOrigin(_seed, _zone, role),
        flags,
        _signing.Algorithm,
        shown ?? (_signing.Delegation == DelegationForm.UnknownAlgorithm
            ? ZoneSigning.UnknownAlgorithm
            : (byte)_signing.Algorithm));
}
