// Whether a DS of the parent names a DNSKEY of the child: RFC 4034 §5.1.4 with the digests of RFC 3658
// (SHA-1), RFC 4509 (SHA-256) and RFC 6605 (SHA-384). Which algorithms may be trusted is judged elsewhere.
using System;
using System.Buffers.Binary;
using System.Security.Cryptography;
using Resolver.Wire;

namespace Resolver.Dnssec;

/// <summary>How a DS compares with a key.</summary>
internal enum DelegationSignerMatch : byte
{
    /// <summary>The digest is the key's.</summary>
    Match,

    /// <summary>It names another key, or the digest differs.</summary>
    Mismatch,

    /// <summary>The digest type is not known.</summary>
    UnknownDigest,
}

/// <summary>Compares DS records with keys.</summary>
internal static class DelegationSigner
{
    private const int DigestAt = 4;
    // Beyond any key that an algorithm knows (RSA of 4096 bits has some 520 octets): what is hashed lies on
    // the stack.
    private const int MaxKeyLength = 4096;
    private const byte Sha256 = 2;

    /// <summary>
    /// Compares a DS's RDATA with a DNSKEY's RDATA at <paramref name="owner"/> (uncompressed wire form, any
    /// case).
    /// </summary>
    public static DelegationSignerMatch Compare(
        ReadOnlySpan<byte> ds, ReadOnlySpan<byte> owner, ReadOnlySpan<byte> dnskey)
    {
        if (ds.Length <= DigestAt || dnskey.Length is <= DigestAt or > MaxKeyLength
            || BinaryPrimitives.ReadUInt16BigEndian(ds) != KeyTag.Of(dnskey) || ds[2] != dnskey[3])
        {
            return DelegationSignerMatch.Mismatch;
        }

        Span<byte> signed = new byte[owner.Length + dnskey.Length];
        NameOctets.ToCanonical(owner, signed);
        dnskey.CopyTo(signed[owner.Length..]);
        Span<byte> digest = stackalloc byte[SHA384.HashSizeInBytes];
        int length = Hash(ds[3], signed, digest);
        if (length == 0)
        {
            return DelegationSignerMatch.UnknownDigest;
        }

        return CryptographicOperations.FixedTimeEquals(ds[DigestAt..], digest[..length])
            ? DelegationSignerMatch.Match
            : DelegationSignerMatch.Mismatch;
    }

    /// <summary>True when the DS has the tag and algorithm of the key.</summary>
    public static bool Names(ReadOnlySpan<byte> ds, ZoneKey key) =>
        BinaryPrimitives.ReadUInt16BigEndian(ds) == key.Tag && ds[2] == key.Algorithm;

    /// <summary>True for a digest type that can be compared.</summary>
    public static bool IsKnownDigest(byte type) => type is 1 or 2 or 4;

    /// <summary>The DS RDATA with a SHA-256 digest for a DNSKEY's RDATA at an owner.</summary>
    public static byte[] FromKey(ReadOnlySpan<byte> owner, ReadOnlySpan<byte> dnskey)
    {
        byte[] ds = new byte[DigestAt + SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteUInt16BigEndian(ds, KeyTag.Of(dnskey));
        ds[2] = dnskey[3];
        ds[3] = Sha256;
        Span<byte> signed = new byte[owner.Length + dnskey.Length];
        NameOctets.ToCanonical(owner, signed);
        dnskey.CopyTo(signed[owner.Length..]);
        _ = Hash(Sha256, signed, ds.AsSpan(DigestAt));
        return ds;
    }

    // DS digests of type 1 are SHA-1 by definition (RFC 4034 §5.1.3); they are compared, not relied on alone.
#pragma warning disable CA5350
    private static int Hash(byte type, ReadOnlySpan<byte> octets, Span<byte> digest) => type switch
    {
        1 => SHA1.HashData(octets, digest),
        Sha256 => SHA256.HashData(octets, digest),
        4 => SHA384.HashData(octets, digest),
        _ => 0,
    };
#pragma warning restore CA5350
}
