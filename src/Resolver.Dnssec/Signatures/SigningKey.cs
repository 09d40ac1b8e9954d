// A key together with the zone that it belongs to.
using System;

namespace Resolver.Dnssec;

/// <summary>A zone's key.</summary>
internal readonly ref struct SigningKey(ReadOnlySpan<byte> zone, ZoneKey key)
{
    /// <summary>The zone in wire form.</summary>
    public ReadOnlySpan<byte> Zone { get; } = zone;

    /// <summary>The key.</summary>
    public ZoneKey Key { get; } = key;
}
