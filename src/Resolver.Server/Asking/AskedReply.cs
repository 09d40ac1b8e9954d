// A reply to the command query, and how it was had.
using System;

namespace Resolver.Server;

/// <summary>A reply with its circumstances.</summary>
/// <param name="Message">The reply's octets.</param>
/// <param name="Elapsed">From asking to the reply.</param>
/// <param name="Server">ADDRESS#PORT(ADDRESS) as dig has it; null: resolved by this program.</param>
/// <param name="Transport">UDP or TCP; null when this program resolved by itself.</param>
internal sealed record AskedReply(byte[] Message, TimeSpan Elapsed, string? Server, string? Transport)
{
    /// <summary>True when a truncated reply by UDP came before this one.</summary>
    public bool WasTruncated { get; init; }
}
