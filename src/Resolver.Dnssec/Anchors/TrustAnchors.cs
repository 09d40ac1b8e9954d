// The names at which chains of trust begin, each with a DS RRset: what is given as DNSKEY is kept by its
// digest, so that one way of authentication serves the parent's word and the operator's. RFC 4035 §4.4, RFC
// 6840 App. C: the closest anchor above a name counts.
using System;
using System.Collections.Generic;
using System.Linq;
using Resolver.Wire;

namespace Resolver.Dnssec;

/// <summary>An immutable set of trust anchors.</summary>
internal sealed class TrustAnchors
{
    private readonly Dictionary<DomainName, RRset> _signers;

    private TrustAnchors(Dictionary<DomainName, RRset> signers) => _signers = signers;

    /// <summary>No anchor: nothing can be validated.</summary>
    public static TrustAnchors None { get; } = new([]);

    /// <summary>The built-in anchors of the root.</summary>
    public static TrustAnchors Root { get; } = new(new Dictionary<DomainName, RRset>
    {
        [DomainName.Root] = ToSet(DomainName.Root, RootAnchors.Signers),
    });

    /// <summary>The names that have an anchor.</summary>
    public IReadOnlyCollection<DomainName> Names => _signers.Keys;

    /// <summary>Anchors from DS and DNSKEY records; others are passed over.</summary>
    public static TrustAnchors From(IEnumerable<ZoneRecord> records) => new(records
        .Where(static r => r.Type == RRType.DS || (r.Type == RRType.Dnskey && r.Rdata.Length > 4))
        .GroupBy(static r => r.Owner.ToCanonical())
        .ToDictionary(static g => g.Key, static g => ToSet(g.Key, g.Select(ToSigner))));

    /// <summary>The same anchors, those at one name replaced; without a record the name has none.</summary>
    public TrustAnchors With(DomainName name, IReadOnlyCollection<ReadOnlyMemory<byte>> signers)
    {
        Dictionary<DomainName, RRset> changed = new(_signers);
        changed.Remove(name);
        if (signers.Count > 0)
        {
            changed.Add(name, ToSet(name, signers));
        }

        return new TrustAnchors(changed);
    }

    /// <summary>The names at which the two differ.</summary>
    public IReadOnlyList<DomainName> Differences(TrustAnchors other) =>
    [
        .. _signers.Where(p => !other.TryGet(p.Key, out RRset theirs) || !theirs.HasSameRecords(p.Value))
            .Select(static p => p.Key),
        .. other.Names.Where(name => !_signers.ContainsKey(name)),
    ];

    /// <summary>The DS RRset of a name that is itself an anchor.</summary>
    public bool TryGet(DomainName name, out RRset signers) => _signers.TryGetValue(name, out signers);

    /// <summary>The closest anchor at or above a name.</summary>
    public bool TryFindAbove(DomainName name, out RRset signers)
    {
        while (!_signers.TryGetValue(name, out signers))
        {
            if (name.IsRoot)
            {
                return false;
            }

            name = name.Parent;
        }

        return true;
    }

    private static ReadOnlyMemory<byte> ToSigner(ZoneRecord record) => record.Type == RRType.DS
        ? record.Rdata
        : DelegationSigner.FromKey(record.Owner.Wire, record.Rdata.Span);

    private static RRset ToSet(DomainName name, IEnumerable<ReadOnlyMemory<byte>> signers)
    {
        RRsetBuilder builder = new();
        builder.Begin(name.Wire, RRType.DS, RRClass.IN);
        foreach (ReadOnlyMemory<byte> signer in signers)
        {
            builder.Add(signer.Span, int.MaxValue);
        }

        return builder.Build();
    }
}
