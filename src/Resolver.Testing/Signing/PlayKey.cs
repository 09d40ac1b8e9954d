// Keys that sign what a simulated internet says: every algorithm the same way each time, from a secret that
// anybody can compute. RFC 8080 (EdDSA), RFC 6605 (ECDSA), RFC 3110 and RFC 5702 (RSA).
using System;
using Org.BouncyCastle.Math.EC.Rfc8032;
using Resolver.Dnssec;

namespace Resolver.Testing;

/// <summary>A key for play.</summary>
internal abstract class PlayKey
{
    /// <summary>The public key as a DNSKEY has it.</summary>
    public abstract byte[] Public { get; }

    /// <summary>The key of an algorithm that follows from 32 octets.</summary>
    public static PlayKey Make(DnssecAlgorithm algorithm, byte[] secret) => algorithm switch
    {
        DnssecAlgorithm.Ed25519 => new PlayEd25519Key(secret),
        DnssecAlgorithm.Ed448 => new PlayEd448Key(secret),
        DnssecAlgorithm.EcdsaP256 or DnssecAlgorithm.EcdsaP384 => new PlayEcdsaKey(algorithm, secret),
        DnssecAlgorithm.RsaSha256 or DnssecAlgorithm.RsaSha512 => new PlayRsaKey(algorithm, secret),
        DnssecAlgorithm.RsaSha1 or DnssecAlgorithm.RsaSha1Nsec3 or DnssecAlgorithm.Unsupported or _ =>
            throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "Nothing is signed by it."),
    };

    /// <summary>The signature over a message as an RRSIG has it.</summary>
    public abstract byte[] Sign(byte[] message);
}

/// <summary>An Ed25519 key; its signatures need no randomness.</summary>
internal sealed class PlayEd25519Key : PlayKey
{
    private readonly byte[] _secret;

    public PlayEd25519Key(byte[] secret)
    {
        _secret = secret;
        Ed25519.GeneratePublicKey(secret, 0, Public, 0);
    }

    /// <inheritdoc/>
    public override byte[] Public { get; } = new byte[Ed25519.PublicKeySize];

    /// <inheritdoc/>
    public override byte[] Sign(byte[] message)
    {
        byte[] signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(_secret, 0, Public, 0, message, 0, message.Length, signature, 0);
        return signature;
    }
}

/// <summary>An Ed448 key; its signatures need no randomness.</summary>
internal sealed class PlayEd448Key : PlayKey
{
    private readonly byte[] _secret = new byte[Ed448.SecretKeySize];

    public PlayEd448Key(byte[] secret)
    {
        secret.CopyTo(_secret, 0);
        Ed448.GeneratePublicKey(_secret, 0, Public, 0);
    }

    /// <inheritdoc/>
    public override byte[] Public { get; } = new byte[Ed448.PublicKeySize];

    /// <inheritdoc/>
    public override byte[] Sign(byte[] message)
    {
        byte[] signature = new byte[Ed448.SignatureSize];
        Ed448.Sign(_secret, 0, Public, 0, [], message, 0, message.Length, signature, 0);
        return signature;
    }
}
