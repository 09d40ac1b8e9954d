// Makes RRsets that differ from real ones in one place.
using System;
using System.Collections.Generic;
using Resolver.Wire;

namespace Resolver.Dnssec.Tests;

internal static class Edit
{
    public static RRset NewSet(DomainName owner, RRType type, params byte[][] records) =>
        Build(owner, type, records, []);

    public static RRset Build(
        DomainName owner, RRType type, IEnumerable<byte[]> records, IEnumerable<byte[]> signatures)
    {
        RRsetBuilder builder = new();
        builder.Begin(owner.Wire, type, RRClass.IN);
        foreach (byte[] record in records)
        {
            builder.Add(record, 3600);
        }

        foreach (byte[] signature in signatures)
        {
            builder.AddSignature(signature, 3600);
        }

        return builder.Build();
    }

    public static RRset WithOwner(this RRset set, string owner) =>
        Build(DomainName.Parse(owner), set.Type, set.ListRecords(), set.ListSignatures());

    public static RRset WithSignatures(this RRset set, params byte[][] signatures) =>
        Build(set.OwnerName, set.Type, set.ListRecords(), signatures);

    public static RRset WithRecords(this RRset set, params byte[][] records) =>
        Build(set.OwnerName, set.Type, records, set.ListSignatures());

    public static RRset WithSignature(this RRset set, Action<byte[]> edit)
    {
        byte[] signature = set.FirstSignature();
        edit(signature);
        return set.WithSignatures(signature);
    }

    public static byte[] FirstSignature(this RRset set) => set.ListSignatures()[0];

    public static List<byte[]> ListRecords(this RRset set)
    {
        List<byte[]> list = [];
        foreach (ReadOnlySpan<byte> rdata in set.Records)
        {
            list.Add(rdata.ToArray());
        }

        return list;
    }

    public static List<byte[]> ListSignatures(this RRset set)
    {
        List<byte[]> list = [];
        foreach (ReadOnlySpan<byte> rdata in set.Signatures)
        {
            list.Add(rdata.ToArray());
        }

        return list;
    }
}
