// Whether the octets of a DNSKEY's key are of its algorithm's form and within the bounds of the policy,
// before any library sees them: RFC 3110 §2 (RSA), RFC 6605 §4 (ECDSA), RFC 8080 §3 (EdDSA).
using System;
using System.Buffers.Binary;
using System.Numerics;

namespace Resolver.Dnssec;

/// <summary>The form of keys.</summary>
internal static class KeyForm
{
    /// <summary>Octets of an Ed25519 key.</summary>
    public const int Ed25519Length = 32;

    /// <summary>Octets of an Ed448 key.</summary>
    public const int Ed448Length = 57;

    /// <summary>What is wrong with a key, as far as can be seen without computing with it.</summary>
    public static KeyProblem Check(
        DnssecAlgorithm algorithm, ReadOnlySpan<byte> key, DnssecPolicy policy) => algorithm switch
        {
            DnssecAlgorithm.RsaSha1 or DnssecAlgorithm.RsaSha1Nsec3 or DnssecAlgorithm.RsaSha256
                or DnssecAlgorithm.RsaSha512 => CheckRsa(key, policy),
            DnssecAlgorithm.EcdsaP256 => OfLength(key, 64),
            DnssecAlgorithm.EcdsaP384 => OfLength(key, 96),
            DnssecAlgorithm.Ed25519 => OfLength(key, Ed25519Length),
            DnssecAlgorithm.Ed448 => OfLength(key, Ed448Length),
            DnssecAlgorithm.Unsupported => KeyProblem.UnsupportedAlgorithm,
            _ => KeyProblem.UnsupportedAlgorithm,
        };

    /// <summary>
    /// The two numbers of an RSA key without leading zeros; false when they are not both there.
    /// </summary>
    public static bool TrySplitRsa(
        ReadOnlySpan<byte> key, out ReadOnlySpan<byte> exponent, out ReadOnlySpan<byte> modulus)
    {
        exponent = default;
        modulus = default;
        if (key.Length < 3)
        {
            return false;
        }

        // RFC 3110 §2: one octet of length, or a zero octet and two of length.
        int start = key[0] == 0 ? 3 : 1;
        int length = key[0] == 0 ? BinaryPrimitives.ReadUInt16BigEndian(key[1..]) : key[0];
        if (key.Length <= start + length)
        {
            return false;
        }

        exponent = key.Slice(start, length).TrimStart((byte)0);
        modulus = key[(start + length)..].TrimStart((byte)0);
        return !exponent.IsEmpty && !modulus.IsEmpty;
    }

    private static KeyProblem CheckRsa(ReadOnlySpan<byte> key, DnssecPolicy policy)
    {
        if (!TrySplitRsa(key, out ReadOnlySpan<byte> exponent, out ReadOnlySpan<byte> modulus))
        {
            return KeyProblem.Malformed;
        }

        int modulusBits = Bits(modulus);
        return modulusBits < policy.MinRsaModulusBits ? KeyProblem.ModulusTooShort
            : modulusBits > policy.MaxRsaModulusBits ? KeyProblem.ModulusTooLong
            : Bits(exponent) > policy.MaxRsaExponentBits ? KeyProblem.ExponentTooLong
            : (modulus[^1] & exponent[^1] & 1) == 0 || exponent is [1] ? KeyProblem.Malformed
            : KeyProblem.None;
    }

    private static int Bits(ReadOnlySpan<byte> number) =>
        (number.Length * 8) - (BitOperations.LeadingZeroCount((uint)number[0]) - 24);

    private static KeyProblem OfLength(ReadOnlySpan<byte> key, int length) =>
        key.Length == length ? KeyProblem.None : KeyProblem.Malformed;
}
