// Step 9, the scrubbing of answers and denials: takes from a reply the sets that the question needs, from
// owners inside the asked server's zone, and counts the rest. RFC 2181 §5.4.1, RFC 6672 §3.2, RFC 2308 §2.
using System;
using System.Collections.Generic;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>Collects RRsets out of an indexed reply. One per loop.</summary>
internal sealed class ResponseScrubber
{
    private readonly RRsetBuilder _builder = new();
    private readonly List<DomainName> _names = [];
    private readonly ReplyIndex _index;
    private readonly ResolverLimits _limits;
    private readonly bool _takesParts;

    public ResponseScrubber(ReplyIndex index, ResolverLimits limits, bool takesParts = false)
    {
        _index = index;
        _limits = limits;
        _takesParts = takesParts;
    }

    /// <summary>True when the set built last would have had too many records (RFC 2181 §5).</summary>
    public bool HasOverflowed { get; private set; }

    /// <summary>True when the aliases collected last lead back to a name that they began at or passed.</summary>
    public bool WentRound { get; private set; }

    /// <summary>
    /// Follows the answer section from the name asked for through aliases inside the zone to the RRset asked
    /// for. False when RDATA of a needed record cannot be read.
    /// </summary>
    public bool TryCollectAnswer(ReadOnlySpan<byte> message, in AskedQuestion asked, ClassifiedReply reply)
    {
        WentRound = false;
        if (_index.Header.Answers == 0)
        {
            return true;
        }

        DomainName name = asked.Name;
        _names.Clear();
        for (int links = 0; links <= _limits.MaxAliases && name.IsSubdomainOf(asked.Zone); links++)
        {
            if (!TryBuildWanted(message, asked, name, out RRset set))
            {
                return false;
            }

            if (!set.IsEmpty)
            {
                reply.Answer.Add(set);
                return true;
            }

            _names.Add(name);
            if (!TryFollow(message, asked.Zone, ref name, reply, out bool followed))
            {
                return false;
            }

            if (!followed)
            {
                return true;
            }

            reply.LastName = name;
            WentRound = _names.Contains(name);
            if (WentRound)
            {
                return true;
            }
        }

        return true;
    }

    /// <summary>
    /// Takes the SOA that denies <see cref="ClassifiedReply.LastName"/>, and the proofs. A forward zone may
    /// begin inside a zone, whose SOA then lies above it; it says how long the denial lives, and no more.
    /// </summary>
    public bool TryCollectDenial(ReadOnlySpan<byte> message, in AskedQuestion asked, ClassifiedReply reply)
    {
        DomainName zone = asked.Zone;
        Span<byte> owner = stackalloc byte[NameOctets.MaxLength];
        foreach (ref readonly RecordView record in _index.Records)
        {
            if (record.Section != MessageSection.Authority || record.Type != RRType.Soa
                || record.Class != RRClass.IN || !reply.Soa.IsEmpty)
            {
                continue;
            }

            if (!record.TryReadOwner(message, owner, out int length, out _))
            {
                return false;
            }

            if ((asked.Role == ServerRole.Authoritative
                    && !NameOctets.IsSubdomainOf(owner[..length], zone.Wire))
                || !NameOctets.IsSubdomainOf(reply.LastName.Wire, owner[..length]))
            {
                reply.Scrubbed++;
                continue;
            }

            if (!TryBuild(message, MessageSection.Authority, owner[..length], RRType.Soa, out RRset soa))
            {
                return false;
            }

            reply.Soa = soa;
        }

        return TryCollectProofs(message, zone, reply);
    }

    /// <summary>
    /// Takes the NSEC and NSEC3 sets of the authority section whose owners lie in the zone.
    /// </summary>
    public bool TryCollectProofs(ReadOnlySpan<byte> message, DomainName zone, ClassifiedReply reply)
    {
        Span<byte> owner = stackalloc byte[NameOctets.MaxLength];
        foreach (ref readonly RecordView record in _index.Records)
        {
            if (record.Section != MessageSection.Authority || record.Class != RRClass.IN
                || (record.Type != RRType.Nsec && record.Type != RRType.Nsec3)
                || reply.Proofs.Count >= _limits.MaxRRsetsPerReply)
            {
                continue;
            }

            if (!record.TryReadOwner(message, owner, out int length, out _)
                || !NameOctets.IsSubdomainOf(owner[..length], zone.Wire)
                || Has(reply, owner[..length], record.Type))
            {
                continue;
            }

            if (!TryBuild(message, MessageSection.Authority, owner[..length], record.Type, out RRset set))
            {
                return false;
            }

            reply.Proofs.Add(set);
        }

        return true;
    }

