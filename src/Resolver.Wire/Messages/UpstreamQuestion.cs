// What a query to another server says: everything chosen by the asker, nothing by the writer.
using System;

namespace Resolver.Wire;

/// <summary>A query to be written: ID, flags, question, EDNS.</summary>
internal readonly ref struct UpstreamQuestion
{
    /// <summary>The ID.</summary>
    public required ushort Id { get; init; }

    /// <summary>
    /// The flags: RD to a recursive server, none to an authoritative one, CD when validating.
    /// </summary>
    public HeaderFlags Flags { get; init; }

    /// <summary>QNAME in uncompressed wire form; its letters' case goes out as it stands (0x20).</summary>
    public required ReadOnlySpan<byte> Name { get; init; }

    /// <summary>QTYPE.</summary>
    public required RRType Type { get; init; }

    /// <summary>QCLASS.</summary>
    public required RRClass Class { get; init; }

    /// <summary>The fields of OPT; null asks without EDNS.</summary>
    public OptFields? Edns { get; init; }

    /// <summary>Options in wire form; without <see cref="Edns"/> they are left out.</summary>
    public ReadOnlySpan<byte> Options { get; init; }
}
