// The first implementation of key import: libcrypto for RSA and ECDSA. EdDSA keys come from the portable
// library, which checks Ed25519 faster.
using System;

namespace Resolver.Dnssec;

/// <summary>Imports keys into libcrypto.</summary>
internal sealed class LibcryptoImporter : IKeyImporter
{
    private readonly EvpDigest _sha1 = EvpDigest.Fetch("SHA1\0"u8);
    private readonly EvpDigest _sha256 = EvpDigest.Fetch("SHA256\0"u8);
    private readonly EvpDigest _sha384 = EvpDigest.Fetch("SHA384\0"u8);
    private readonly EvpDigest _sha512 = EvpDigest.Fetch("SHA512\0"u8);
    private readonly EvpKey _p256 = EvpKey.CreateCurve("P-256\0"u8);
    private readonly EvpKey _p384 = EvpKey.CreateCurve("P-384\0"u8);

    private LibcryptoImporter()
    {
    }

    private bool IsComplete => !_sha1.IsInvalid && !_sha256.IsInvalid && !_sha384.IsInvalid
        && !_sha512.IsInvalid && !_p256.IsInvalid && !_p384.IsInvalid;

    /// <summary>An importer, or null where the library is not found or lacks something.</summary>
    public static LibcryptoImporter? TryCreate() =>
        Libcrypto.IsFound && new LibcryptoImporter() is { IsComplete: true } importer ? importer : null;

    /// <inheritdoc/>
    public PublicKey? Import(DnssecAlgorithm algorithm, ReadOnlySpan<byte> key) => algorithm switch
    {
        DnssecAlgorithm.RsaSha1 or DnssecAlgorithm.RsaSha1Nsec3 => ImportRsa(key, _sha1),
        DnssecAlgorithm.RsaSha256 => ImportRsa(key, _sha256),
        DnssecAlgorithm.RsaSha512 => ImportRsa(key, _sha512),
        DnssecAlgorithm.EcdsaP256 => ImportPoint(_p256, key, _sha256),
        DnssecAlgorithm.EcdsaP384 => ImportPoint(_p384, key, _sha384),
        DnssecAlgorithm.Ed25519 => Ed25519PublicKey.TryCreate(key),
        DnssecAlgorithm.Ed448 => Ed448PublicKey.TryCreate(key),
        DnssecAlgorithm.Unsupported => null,
        _ => null,
    };

    private static EvpPublicKey? ImportRsa(ReadOnlySpan<byte> key, EvpDigest digest) =>
        KeyForm.TrySplitRsa(key, out ReadOnlySpan<byte> exponent, out ReadOnlySpan<byte> modulus)
            ? Own(EvpKey.CreateRsa(modulus, exponent), digest, 0)
            : null;

    private static EvpPublicKey? ImportPoint(EvpKey template, ReadOnlySpan<byte> key, EvpDigest digest) =>
        Own(EvpKey.CreatePoint(template, key), digest, key.Length / 2);

    private static EvpPublicKey? Own(EvpKey key, EvpDigest digest, int coordinate)
    {
        if (!key.IsInvalid)
        {
            return new EvpPublicKey(key, digest, coordinate);
        }

        key.Dispose();
        return null;
    }
}