    /// <summary>
    /// Builds the set of this owner and type, with its signatures, from a section; empty when there is none.
    /// False when a record of it cannot be read.
    /// </summary>
    public bool TryBuild(
        ReadOnlySpan<byte> message,
        MessageSection section,
        ReadOnlySpan<byte> owner,
        RRType type,
        out RRset set)
    {
        set = default;
        HasOverflowed = false;
        _builder.Begin(owner, type, RRClass.IN);
        Span<byte> name = stackalloc byte[NameOctets.MaxLength];
        foreach (ref readonly RecordView record in _index.Records)
        {
            bool signs = record.Type == RRType.Rrsig && type != RRType.Rrsig;
            if (record.Section != section || record.Class != RRClass.IN
                || (record.Type != type && !(signs && Covers(record.Rdata(message), type))))
            {
                continue;
            }

            if (!record.TryReadOwner(message, name, out int length, out _))
            {
                return false;
            }

            if (!NameOctets.EqualsIgnoreCase(name[..length], owner))
            {
                continue;
            }

            bool fits = _builder.Count < _limits.MaxRecordsPerRRset;
            HasOverflowed |= !fits;
            if (fits ? !_builder.TryAdd(message, record, out _) : !_takesParts)
            {
                return false;
            }
        }

        if (_builder.Count > 0)
        {
            set = _builder.Build();
        }

        return true;
    }

    private static bool Covers(ReadOnlySpan<byte> signature, RRType type) =>
        signature.Length >= 2 && ((signature[0] << 8) | signature[1]) == type.Value;

    private static bool Has(ClassifiedReply reply, ReadOnlySpan<byte> owner, RRType type)
    {
        foreach (RRset set in reply.Proofs)
        {
            if (set.Type == type && NameOctets.EqualsIgnoreCase(set.Owner, owner))
            {
                return true;
            }
        }

        return false;
    }

    // What is asked for at the name. A CNAME below a DNAME is made of it and signed by nobody: where it is
    // the answer, the DNAME stands for it (RFC 6672 §3.1, §5.3.1).
    private bool TryBuildWanted(
        ReadOnlySpan<byte> message, in AskedQuestion asked, DomainName name, out RRset set)
    {
        set = default;
        bool isRead = !DnameRewrite.Answers(asked.Type) || TryBuildDname(message, asked.Zone, name, out set);
        if (!isRead || !set.IsEmpty)
        {
            return isRead;
        }

        RRType wanted = asked.Type == RRType.Any ? _index.FirstTypeAt(message, name) : asked.Type;
        return TryBuild(message, MessageSection.Answer, name.Wire, wanted, out set);
    }

    private bool TryFollow(
        ReadOnlySpan<byte> message, DomainName zone, ref DomainName name, ClassifiedReply reply,
        out bool followed)
    {
        followed = false;
        if (!TryBuild(message, MessageSection.Answer, name.Wire, RRType.Cname, out RRset cname)
            || !TryBuildDname(message, zone, name, out RRset dname))
        {
            return false;
        }

        if (!dname.IsEmpty)
        {
            reply.Answer.Add(dname);
            followed = DnameRewrite.TryApply(name, dname, out DomainName rewritten);
            name = followed ? rewritten : name;
            return true;
        }

        if (cname.IsEmpty)
        {
            return true;
        }

        // RFC 2181 §10.1: an alias has one target; a set of several is no alias that could be followed.
        followed = cname.Count == 1;
        if (followed)
        {
            reply.Answer.Add(cname);
            name = DomainName.FromValidWire(cname.First);
        }

        return followed;
    }

    private bool TryBuildDname(ReadOnlySpan<byte> message, DomainName zone, DomainName name, out RRset set)
    {
        set = default;
        Span<byte> owner = stackalloc byte[NameOctets.MaxLength];
        foreach (ref readonly RecordView record in _index.Records)
        {
            if (record.Section != MessageSection.Answer || record.Type != RRType.Dname
                || record.Class != RRClass.IN)
            {
                continue;
            }

            if (!record.TryReadOwner(message, owner, out int length, out _))
            {
                return false;
            }

            ReadOnlySpan<byte> at = owner[..length];
            if (length < name.Wire.Length && NameOctets.IsSubdomainOf(name.Wire, at)
                && NameOctets.IsSubdomainOf(at, zone.Wire))
            {
                return TryBuild(message, MessageSection.Answer, at, RRType.Dname, out set) && set.Count <= 1;
            }
        }

        return true;
    }
}
