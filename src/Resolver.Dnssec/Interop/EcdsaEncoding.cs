// ECDSA signatures of DNSSEC are two numbers of fixed length (RFC 6605 §4); libcrypto takes them as a DER
// sequence of two integers (RFC 3279 §2.2.3).
using System;

namespace Resolver.Dnssec;

/// <summary>Encodes ECDSA signatures.</summary>
internal static class EcdsaEncoding
{
    /// <summary>Most octets of an encoded signature of P-384.</summary>
    public const int MaxLength = 2 + (2 * (2 + 1 + 48));

    private const byte Sequence = 0x30;
    private const byte Integer = 0x02;

    /// <summary>Encodes the two halves (at most 48 octets each); returns the octets written.</summary>
    public static int Write(ReadOnlySpan<byte> signature, Span<byte> destination)
    {
        int half = signature.Length / 2;
        int length = WriteInteger(signature[..half], destination[2..]);
        length += WriteInteger(signature[half..], destination[(2 + length)..]);
        destination[0] = Sequence;
        destination[1] = (byte)length;
        return 2 + length;
    }

    private static int WriteInteger(ReadOnlySpan<byte> number, Span<byte> destination)
    {
        number = number.TrimStart((byte)0);
        bool needsZero = number.IsEmpty || number[0] >= 0x80;
        int length = number.Length + (needsZero ? 1 : 0);
        destination[0] = Integer;
        destination[1] = (byte)length;
        destination[2] = 0;
        number.CopyTo(destination[(2 + length - number.Length)..]);
        return 2 + length;
    }
}
