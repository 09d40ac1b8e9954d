// From the records of a zone file to a zone: gathers sets with their signatures, and refuses what no
// authoritative server would load: no SOA, records outside, CNAME beside other data (RFC 1034 §3.6.2, RFC
// 2181 §10.1).
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using Resolver.Wire;

namespace Resolver.Testing;

/// <summary>Collects records into sets; used once per zone.</summary>
internal sealed class ZoneLoading(DomainName origin, string file)
{
    private readonly Dictionary<(DomainName Owner, RRType Type), Gathered> _sets = [];
    private readonly List<Gathered> _order = [];
    private readonly List<ZoneFileError> _errors = [];

    /// <summary>Reads a zone to the end of its text; the mistakes in it, or an empty list.</summary>
    public static IReadOnlyList<ZoneFileError> TryLoad(
        DomainName origin, string file, ZoneFileReader reader, out AuthoritativeZone? zone)
    {
        ZoneLoading loading = new(origin, file);
        foreach (ZoneRecord record in reader.ReadAll(loading._errors))
        {
            loading.Add(record);
        }

        zone = loading.Build();
        return loading._errors;
    }

    private void Add(ZoneRecord record)
    {
        if (!record.Owner.IsSubdomainOf(origin))
        {
            Complain(record, $"{record.Owner} is not in the zone {origin}");
            return;
        }

        bool isSignature = record.Type == RRType.Rrsig;
        RRType type = isSignature
            ? new RRType(BinaryPrimitives.ReadUInt16BigEndian(record.Rdata.Span))
            : record.Type;
        if (!_sets.TryGetValue((record.Owner, type), out Gathered? set))
        {
            set = new Gathered(record.Owner, type, record);
            _sets.Add((record.Owner, type), set);
            _order.Add(set);
        }

        (isSignature ? set.Signatures : set.Records).Add(record);
    }

    private AuthoritativeZone? Build()
    {
        RRsetBuilder builder = new();
        List<ZoneSet> built = [];
        foreach (Gathered set in _order)
        {
            if (set.Records.Count == 0)
            {
                Complain(set.First, $"signatures of {set.Type} at {set.Owner} sign nothing");
                continue;
            }

            CheckAlone(set);
            built.Add(new ZoneSet(set.Build(builder)));
        }

        if (!_sets.TryGetValue((origin, RRType.Soa), out Gathered? soa))
        {
            _errors.Add(new ZoneFileError(file, 0, 0, $"the zone {origin} has no SOA record at its top"));
        }
        else if (soa.Records.Count > 1)
        {
            Complain(soa.Records[1], "a zone has one SOA record");
        }

        return _errors.Count == 0 ? new AuthoritativeZone(origin, built) : null;
    }

    private void CheckAlone(Gathered set)
    {
        bool isAlias = set.Type == RRType.Cname;
        if ((isAlias || set.Type == RRType.Dname) && set.Records.Count > 1)
        {
            Complain(set.Records[1], $"{set.Owner} has more than one {set.Type} record");
        }

        // RFC 4035 §2.5: NSEC (and what signs) may stand beside a CNAME.
        Gathered? other = !isAlias ? null : _order.FirstOrDefault(
            o => o.Owner == set.Owner && o.Type != RRType.Cname && o.Type != RRType.Nsec);
        if (other is not null)
        {
            Complain(set.First, $"{set.Owner} has a CNAME record and others");
        }
    }

    private void Complain(ZoneRecord record, string sentence) =>
        _errors.Add(new ZoneFileError(record.File, record.Line, 1, sentence));

    private sealed class Gathered(DomainName owner, RRType type, ZoneRecord first)
    {
        public DomainName Owner { get; } = owner;

        public RRType Type { get; } = type;

        public ZoneRecord First { get; } = first;

        public List<ZoneRecord> Records { get; } = [];

        public List<ZoneRecord> Signatures { get; } = [];

        public RRset Build(RRsetBuilder builder)
        {
            builder.Begin(Owner.Wire, Type, RRClass.IN);
            Records.ForEach(r => builder.Add(r.Rdata.Span, r.Ttl));
            Signatures.ForEach(r => builder.AddSignature(r.Rdata.Span, r.Ttl));
            return builder.Build();
        }
    }
}
