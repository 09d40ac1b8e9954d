// Hashing names for NSEC3: RFC 5155 §5, with the price that a query's budget pays for it. A price of one
// covers 16 compressions of SHA-1: all of a hash without extra iterations, a quarter of one with 50 and a
// short salt (CVE-2023-50868: hashes × iterations × salt was free).
using System;
using System.Security.Cryptography;
using Resolver.Wire;

namespace Resolver.Dnssec;

/// <summary>Hashes names.</summary>
internal static class Nsec3Hash
{
    /// <summary>SHA-1, the only algorithm registered (RFC 5155 §11).</summary>
    public const byte Sha1 = 1;

    // RFC 5155 §3.2: one octet counts the salt; a unit of the budget is 16 blocks of SHA-1.
    private const int MaxSaltLength = 255;
    private const int CompressionsPerUnit = 16;

    /// <summary>Units that hashing the name costs.</summary>
    public static int PriceOf(ReadOnlySpan<byte> name, int iterations, int saltLength)
    {
        int compressions = Compressions(name.Length + saltLength)
            + (iterations * Compressions(NameHash.Length + saltLength));
        return (compressions + CompressionsPerUnit - 1) / CompressionsPerUnit;
    }

    /// <summary>Hashes a name and pays for it; false when the budget does not suffice.</summary>
    public static bool TryHash(
        ReadOnlySpan<byte> name, in Nsec3Parameters parameters, ref int unitsLeft, out NameHash hash)
    {
        hash = default;
        int price = PriceOf(name, parameters.Iterations, parameters.Salt.Length);
        if (price > unitsLeft)
        {
            unitsLeft = 0;
            return false;
        }

        unitsLeft -= price;
        hash = Hash(name, parameters);
        return true;
    }

    /// <summary>Hashes a name.</summary>
    public static NameHash Hash(ReadOnlySpan<byte> name, in Nsec3Parameters parameters)
    {
        ReadOnlySpan<byte> salt = parameters.Salt;
        Span<byte> input = stackalloc byte[NameOctets.MaxLength + MaxSaltLength];
        Span<byte> output = stackalloc byte[NameHash.Length];
        NameOctets.ToCanonical(name, input);
        salt.CopyTo(input[name.Length..]);

        // NSEC3 is defined with SHA-1 alone; collisions in it do not help to forge a signed range.
#pragma warning disable CA5350
        _ = SHA1.HashData(input[..(name.Length + salt.Length)], output);
        salt.CopyTo(input[NameHash.Length..]);
        for (int i = 0; i < parameters.Iterations; i++)
        {
            output.CopyTo(input);
            _ = SHA1.HashData(input[..(NameHash.Length + salt.Length)], output);
        }
#pragma warning restore CA5350

        return NameHash.From(output);
    }

    // A block is 64 octets; the padding takes at least 9.
    private static int Compressions(int length) => (length + 9 + 63) / 64;
}

/// <summary>How a zone hashes: iterations and salt (RFC 5155 §3.1).</summary>
internal readonly ref struct Nsec3Parameters(int iterations, ReadOnlySpan<byte> salt)
{
    /// <summary>Extra rounds.</summary>
    public int Iterations { get; } = iterations;

    /// <summary>The salt.</summary>
    public ReadOnlySpan<byte> Salt { get; } = salt;
}
