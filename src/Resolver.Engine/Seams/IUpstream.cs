// The door to authoritative servers: octets out, octets or a reason back. It matches replies to queries
// (address, port, ID, question with its case: RFC 5452 §4), draws ports and measures round trips; what to
// ask, of whom and what a reply means is decided by the engine.
using System.Threading.Tasks;

namespace Resolver.Engine;

/// <summary>
/// Exchanges one query for one reply. Real implementations: sockets (Resolver.Transport) and the packet
/// simulator (Resolver.Testing).
/// </summary>
internal interface IUpstream
{
    /// <summary>
    /// Sends the query and completes, inline on the loop that called, with the first reply that matches it,
    /// or with the reason why there is none. Never throws for anything the network does. The caller keeps
    /// <see cref="ExchangeRequest.Query"/> unchanged until then, and disposes the outcome.
    /// </summary>
    ValueTask<ExchangeOutcome> ExchangeAsync(ExchangeRequest request);
}
