// One record inside a message, seen in place: offsets and fixed fields; nothing is copied until asked for.
using System;

namespace Resolver.Wire;

/// <summary>Where a record lies in its message, and its fixed fields (RFC 1035 §4.1.3).</summary>
internal readonly record struct RecordView
{
    /// <summary>The section it stands in.</summary>
    public required MessageSection Section { get; init; }

    /// <summary>The type.</summary>
    public required RRType Type { get; init; }

    /// <summary>The class.</summary>
    public required RRClass Class { get; init; }

    /// <summary>
    /// Seconds to live; a value with the top bit set reads as 0 (RFC 2181 §8). For OPT the raw 32 bits.
    /// </summary>
    public required uint Ttl { get; init; }

    /// <summary>Offset of the owner name.</summary>
    public required int NameOffset { get; init; }

    /// <summary>Offset of the RDATA.</summary>
    public required int RdataOffset { get; init; }

    /// <summary>Octets of the RDATA.</summary>
    public required int RdataLength { get; init; }

    /// <summary>The RDATA as it stands, names in it perhaps compressed.</summary>
    public ReadOnlySpan<byte> Rdata(ReadOnlySpan<byte> message) => message.Slice(RdataOffset, RdataLength);

    /// <summary>
    /// True when the owner is <paramref name="name"/> (uncompressed), case ignored; nothing is copied.
    /// </summary>
    public bool IsOwnedBy(ReadOnlySpan<byte> message, ReadOnlySpan<byte> name) =>
        CompressedName.EqualsAt(message, NameOffset, name);

    /// <summary>Reads the owner into <paramref name="destination"/> (room for 255 octets).</summary>
    public bool TryReadOwner(
        ReadOnlySpan<byte> message, Span<byte> destination, out int length, out WireError error)
    {
        int offset = NameOffset;
        return CompressedName.TryRead(message, ref offset, destination, out length, out error);
    }
}
