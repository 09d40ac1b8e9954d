// RSA and ECDSA keys of the framework. Its objects may be read by several threads at once only as far as the
// platform says; a lock makes sure.
using System;
using System.Security.Cryptography;
using System.Threading;

namespace Resolver.Dnssec;

/// <summary>An RSA key of the framework.</summary>
internal sealed class RsaPublicKey(RSAParameters numbers, HashAlgorithmName hash) : PublicKey
{
    private readonly Lock _gate = new();
    private readonly RSA _key = RSA.Create(numbers);

    /// <inheritdoc/>
    public override int NativeOctets => 4096;

    /// <inheritdoc/>
    public override bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        lock (_gate)
        {
            return _key.VerifyData(data, signature, hash, RSASignaturePadding.Pkcs1);
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => _key.Dispose();
}

/// <summary>An ECDSA key of the framework.</summary>
internal sealed class EcdsaPublicKey(ECParameters point, HashAlgorithmName hash) : PublicKey
{
    private readonly Lock _gate = new();
    private readonly ECDsa _key = ECDsa.Create(point);

    /// <inheritdoc/>
    public override int NativeOctets => 2048;

    /// <inheritdoc/>
    public override bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        lock (_gate)
        {
            return _key.VerifyData(
                data, signature, hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => _key.Dispose();
}
