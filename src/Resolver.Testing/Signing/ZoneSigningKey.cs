// The key of one zone of a simulated internet: drawn from a seed and the zone's name, so that parents know
// their children's DS without asking, and one seed makes one internet. Ed25519 (RFC 8080), for its signatures
// need no randomness. Not for anything that has to be kept secret.
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Math.EC.Rfc8032;
using Resolver.Dnssec;
using Resolver.Wire;

namespace Resolver.Testing;

/// <summary>A zone's one key (RFC 6781 §3.1: a combined signing key).</summary>
internal sealed class ZoneSigningKey
{
    private const byte Algorithm = (byte)DnssecAlgorithm.Ed25519;

    private readonly byte[] _secret;

    public ZoneSigningKey(string seed, DomainName zone)
    {
        Zone = zone.ToCanonical();
        _secret = SHA256.HashData([.. Encoding.UTF8.GetBytes(seed), .. Zone.Wire]);
        byte[] key = new byte[Ed25519.PublicKeySize];
        Ed25519.GeneratePublicKey(_secret, 0, key, 0);

        // Zone key and secure entry point, protocol 3 (RFC 4034 §2.1).
        Dnskey = [1, 1, 3, Algorithm, .. key];
    }

    /// <summary>The zone.</summary>
    public DomainName Zone { get; }

    /// <summary>The DNSKEY's RDATA.</summary>
    public byte[] Dnskey { get; }

    /// <summary>The RDATA of the DS that names it.</summary>
    public byte[] Signer => DelegationSigner.FromKey(Zone.Wire, Dnskey);

    /// <summary>The RDATA of an RRSIG over a set.</summary>
    public byte[] Sign(RRset set, SignaturePeriod period)
    {
        ushort tag = KeyTag.Of(Dnskey);
        byte[] rdata =
        [
            (byte)(set.Type.Value >> 8), (byte)set.Type.Value,
            Algorithm,
            (byte)SignatureCheck.CountSignedLabels(set.Owner),
            .. BigEndian(set.Ttl), .. BigEndian(period.Expiration), .. BigEndian(period.Inception),
            (byte)(tag >> 8), (byte)tag,
            .. Zone.Wire,
            .. new byte[Ed25519.SignatureSize],
        ];
        _ = SignatureFields.TryRead(rdata, out SignatureFields fields);
        using SignedOctets signed = SignedOctets.Build(set, fields);
        byte[] message = signed.Octets.ToArray();
        Ed25519.Sign(_secret, 0, message, 0, message.Length, rdata, rdata.Length - Ed25519.SignatureSize);
        return rdata;
    }

    private static byte[] BigEndian(uint value) =>
        [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
}

/// <summary>From when to when signatures are valid (RFC 4034 §3.1.5).</summary>
/// <param name="Inception">Seconds since 1970.</param>
/// <param name="Expiration">Seconds since 1970.</param>
internal readonly record struct SignaturePeriod(uint Inception, uint Expiration)
{
    // The longest period that serial arithmetic allows, from the first second of 2000 to January 2068.
    private const uint Year2000 = 946_684_800;

    /// <summary>As good as always.</summary>
    public static SignaturePeriod Longest { get; } = new(Year2000, Year2000 + int.MaxValue);
}
