// A record as a zone file holds it.
using System;

namespace Resolver.Wire;

/// <summary>A record of a zone file, names absolute, RDATA in wire form and valid for its type.</summary>
internal sealed record ZoneRecord
{
    /// <summary>The owner.</summary>
    public required DomainName Owner { get; init; }

    /// <summary>The type.</summary>
    public required RRType Type { get; init; }

    /// <summary>The class.</summary>
    public required RRClass Class { get; init; }

    /// <summary>Seconds to live.</summary>
    public required uint Ttl { get; init; }

    /// <summary>The RDATA, names uncompressed.</summary>
    public required ReadOnlyMemory<byte> Rdata { get; init; }

    /// <summary>The file that holds it.</summary>
    public required string File { get; init; }

    /// <summary>The line where it begins.</summary>
    public required int Line { get; init; }
}
