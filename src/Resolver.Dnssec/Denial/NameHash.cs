// A hashed owner name of NSEC3: 160 bits, compared as one number. RFC 5155 §5 and §3.3 (base32hex in names).
using System;
using System.Buffers.Binary;

namespace Resolver.Dnssec;

/// <summary>The SHA-1 hash of a name.</summary>
internal readonly record struct NameHash(ulong High, ulong Middle, uint Low) : IComparable<NameHash>
{
    /// <summary>Octets of a hash.</summary>
    public const int Length = 20;

    /// <summary>Characters of its label.</summary>
    public const int LabelLength = 32;

    /// <summary>A hash from its octets.</summary>
    public static NameHash From(ReadOnlySpan<byte> octets) => new(
        BinaryPrimitives.ReadUInt64BigEndian(octets),
        BinaryPrimitives.ReadUInt64BigEndian(octets[8..]),
        BinaryPrimitives.ReadUInt32BigEndian(octets[16..]));

    /// <summary>Reads a label's octets, the length octet apart; false when it is no hash.</summary>
    public static bool TryRead(ReadOnlySpan<byte> label, out NameHash hash)
    {
        hash = default;
        if (label.Length != LabelLength)
        {
            return false;
        }

        Span<byte> octets = stackalloc byte[Length];
        ulong bits = 0;
        int written = 0;
        for (int i = 0; i < LabelLength; i++)
        {
            int value = Value(label[i]);
            if (value < 0)
            {
                return false;
            }

            // Eight characters make five octets.
            bits = (bits << 5) | (uint)value;
            if (i % 8 == 7)
            {
                octets[written] = (byte)(bits >> 32);
                BinaryPrimitives.WriteUInt32BigEndian(octets[(written + 1)..], (uint)bits);
                written += 5;
                bits = 0;
            }
        }

        hash = From(octets);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(NameHash other)
    {
        int order = High.CompareTo(other.High);
        order = order == 0 ? Middle.CompareTo(other.Middle) : order;
        return order == 0 ? Low.CompareTo(other.Low) : order;
    }

    // RFC 4648 §7: 0-9, then A-V, either case.
    private static int Value(byte character) => character switch
    {
        >= (byte)'0' and <= (byte)'9' => character - '0',
        >= (byte)'A' and <= (byte)'V' => character - 'A' + 10,
        >= (byte)'a' and <= (byte)'v' => character - 'a' + 10,
        _ => -1,
    };
}
