// What the engine hands to IUpstream: where to, by which transport, which octets, how long to wait.
using System;
using Resolver.Wire;

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
    InetEndpoint Server, ExchangeTransport Transport, ReadOnlyMemory<byte> Query, TimeSpan Timeout)
{
    /// <summary>Where in the query the client cookie stands; 0: it has none.</summary>
    public ushort CookieAt { get; init; }

    /// <summary>
    /// True when the server is known to use cookies: a datagram without ours is not its reply (RFC 7873
    /// §5.3).
    /// </summary>
    public bool NeedsCookie { get; init; }

    /// <summary>Compares a message received with the query.</summary>
    public ReplyMatch Compare(ReadOnlySpan<byte> reply)
    {
        ReadOnlySpan<byte> query = Query.Span;
        ReplyMatch match = ReplyMatcher.Compare(query, reply);
        if (match != ReplyMatch.Match || CookieAt == 0)
        {
            return match;
        }

        return CookieOption.Find(reply, query.Slice(CookieAt, CookieOption.ClientLength), out _) switch
        {
            CookieEcho.Right => ReplyMatch.Match,
            CookieEcho.Absent when !NeedsCookie || Transport == ExchangeTransport.Tcp => ReplyMatch.Match,
            CookieEcho.Absent => ReplyMatch.CookieLacks,
            CookieEcho.Wrong => ReplyMatch.Mismatch,
            _ => ReplyMatch.Mismatch,
        };
    }
}
