// The wildcard directly below a name: RFC 4592 §2.1.1.
using System;
using Resolver.Wire;

namespace Resolver.Dnssec;

/// <summary>Makes names of wildcards.</summary>
internal static class WildcardName
{
    /// <summary>
    /// Writes "*." and the name's last so many labels (room for 257 octets); returns the octets written.
    /// </summary>
    public static int Write(ReadOnlySpan<byte> name, int encloserLabels, Span<byte> destination)
    {
        ReadOnlySpan<byte> encloser =
            NameOctets.Skip(name, Math.Max(0, NameOctets.CountLabels(name) - encloserLabels));
        destination[0] = 1;
        destination[1] = (byte)'*';
        encloser.CopyTo(destination[2..]);
        return 2 + encloser.Length;
    }
}
