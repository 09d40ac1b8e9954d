// The five parts of every record (RFC 1035 §3.2.1), to make a ResourceRecord from.
using System;

namespace Resolver.Wire;

/// <summary>The parts of a resource record.</summary>
/// <param name="Name">The owner.</param>
/// <param name="Type">The type.</param>
/// <param name="Class">The class.</param>
/// <param name="Ttl">Seconds to live.</param>
/// <param name="Data">The RDATA in wire form, names in it uncompressed. It is kept, not copied.</param>
public readonly record struct RecordFields(
    DomainName Name, RRType Type, RRClass Class, uint Ttl, ReadOnlyMemory<byte> Data);
