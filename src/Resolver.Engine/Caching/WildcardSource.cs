// The set at a wildcard's own name, of which answers for other names are made (RFC 4592 §3.3, RFC 8198 §5.3).
// Its signatures are for the wildcard, so they hold under either owner (RFC 4035 §5.3.2).
using System;
using Resolver.Dnssec;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>Moves sets between a wildcard and the names it stands for.</summary>
internal static class WildcardSource
{
    /// <summary>
    /// True for types that a wildcard gives to others. What makes zones, moves or proves them is a name's own
    /// (RFC 4592 §4).
    /// </summary>
    public static bool MayServeOthers(RRType type) =>
        !type.IsMeta && type != RRType.NS && type != RRType.Soa && type != RRType.DS && type != RRType.Dname
        && type != RRType.Dnskey && type != RRType.Nsec && type != RRType.Nsec3 && type != RRType.Rrsig;

    /// <summary>The set under the wildcard below its owner's last so many labels.</summary>
    public static RRset Of(RRset expanded, int encloserLabels)
    {
        Span<byte> owner = stackalloc byte[NameOctets.MaxLength + 2];
        return Rename(expanded, owner[..WildcardName.Write(expanded.Owner, encloserLabels, owner)]);
    }

    /// <summary>The set under another owner.</summary>
    public static RRset Rename(RRset set, ReadOnlySpan<byte> owner)
    {
        RRsetBuilder builder = new();
        builder.Begin(owner, set.Type, set.Class);
        foreach (ReadOnlySpan<byte> rdata in set.Records)
        {
            builder.Add(rdata, set.Ttl);
        }

        foreach (ReadOnlySpan<byte> rdata in set.Signatures)
        {
            builder.AddSignature(rdata, set.Ttl);
        }

        return builder.Build();
    }
}
