// The portable implementation of key import: the framework's RSA and ECDsa, on any platform.
using System;
using System.Security.Cryptography;

namespace Resolver.Dnssec;

/// <summary>Imports keys into the framework's classes.</summary>
internal sealed class FrameworkImporter : IKeyImporter
{
    /// <inheritdoc/>
    public PublicKey? Import(DnssecAlgorithm algorithm, ReadOnlySpan<byte> key) => algorithm switch
    {
        DnssecAlgorithm.RsaSha1 or DnssecAlgorithm.RsaSha1Nsec3 => ImportRsa(key, HashAlgorithmName.SHA1),
        DnssecAlgorithm.RsaSha256 => ImportRsa(key, HashAlgorithmName.SHA256),
        DnssecAlgorithm.RsaSha512 => ImportRsa(key, HashAlgorithmName.SHA512),
        DnssecAlgorithm.EcdsaP256 => ImportPoint(key, ECCurve.NamedCurves.nistP256, HashAlgorithmName.SHA256),
        DnssecAlgorithm.EcdsaP384 => ImportPoint(key, ECCurve.NamedCurves.nistP384, HashAlgorithmName.SHA384),
        DnssecAlgorithm.Ed25519 => Ed25519PublicKey.TryCreate(key),
        DnssecAlgorithm.Ed448 => Ed448PublicKey.TryCreate(key),
        DnssecAlgorithm.Unsupported => null,
        _ => null,
    };

    private static RsaPublicKey? ImportRsa(ReadOnlySpan<byte> key, HashAlgorithmName hash)
    {
        if (!KeyForm.TrySplitRsa(key, out ReadOnlySpan<byte> exponent, out ReadOnlySpan<byte> modulus))
        {
            return null;
        }

        RSAParameters numbers = new() { Exponent = exponent.ToArray(), Modulus = modulus.ToArray() };
        try
        {
            return new RsaPublicKey(numbers, hash);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static EcdsaPublicKey? ImportPoint(
        ReadOnlySpan<byte> key, ECCurve curve, HashAlgorithmName hash)
    {
        int half = key.Length / 2;
        ECParameters point = new()
        {
            Curve = curve,
            Q = new ECPoint { X = key[..half].ToArray(), Y = key[half..].ToArray() },
        };
        try
        {
            return new EcdsaPublicKey(point, hash);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
