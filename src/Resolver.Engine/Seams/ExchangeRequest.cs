// What the engine hands to IUpstream: where to, by which transport, which octets, how long to wait.
using System;

namespace Resolver.Engine;

/// <summary>The transport of one exchange with a name server.</summary>
internal enum ExchangeTransport : byte
{
    /// <summary>One datagram each way.</summary>
    Udp,

    /// <summary>RFC 7766, two-octet length framing.</summary>
    Tcp,
}

/// <summary>One query to one name server address.</summary>
/// <param name="Server">Address and port of the server.</param>
/// <param name="Transport">Datagram or stream.</param>
/// <param name="Query">The whole message, ID and 0x20 case included, without TCP length.</param>
/// <param name="Timeout">How long to wait for the reply, connecting included.</param>
internal readonly record struct ExchangeRequest(
    InetEndpoint Server, ExchangeTransport Transport, ReadOnlyMemory<byte> Query, TimeSpan Timeout);
