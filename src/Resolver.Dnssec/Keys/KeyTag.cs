// The short number by which a signature or a DS names a key: RFC 4034 Appendix B. Not unique, so never proof
// of anything.
using System;

namespace Resolver.Dnssec;

/// <summary>Computes key tags.</summary>
internal static class KeyTag
{
    private const int AlgorithmAt = 3;
    private const byte RsaMd5 = 1;

    /// <summary>The tag of a DNSKEY's RDATA (at least 4 octets).</summary>
    public static ushort Of(ReadOnlySpan<byte> dnskey)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dnskey.Length, AlgorithmAt + 1);
        if (dnskey[AlgorithmAt] == RsaMd5)
        {
            // Appendix B.1: the next-to-last two octets of the modulus.
            return dnskey.Length >= AlgorithmAt + 4 ? (ushort)((dnskey[^3] << 8) | dnskey[^2]) : (ushort)0;
        }

        uint sum = 0;
        for (int i = 0; i < dnskey.Length; i++)
        {
            sum += (i & 1) == 0 ? (uint)dnskey[i] << 8 : dnskey[i];
        }

        return (ushort)(sum + (sum >> 16));
    }
}
