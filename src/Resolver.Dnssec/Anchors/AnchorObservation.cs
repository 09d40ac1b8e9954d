// What a query for a trust point's keys brought.
using System;
using System.Collections.Immutable;
using Resolver.Wire;

namespace Resolver.Dnssec;

/// <summary>A DNSKEY RRset that was found good by the anchors in force.</summary>
/// <param name="Keys">The RRset.</param>
/// <param name="Now">When, in seconds since 1970.</param>
internal readonly record struct AnchorObservation(RRset Keys, long Now)
{
    /// <summary>DS RDATAs that the operator or the program's maker vouch for.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> Configured { get; init; } = [];
}
