// Hashed owner names of a zone (RFC 5155 §5): computed apart from the resolver's own way, so that each checks
// the other.
using System;
using System.Security.Cryptography;
using System.Text;
using Resolver.Wire;

namespace Resolver.Testing;

/// <summary>How a zone hashes names.</summary>
internal sealed class Nsec3Hashing(byte[] salt, int iterations)
{
    /// <summary>From the RDATA of NSEC3PARAM: algorithm, flags, iterations (2), salt length, salt.</summary>
    public static Nsec3Hashing From(ReadOnlySpan<byte> parameters) =>
        new(parameters.Slice(5, parameters[4]).ToArray(), (parameters[2] << 8) | parameters[3]);

    /// <summary>The owner of a hash's NSEC3.</summary>
    public static DomainName OwnerOf(byte[] hash, DomainName origin)
    {
        byte[] label = Encoding.ASCII.GetBytes(Base32Hex(hash));
        return DomainName.FromValidWire([(byte)label.Length, .. label, .. origin.Wire]);
    }

    /// <summary>The hash of a name: IH(salt, x, 0) = H(x || salt).</summary>
    public byte[] Hash(DomainName name)
    {
        byte[] digest = [.. name.ToCanonical().Wire, .. salt];
        for (int round = 0; round <= iterations; round++)
        {
#pragma warning disable CA5350 // The algorithm that RFC 5155 defines.
            byte[] hash = SHA1.HashData(digest);
#pragma warning restore CA5350
            digest = round < iterations ? [.. hash, .. salt] : hash;
        }

        return digest;
    }

    // RFC 4648 §7; a SHA-1 digest is 160 bits, 32 letters without a rest.
    private static string Base32Hex(byte[] octets) =>
        string.Create(octets.Length * 8 / 5, octets, (text, digest) =>
    {
        for (int at = 0; at < text.Length; at++)
        {
            int bit = at * 5;
            int pair = (digest[bit / 8] << 8) | (bit / 8 + 1 < digest.Length ? digest[(bit / 8) + 1] : 0);
            text[at] = "0123456789abcdefghijklmnopqrstuv"[(pair >> (11 - (bit % 8))) & 31];
        }
    });
}
