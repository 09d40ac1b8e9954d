// A key of one zone of a simulated internet: drawn from a seed and the zone's name, so that parents know
// their children's DS without asking, and one seed makes one internet. Not for anything that has to be kept
// secret.
using System;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Resolver.Dnssec;
using Resolver.Wire;

namespace Resolver.Testing;

/// <summary>A zone's key.</summary>
internal sealed class ZoneSigningKey
{
    /// <summary>Flags of a key that signs keys (RFC 4034 §2.1.1: zone key, secure entry point).</summary>
    public const ushort EntryPoint = 0x0101;

    /// <summary>Flags of a key that signs the rest.</summary>
    public const ushort ZoneKey = 0x0100;

    /// <summary>Flags of an entry point that is revoked (RFC 5011 §7).</summary>
    public const ushort RevokedEntryPoint = 0x0181;

    private readonly PlayKey _key;
    private readonly byte _algorithm;

    /// <summary>
    /// The key of a zone with a role, such as "next"; the first one's is empty. The algorithm's number is
    /// shown, whatever the key is.
    /// </summary>
    public ZoneSigningKey(KeyOrigin origin, ushort flags, DnssecAlgorithm algorithm, byte shown)
    {
        Zone = origin.Zone.ToCanonical();
        byte[] secret = SHA256.HashData(
            [.. Encoding.UTF8.GetBytes(origin.Seed), .. Zone.Wire, .. Encoding.UTF8.GetBytes(origin.Role)]);
        _key = PlayKey.Make(algorithm, secret);
        _algorithm = shown;

        // Protocol 3 (RFC 4034 §2.1.2).
        Dnskey = [(byte)(flags >> 8), (byte)flags, 3, shown, .. _key.Public];
    }

    /// <summary>The zone.</summary>
    public DomainName Zone { get; }

    /// <summary>The DNSKEY's RDATA.</summary>
    public byte[] Dnskey { get; }

    /// <summary>The RDATA of the DS that names it, by SHA-256.</summary>
    public byte[] Signer => DelegationSigner.FromKey(Zone.Wire, Dnskey);

    /// <summary>The RDATA of the DS that names it, with another digest.</summary>
    public byte[] SignerWith(byte digestType)
    {
        byte[] hashed = [.. Zone.Wire, .. Dnskey];

        // The digests of DS type 1 are SHA-1 by definition (RFC 4034 §5.1.3).
#pragma warning disable CA5350
        byte[] digest = digestType switch
        {
            1 => SHA1.HashData(hashed),
            4 => SHA384.HashData(hashed),
            _ => SHA256.HashData(hashed),
        };
#pragma warning restore CA5350
        return [.. Signer[..3], digestType, .. digest];
    }

    /// <summary>The RDATA of an RRSIG over a set.</summary>
    public byte[] Sign(RRset set, SignaturePeriod period)
    {
        byte[] head = new byte[18];
        BinaryPrimitives.WriteUInt16BigEndian(head, set.Type.Value);
        head[2] = _algorithm;
        head[3] = (byte)SignatureCheck.CountSignedLabels(set.Owner);
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(4), set.Ttl);
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(8), period.Expiration);
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(12), period.Inception);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(16), KeyTag.Of(Dnskey));

        // What is signed reads the fields of an RRSIG whole; a signature of one octet stands for the one to
        // be.
        _ = SignatureFields.TryRead((byte[])[.. head, .. Zone.Wire, 0], out SignatureFields fields);
        using SignedOctets signed = SignedOctets.Build(set, fields);
        return [.. head, .. Zone.Wire, .. _key.Sign(signed.Octets.ToArray())];
    }
}

/// <summary>What a key follows from.</summary>
/// <param name="Seed">The internet's seed.</param>
/// <param name="Zone">The zone.</param>
/// <param name="Role">What it is to the zone.</param>
internal readonly record struct KeyOrigin(string Seed, DomainName Zone, string Role);
