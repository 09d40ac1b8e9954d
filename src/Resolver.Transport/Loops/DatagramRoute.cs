// The way back of a reply: to whom, and from which of our addresses.
using Resolver.Engine;

namespace Resolver.Transport;

/// <summary>Both ends of one datagram.</summary>
/// <param name="Remote">The client.</param>
/// <param name="Local">The address and port that were asked; the reply leaves by them.</param>
internal readonly record struct DatagramRoute(InetEndpoint Remote, InetEndpoint Local);
