// What stands before the RDATA of a record to be written.
using System;

namespace Resolver.Wire;

/// <summary>Owner (uncompressed wire form), type, class and TTL in seconds.</summary>
internal readonly ref struct RecordHeader
{
    public RecordHeader(ReadOnlySpan<byte> owner, RRType type, RRClass rrClass, uint ttl)
    {
        Owner = owner;
        Type = type;
        Class = rrClass;
        Ttl = ttl;
    }

    /// <summary>The owner.</summary>
    public ReadOnlySpan<byte> Owner { get; }

    /// <summary>The type.</summary>
    public RRType Type { get; }

    /// <summary>The class.</summary>
    public RRClass Class { get; }

    /// <summary>Seconds to live.</summary>
    public uint Ttl { get; }
}
