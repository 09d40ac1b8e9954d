// The addresses of one server among a delegation's octets: how many there are, then each behind its length.
using System;
using System.Buffers.Binary;

namespace Resolver.Engine;

/// <summary>Addresses, read in place. The default has none.</summary>
internal ref struct GlueAddresses
{
    // An IPv6 address that holds for one link is followed by the number of the link.
    private const int ScopedLength = 20;
    private const int IPv6Length = 16;

    /// <summary>The most octets of one address.</summary>
    internal const int MaxLength = 1 + ScopedLength;

    private readonly ReadOnlySpan<byte> _octets;
    private int _next;

    private GlueAddresses(ReadOnlySpan<byte> octets, int count)
    {
        _octets = octets;
        Count = count;
    }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>The address at hand.</summary>
    public InetAddress Current { get; private set; }

    /// <summary>Itself, from the first on.</summary>
    public readonly GlueAddresses GetEnumerator() => this;

    /// <summary>Goes to the next; false behind the last.</summary>
    public bool MoveNext()
    {
        if (_next == _octets.Length)
        {
            return false;
        }

        ReadOnlySpan<byte> octets = _octets.Slice(_next + 1, _octets[_next]);
        _next += 1 + octets.Length;
        uint scope = octets.Length == ScopedLength
            ? BinaryPrimitives.ReadUInt32BigEndian(octets[IPv6Length..])
            : 0;
        Current = InetAddress.FromOctets(octets[..Math.Min(octets.Length, IPv6Length)], scope);
        return true;
    }

    /// <summary>Reads addresses at the start; <paramref name="length"/>: octets of them all.</summary>
    internal static GlueAddresses ReadAt(ReadOnlySpan<byte> octets, out int length)
    {
        int count = octets[0];
        length = 1;
        for (int i = 0; i < count; i++)
        {
            length += 1 + octets[length];
        }

        return new GlueAddresses(octets[1..length], count);
    }

    /// <summary>Writes an address; returns its octets.</summary>
    internal static int Write(in InetAddress address, Span<byte> destination)
    {
        int length = address.Scope == 0 ? address.Length : ScopedLength;
        destination[0] = (byte)length;
        address.CopyTo(destination[1..]);
        if (length == ScopedLength)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination[(1 + IPv6Length)..], address.Scope);
        }

        return 1 + length;
    }
}
