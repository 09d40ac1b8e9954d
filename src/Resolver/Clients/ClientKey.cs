// Whom a query is counted for: an IPv4 address, or the /64 of an IPv6 address, since addresses inside it cost
// nothing. An address that nobody has proven (a datagram without a server cookie) is counted apart from the
// same address proven, so that a forger cannot use up the share of the one whose name it takes.
using System;
using Resolver.Engine;

namespace Resolver;

/// <summary>A client as it is counted.</summary>
/// <param name="Prefix">The address or its prefix, as a number.</param>
/// <param name="IsProven">The client receives what is sent to that address.</param>
internal readonly record struct ClientKey(ulong Prefix, bool IsProven)
{
    // Never the beginning of a client's IPv6 address: ff00::/8 is multicast.
    private const ulong IPv4 = 0xFFFF_0000_0000_0000;
    private const ulong Program = 0xFFFE_0000_0000_0000;

    /// <summary>True for the embedding program itself, which has no share: it is alone.</summary>
    public bool IsProgram => Prefix == Program;

    /// <summary>The key of a client; a stream proves its address, a datagram by a server cookie.</summary>
    public static ClientKey Of(in ClientContext client, bool hasServerCookie) => client.Transport switch
    {
        ClientTransport.Udp => new ClientKey(PrefixOf(client.Remote.Address), hasServerCookie),
        ClientTransport.Tcp => new ClientKey(PrefixOf(client.Remote.Address), true),
        ClientTransport.InProcess => new ClientKey(Program, true),
        _ => throw new ArgumentOutOfRangeException(nameof(client)),
    };

    private static ulong PrefixOf(in InetAddress address) =>
        address.IsIPv6 ? (ulong)(address.Bits >> 64) : IPv4 | (ulong)address.Bits;
}
