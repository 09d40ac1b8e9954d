// How an authoritative server finds its answer: RFC 1034 §4.3.2 as refined by RFC 4592 §3.3 (wildcards), RFC
// 6672 §3.2 (DNAME), RFC 6604 (rcode behind aliases), RFC 8482 (ANY), RFC 4035 §3.1.4 (DS at a cut). Within
// one zone, as NSD does: an alias out of the zone is the resolver's to follow. What proves it is
// DenialProofs' matter, octets the responder's.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Resolver.Wire;

namespace Resolver.Testing;

/// <summary>Answers one question from one zone.</summary>
internal sealed class ZoneLookup
{
    // A circle of aliases in a zone ends here; the resolver has a bound of its own.
    private const int MostAliases = 16;

    private readonly AuthoritativeZone _zone;
    private readonly RRType _type;
    private readonly AuthoritativeAnswer _answer = new() { IsAuthoritative = true };
    private readonly DenialProofs? _proofs;
    private int _aliases;

    private ZoneLookup(AuthoritativeZone zone, RRType type, bool withProofs)
    {
        _zone = zone;
        _type = type;
        _proofs = withProofs ? new DenialProofs(zone, _answer.Authority) : null;
    }

    /// <summary>Answers; with proofs when the client set DO.</summary>
    public static AuthoritativeAnswer Answer(
        AuthoritativeZone zone, DomainName name, RRType type, bool withProofs)
    {
        ZoneLookup lookup = new(zone, type, withProofs);
        lookup.Find(name);
        return lookup._answer;
    }

    private void Find(DomainName name)
    {
        if (!name.IsSubdomainOf(_zone.Origin) || ++_aliases > MostAliases)
        {
            return;
        }

        ZoneNode encloser = _zone.Apex;
        for (int labels = _zone.Origin.LabelCount + 1; ; labels++)
        {
            bool isWhole = encloser.Name.LabelCount == name.LabelCount;
            if (encloser != _zone.Apex && encloser.Has(RRType.NS) && !(isWhole && _type == RRType.DS))
            {
                Refer(encloser);
                return;
            }

            if (isWhole)
            {
                AnswerFrom(encloser, name);
                return;
            }

            if (encloser.Find(RRType.Dname) is { IsEmpty: false } dname)
            {
                FollowDname(dname, name);
                return;
            }

            if (_zone.Find(name.Suffix(labels)) is not { } next)
            {
                AnswerFromWildcard(encloser, name);
                return;
            }

            encloser = next;
        }
    }

    private void Refer(ZoneNode cut)
    {
        RRset servers = cut.Find(RRType.NS);
        _answer.IsAuthoritative = _answer.Answer.Count > 0;
        AuthoritativeAnswer.AddOnce(_answer.Authority, servers);
        if (cut.Find(RRType.DS) is { IsEmpty: false } ds)
        {
            if (_proofs is not null)
            {
                AuthoritativeAnswer.AddOnce(_answer.Authority, ds);
            }
        }
        else
        {
            _proofs?.AddNoData(cut.Name);
        }

        foreach (ReadOnlySpan<byte> rdata in servers.Records)
        {
            // RFC 9471 §2: in-domain glue leads to the servers, sibling glue only helps.
            DomainName server = DomainName.FromValidWire(rdata);
            List<PlacedRRset> section = server.IsSubdomainOf(cut.Name)
                ? _answer.NeededGlue
                : _answer.Additional;
            AddAddresses(section, server);
        }
    }

    private void AnswerFrom(ZoneNode node, DomainName name)
    {
        if (node.Find(RRType.Cname) is { IsEmpty: false } alias && FollowsAliases)
        {
            Place(alias, name);
            Find(DomainName.FromValidWire(alias.First));
            return;
        }

        if (SetOf(node) is { IsEmpty: false } set)
        {
            Place(set, name);
            AddTargets(set);
            return;
        }

        Deny(Rcode.NoError);
        _proofs?.AddNoData(node.Name);
        if (node.Name != name)
        {
            _proofs?.AddEncloser(node.Name.Parent);
        }
    }

    private void AnswerFromWildcard(ZoneNode encloser, DomainName name)
    {
        DomainName wildcard = DenialProofs.WildcardBelow(encloser.Name);
        if (_zone.Find(wildcard) is not { } node)
        {
            Deny(Rcode.NXDomain);
            _proofs?.AddNoName(encloser.Name, name);
            return;
        }

        _proofs?.AddExpansion(encloser.Name, name);
        AnswerFrom(node, name);
    }

    // RFC 6672 §3.2: the rest of the name moves below the target; too long a name is YXDOMAIN.
    private void FollowDname(RRset dname, DomainName name)
    {
        Place(dname, dname.OwnerName);
        DomainName target = DomainName.FromValidWire(dname.First);
        int kept = name.Wire.Length - dname.Owner.Length;
        byte[] moved = [.. name.Wire[..kept], .. target.Wire];
        if (!DomainName.TryFromWire(moved, out DomainName next, out _))
        {
            _answer.Rcode = Rcode.YXDomain;
            return;
        }

        RRsetBuilder builder = new();
        builder.Begin(name.Wire, RRType.Cname, RRClass.IN);
        builder.Add(next.Wire, dname.Ttl);
        Place(builder.Build(), name);
        if (_type != RRType.Cname)
        {
            Find(next);
        }
    }

    private bool FollowsAliases =>
        _type != RRType.Cname && _type != RRType.Any && _type != RRType.Nsec && _type != RRType.Rrsig;

    private RRset SetOf(ZoneNode node)
    {
        // RFC 8482 §4.1: one set answers ANY (and, as signatures travel with their set, RRSIG).
        bool isAny = _type == RRType.Any || _type == RRType.Rrsig;
        return !isAny ? node.Find(_type) : node.IsEmpty ? default : node.Sets[0];
    }

    private void Place(RRset set, DomainName owner) =>
        _answer.Answer.Add(new PlacedRRset(owner, set, set.Ttl));

    // RFC 2308 §3: the lesser of the SOA's TTL and its last field.
    private void Deny(Rcode rcode)
    {
        _answer.Rcode = rcode;
        uint minimum = BinaryPrimitives.ReadUInt32BigEndian(_zone.Soa.First[^4..]);
        AuthoritativeAnswer.AddOnce(_answer.Authority, _zone.Soa, Math.Min(_zone.Soa.Ttl, minimum));
    }

    private void AddTargets(RRset set)
    {
        int lead = set.Type == RRType.NS ? 0 : set.Type == RRType.MX ? 2 : set.Type == RRType.Srv ? 6 : -1;
        if (lead < 0)
        {
            return;
        }

        foreach (ReadOnlySpan<byte> rdata in set.Records)
        {
            AddAddresses(_answer.Additional, DomainName.FromValidWire(rdata[lead..]));
        }
    }

    private void AddAddresses(List<PlacedRRset> section, DomainName host)
    {
        if (_zone.Find(host) is { } node)
        {
            AuthoritativeAnswer.AddOnce(section, node.Find(RRType.A));
            AuthoritativeAnswer.AddOnce(section, node.Find(RRType.Aaaa));
        }
    }
}
