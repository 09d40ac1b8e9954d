// The contract between listeners (steps 1 and 13) and whoever answers (steps 2 to 12).
using System;
using Resolver.Engine;

namespace Resolver.Transport;

/// <summary>
/// Answers one query, on the loop that received it. Returns the count of octets written to
/// <paramref name="reply"/>; 0 for a deliberate silent drop; <see cref="QueryArrival.Pending"/> when a ticket
/// was taken and the reply comes later. Never throws. <paramref name="query"/> is valid only during the call.
/// <paramref name="reply"/> has room for 65,535 octets on a stream; on UDP, for as much as may ever be sent.
/// </summary>
internal delegate int QueryHandler(ReadOnlySpan<byte> query, ref QueryArrival arrival, Span<byte> reply);

/// <summary>One received query: who sent it, on which loop, and how to reply later.</summary>
internal ref struct QueryArrival
{
    /// <summary>Returned by a handler that took a ticket.</summary>
    public const int Pending = -1;

    private readonly IReplySource _source;

    public QueryArrival(ILoop loop, in ClientContext client, IReplySource source)
    {
        Loop = loop;
        Client = client;
        _source = source;
    }

    /// <summary>The loop that received the query, on which the handler runs.</summary>
    public ILoop Loop { get; }

    /// <summary>Who asked.</summary>
    public ClientContext Client { get; }

    /// <summary>
    /// How long the client's connection may be idle from now on, for edns-tcp-keepalive (RFC 7828 §3.3.2);
    /// zero on UDP.
    /// </summary>
    public readonly TimeSpan IdleTimeout => _source.IdleTimeout;

    /// <summary>Takes the means to reply after the handler has returned; at most once.</summary>
    public readonly ReplyTicket TakeTicket() => _source.TakeTicket();
}

/// <summary>
/// A listener in the middle of handing over one query: makes the ticket for it. Implemented by the datagram
/// and the stream listener.
/// </summary>
internal interface IReplySource
{
    /// <summary>How long the client's connection may be idle; zero where there is no connection.</summary>
    TimeSpan IdleTimeout => TimeSpan.Zero;

    /// <summary>A ticket for the query being handed over.</summary>
    ReplyTicket TakeTicket();
}

/// <summary>
/// The right and duty to reply once, later. Pooled by its listener: after <see cref="Complete"/> or
/// <see cref="Abandon"/> it must not be touched.
/// </summary>
internal abstract class ReplyTicket
{
    /// <summary>Who asked.</summary>
    public ClientContext Client { get; protected set; }

    /// <summary>How long the client's connection may be idle once it has the reply; zero on UDP.</summary>
    public virtual TimeSpan IdleTimeout => TimeSpan.Zero;

    /// <summary>
    /// True once the client can no longer be reached (its connection is gone); then only Abandon.
    /// </summary>
    public abstract bool IsClientGone { get; }

    /// <summary>
    /// Sends the reply. Called on any loop of the same resolver: a datagram leaves by that loop's listener of
    /// the same address, a stream's reply is posted to the loop that owns the connection.
    /// </summary>
    public abstract void Complete(ILoop current, ReadOnlySpan<byte> reply);

    /// <summary>Gives the ticket back without a reply (a deliberate drop).</summary>
    public abstract void Abandon();
}
