// A zone file of the folder Zones as RRsets with their signatures.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Resolver.Wire;

namespace Resolver.Dnssec.Tests;

internal sealed class SignedZone
{
    // 2026-01-01, in the middle of the signatures' time.
    public const uint Now = 1_767_225_600;

    private readonly Dictionary<(DomainName Owner, RRType Type), RRset> _sets = [];

    private SignedZone(DomainName origin) => Origin = origin;

    public static SignatureTerms Terms { get; } = new(Now, new DnssecPolicy());

    public DomainName Origin { get; }

    public IEnumerable<RRset> Sets => _sets.Values;

    public IEnumerable<RRset> SignedSets => Sets.Where(s => s.SignatureCount > 0);

    public RRset Dnskeys => this["example.", RRType.Dnskey];

    public RRset this[string owner, RRType type] => _sets[(DomainName.Parse(owner), type)];

    public static SignedZone Load(string name)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Zones", name + ".zone");
        return Parse(File.ReadAllText(path), "example.");
    }

    public static SignedZone Parse(string text, string origin)
    {
        List<ZoneFileError> mistakes = [];
        using ZoneFileReader reader = ZoneFileReader.FromText(
            text, new ZoneFileOptions { Name = "test", Ttl = 3600, Origin = DomainName.Parse(origin) });
        IReadOnlyList<ZoneRecord> records = reader.ReadAll(mistakes);
        if (mistakes.Count > 0)
        {
            throw new InvalidDataException(mistakes[0].ToString());
        }

        SignedZone zone = new(DomainName.Parse(origin));
        foreach (var group in records.Where(r => r.Type != RRType.Rrsig).GroupBy(r => (r.Owner, r.Type)))
        {
            RRsetBuilder builder = new();
            builder.Begin(group.First().Owner.Wire, group.Key.Type, RRClass.IN);
            foreach (ZoneRecord record in group)
            {
                builder.Add(record.Rdata.Span, record.Ttl);
            }

            foreach (ZoneRecord rrsig in records.Where(r => r.Type == RRType.Rrsig
                && r.Owner == group.Key.Owner && Covers(r, group.Key.Type)))
            {
                builder.AddSignature(rrsig.Rdata.Span, rrsig.Ttl);
            }

            zone._sets.Add(group.Key, builder.Build());
        }

        return zone;
    }

    public ZoneKeys Keys(IKeyImporter importer) => new(Dnskeys, importer, Terms.Policy);

    public RRset FirstKeyDS() =>
        Edit.NewSet(Origin, RRType.DS, DelegationSigner.FromKey(Origin.Wire, EntryKey()));

    public byte[] EntryKey()
    {
        foreach (ReadOnlySpan<byte> rdata in Dnskeys.Records)
        {
            if ((rdata[1] & 1) != 0)
            {
                return rdata.ToArray();
            }
        }

        throw new InvalidOperationException();
    }

    public DenialEvidence Evidence(params string[] owners)
    {
        RRset[] denying = [.. Sets.Where(s => s.Type == RRType.Nsec || s.Type == RRType.Nsec3)];
        return DenialEvidence.Collect(
            Origin.Wire,
            owners.Length == 0
                ? denying
                : [.. denying.Where(s => owners.Contains(s.OwnerName.ToString()))],
            Terms.Policy);
    }

    private static bool Covers(ZoneRecord rrsig, RRType type) =>
        (rrsig.Rdata.Span[0] << 8 | rrsig.Rdata.Span[1]) == type.Value;
}
