// What stands before the RDATA of a record to be written.
using System;
using System.Buffers.Binary;

namespace Resolver.Wire;

/// <summary>Owner (uncompressed wire form), type, class and TTL in seconds.</summary>
internal readonly ref struct RecordHeader
{
    /// <summary>Octets between owner and RDATA.</summary>
    public const int FixedLength = 10;

    // Type, class and TTL as they stand in a message.
    private readonly ulong _fields;

    public RecordHeader(ReadOnlySpan<byte> owner, RRType type, RRClass rrClass, uint ttl)
    {
        Owner = owner;
        _fields = ((ulong)type.Value << 48) | ((ulong)rrClass.Value << 32) | ttl;
    }

    /// <summary>The owner.</summary>
    public ReadOnlySpan<byte> Owner { get; }

    /// <summary>The type.</summary>
    public RRType Type => new((ushort)(_fields >> 48));

    /// <summary>The class.</summary>
    public RRClass Class => new((ushort)(_fields >> 32));

    /// <summary>Seconds to live.</summary>
    public uint Ttl => (uint)_fields;

    /// <summary>Writes type, class, TTL and the length of the RDATA (RFC 1035 §4.1.3).</summary>
    public void Write(Span<byte> destination, int rdataLength)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination[sizeof(ulong)..], (ushort)rdataLength);
        BinaryPrimitives.WriteUInt64BigEndian(destination, _fields);
    }
}
