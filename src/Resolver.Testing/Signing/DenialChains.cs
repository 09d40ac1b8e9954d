// The chains by which signed zones deny: NSEC (RFC 4034 §4, RFC 4035 §2.3) and NSEC3 (RFC 5155 §3, §7.1).
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using Resolver.Dnssec;
using Resolver.Wire;

namespace Resolver.Testing;

/// <summary>Makes chains.</summary>
internal static class DenialChains
{
    private const byte OptOut = 1;

    /// <summary>The NSEC sets of a zone's names; its names in canonical order, its top first.</summary>
    public static IEnumerable<RRset> Nsec(IEnumerable<SignedName> names, uint ttl)
    {
        SignedName[] owners = [.. names.Where(static n => n.Sets.Count > 0)];
        for (int i = 0; i < owners.Length; i++)
        {
            DomainName next = owners[(i + 1) % owners.Length].Name;
            byte[] types = Bitmap([.. owners[i].Types, RRType.Nsec, RRType.Rrsig]);
            yield return Make(owners[i].Name, RRType.Nsec, [.. next.ToCanonical().Wire, .. types], ttl);
        }
    }

    /// <summary>The NSEC3 sets of a zone.</summary>
    public static IEnumerable<RRset> Nsec3(
        DomainName origin, IEnumerable<SignedName> names, Nsec3Settings settings, uint ttl)
    {
        Nsec3Hashing hashing = new(settings.Salt, settings.Iterations);
        (SignedName Name, byte[] Hash)[] ring =
        [
            .. (settings.IsOptOut ? LeaveOut([.. names]) : names)
                .Select(n => (n, hashing.Hash(n.Name)))
                .OrderBy(static p => Convert.ToHexString(p.Item2), StringComparer.Ordinal),
        ];
        byte[] parameters = Parameters(settings, settings.IsOptOut ? OptOut : (byte)0);
        for (int i = 0; i < ring.Length; i++)
        {
            (SignedName name, byte[] hash) = ring[i];
            byte[] next = ring[(i + 1) % ring.Length].Hash;
            bool isSigned = name.Sets.Count > 0 && !name.IsUnsignedCut;
            byte[] types = Bitmap([.. name.Types, .. isSigned ? (RRType[])[RRType.Rrsig] : []]);
            byte[] rdata = [.. parameters, NameHash.Length, .. next, .. types];
            yield return Make(Nsec3Hashing.OwnerOf(hash, origin), RRType.Nsec3, rdata, ttl);
        }
    }

    /// <summary>The first fields of NSEC3 and NSEC3PARAM (RFC 5155 §3.2, §4.2).</summary>
    public static byte[] Parameters(Nsec3Settings settings, byte flags)
    {
        byte[] head = new byte[5];
        head[0] = Nsec3Hash.Sha1;
        head[1] = flags;
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(2), (ushort)settings.Iterations);
        head[4] = (byte)settings.Salt.Length;
        return [.. head, .. settings.Salt];
    }

    // RFC 5155 §7.1: unsigned delegations, and empty names below which nothing else is.
    private static IEnumerable<SignedName> LeaveOut(SignedName[] names)
    {
        DomainName[] kept = [.. names.Where(static n => n.Sets.Count > 0 && !n.IsUnsignedCut)
            .Select(static n => n.Name)];
        return names.Where(n => !n.IsUnsignedCut
            && (n.Sets.Count > 0 || kept.Any(k => k.IsSubdomainOf(n.Name))));
    }

    private static byte[] Bitmap(IEnumerable<RRType> types)
    {
        byte[] bitmap = new byte[TypeBitmap.MaxLength];
        return bitmap[..TypeBitmap.Write([.. types.Select(static t => t.Value)], bitmap)];
    }

    private static RRset Make(DomainName owner, RRType type, byte[] rdata, uint ttl)
    {
        RRsetBuilder builder = new();
        builder.Begin(owner.Wire, type, RRClass.IN);
        builder.Add(rdata, ttl);
        return builder.Build();
    }
}
