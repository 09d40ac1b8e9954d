// ECDSA keys for play (RFC 6605). Each key has one nonce for all its signatures, so that they are repeatable
// and cost next to nothing; that gives the key away, as its seed does already.
using System;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using Resolver.Dnssec;

namespace Resolver.Testing;

/// <summary>A key on P-256 or P-384.</summary>
internal sealed class PlayEcdsaKey : PlayKey
{
    // The orders of the curves' groups (FIPS 186-4 §D.1.2).
    private static readonly BigInteger Order256 = BigInteger.Parse(
        "0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551",
        NumberStyles.HexNumber,
        CultureInfo.InvariantCulture);

    private static readonly BigInteger Order384 = BigInteger.Parse(
        "0FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973",
        NumberStyles.HexNumber,
        CultureInfo.InvariantCulture);

    private readonly bool _isLong;
    private readonly BigInteger _key;
    private readonly BigInteger _nonceInverse;
    private readonly BigInteger _nonceX;

    public PlayEcdsaKey(DnssecAlgorithm algorithm, byte[] secret)
    {
        _isLong = algorithm == DnssecAlgorithm.EcdsaP384;
        _key = Scalar([.. secret, 0]);
        BigInteger nonce = Scalar([.. secret, 1]);
        _nonceInverse = BigInteger.ModPow(nonce, Order - 2, Order);
        _nonceX = Read(PointOf(nonce).X!) % Order;
        ECPoint point = PointOf(_key);
        Public = [.. point.X!, .. point.Y!];
    }

    /// <inheritdoc/>
    public override byte[] Public { get; }

    private BigInteger Order => _isLong ? Order384 : Order256;

    private int Length => _isLong ? 48 : 32;

    /// <inheritdoc/>
    public override byte[] Sign(byte[] message)
    {
        BigInteger hash = Read(_isLong ? SHA384.HashData(message) : SHA256.HashData(message));
        BigInteger proof = _nonceInverse * (hash + (_nonceX * _key)) % Order;
        return [.. Write(_nonceX), .. Write(proof)];
    }

    private BigInteger Scalar(byte[] octets) => (Read(SHA384.HashData(octets)) % (Order - 1)) + 1;

    private ECPoint PointOf(BigInteger scalar)
    {
        using ECDsa key = ECDsa.Create(new ECParameters
        {
            Curve = _isLong ? ECCurve.NamedCurves.nistP384 : ECCurve.NamedCurves.nistP256,
            D = Write(scalar),
        });
        return key.ExportParameters(includePrivateParameters: false).Q;
    }

    private static BigInteger Read(ReadOnlySpan<byte> octets) =>
        new(octets, isUnsigned: true, isBigEndian: true);

    private byte[] Write(BigInteger number)
    {
        byte[] octets = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[Length - octets.Length], .. octets];
    }
}
