// Trust anchors as operators write them: DS or DNSKEY records in zone-file form (RFC 4034 §2, §5). Without
// any, the root's, as IANA publishes them (RFC 9718): the keys of 2017 and 2024.
using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Resolver.Dnssec;
using Resolver.Engine;
using Resolver.Wire;

namespace Resolver;

/// <summary>Reads trust anchors.</summary>
internal static class TrustAnchorsReader
{
    private const string BuiltIn =
        ". DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D\n"
        + ". DS 38696 8 2 683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16\n";

    /// <summary>The anchors of all texts, by zone; the built-in ones when there is no text.</summary>
    /// <exception cref="ArgumentException">A text cannot be read.</exception>
    public static ImmutableArray<ZoneAnchor> Read(ImmutableArray<string> texts)
    {
        IEnumerable<string> sources = texts.IsDefaultOrEmpty ? [BuiltIn] : texts;
        Dictionary<DomainName, List<byte[]>> signers = [];
        foreach (ZoneRecord record in sources.SelectMany(ReadRecords))
        {
            byte[]? ds = record.Type == RRType.DS ? record.Rdata.ToArray()
                : record.Type == RRType.Dnskey
                    ? DelegationSigner.FromKey(record.Owner.Wire, record.Rdata.Span)
                : null;
            if (ds is not null)
            {
                if (!signers.TryGetValue(record.Owner, out List<byte[]>? list))
                {
                    signers.Add(record.Owner, list = []);
                }

                list.Add(ds);
            }
        }

        return [.. signers.Select(static pair => Make(pair.Key, pair.Value))];
    }

    private static IReadOnlyList<ZoneRecord> ReadRecords(string text)
    {
        ZoneFileOptions options = new() { Name = "trust anchors", Ttl = 0 };
        using ZoneFileReader reader = ZoneFileReader.FromText(text, options);
        List<ZoneFileError> errors = [];
        IReadOnlyList<ZoneRecord> records = reader.ReadAll(errors);
        return errors.Count == 0 ? records : throw new ArgumentException(errors[0].ToString(), nameof(text));
    }

    private static ZoneAnchor Make(DomainName zone, List<byte[]> signers)
    {
        RRsetBuilder builder = new();
        builder.Begin(zone.ToCanonical().Wire, RRType.DS, RRClass.IN);
        foreach (byte[] ds in signers)
        {
            builder.Add(ds, int.MaxValue);
        }

        return new ZoneAnchor(zone, builder.Build());
    }
}
