// Ed25519 and Ed448 keys (RFC 8080), in a portable library: the framework has neither. The library throws on
// a key of wrong length, so the length is checked before.
using System;
using System.Buffers;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Resolver.Dnssec;

/// <summary>An Ed25519 key.</summary>
internal sealed class Ed25519PublicKey : PublicKey
{
    private readonly Ed25519.PublicPoint _point;

    private Ed25519PublicKey(Ed25519.PublicPoint point) => _point = point;

    /// <inheritdoc/>
    public override int NativeOctets => 0;

    /// <summary>Imports a key; null when it is no point.</summary>
    public static Ed25519PublicKey? TryCreate(ReadOnlySpan<byte> key) =>
        key.Length == KeyForm.Ed25519Length
        && Ed25519.ValidatePublicKeyPartialExport(key.ToArray(), 0) is { } point
            ? new Ed25519PublicKey(point)
            : null;

    /// <inheritdoc/>
    public override bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != Ed25519.SignatureSize)
        {
            return false;
        }

        byte[] content = ArrayPool<byte>.Shared.Rent(data.Length);
        data.CopyTo(content);
        bool isValid = Ed25519.Verify(signature.ToArray(), 0, _point, content, 0, data.Length);
        ArrayPool<byte>.Shared.Return(content);
        return isValid;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
    }
}

/// <summary>An Ed448 key.</summary>
internal sealed class Ed448PublicKey : PublicKey
{
    private static readonly byte[] NoContext = [];

    private readonly Ed448.PublicPoint _point;

    private Ed448PublicKey(Ed448.PublicPoint point) => _point = point;

    /// <inheritdoc/>
    public override int NativeOctets => 0;

    /// <summary>Imports a key; null when it is no point.</summary>
    public static Ed448PublicKey? TryCreate(ReadOnlySpan<byte> key) =>
        key.Length == KeyForm.Ed448Length
        && Ed448.ValidatePublicKeyPartialExport(key.ToArray(), 0) is { } point
            ? new Ed448PublicKey(point)
            : null;

    /// <inheritdoc/>
    public override bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != Ed448.SignatureSize)
        {
            return false;
        }

        byte[] content = ArrayPool<byte>.Shared.Rent(data.Length);
        data.CopyTo(content);
        bool isValid = Ed448.Verify(
            signature.ToArray(), 0, _point, NoContext, content, 0, data.Length);
        ArrayPool<byte>.Shared.Return(content);
        return isValid;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
    }
}
