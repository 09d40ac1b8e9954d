// What an exchange teaches about the server: round trips, timeouts, quirks, lameness. Only replies that
// matched the query teach anything (THREATS: a forged packet must not mark a server).
using System;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>Writes the memory of servers. One per loop over the shared store.</summary>
internal sealed class ServerMemory
{
    private readonly ServerHistoryStore _store;
    private readonly ResolverLimits _limits;
    private readonly ILoop _loop;

    public ServerMemory(ServerHistoryStore store, ResolverLimits limits, ILoop loop)
    {
        _store = store;
        _limits = limits;
        _loop = loop;
    }

    /// <summary>
    /// Takes in how an exchange ended; one cut short by its asker's deadline says nothing of the server.
    /// </summary>
    public void Learn(in Step step, in ExchangeOutcome outcome, bool cutShort, long now)
    {
        bool ipv6 = step.Endpoint.Address.IsIPv6;
        long sentAt = now - outcome.Elapsed.Ticks;
        switch (outcome.Status)
        {
            case ExchangeStatus.Reply:
                _store.Families.AddReply(ipv6, now);
                LearnRoundTrip(step, outcome, now);
                if (step.Asked.Transport == ExchangeTransport.Tcp && outcome.CaseDiffered && step.WithCase)
                {
                    AddQuirk(step, ServerQuirks.NoCase, now);
                }

                break;
            case ExchangeStatus.TimedOut when !cutShort:
                _store.Families.AddFailure(ipv6, sentAt, now);
                _store.Change(
                    step.Endpoint,
                    now,
                    static (ref ServerHistory h, (long SentAt, long Now, ResolverLimits Limits) t) =>
                        h.AddTimeout(t.SentAt, t.Now, t.Limits),
                    (sentAt, now, _limits));
                break;
            case ExchangeStatus.Unreachable:
                _store.Families.AddFailure(ipv6, sentAt, now);
                break;
            case ExchangeStatus.TimedOut or ExchangeStatus.ConnectionRefused
                or ExchangeStatus.ConnectionClosed or ExchangeStatus.TooManyMismatches
                or ExchangeStatus.WrongReply
                or ExchangeStatus.SocketsExhausted or ExchangeStatus.Stopped:
            default:
                break;
        }
    }

    /// <summary>Takes in what the reply was taken for.</summary>
    public void LearnFrom(in Step step, ClassifiedReply reply, long now)
    {
        if (!IsTelling(step.Asked.Type))
        {
            return;
        }

        if (reply.Kind == ReplyKind.Lame || reply.Kind == ReplyKind.Refused)
        {
            _store.MarkLame(step.Endpoint, step.Asked.Zone, now);
        }
        else if (reply.Kind == ReplyKind.NotUnderstood && step.WithEdns)
        {
            bool isCookie = step.WithCookie && reply.HasEdns;
            AddQuirk(step, isCookie ? ServerQuirks.NoCookie : ServerQuirks.NoEdns, now);
        }
    }

    /// <summary>
    /// Takes in what a reply says of cookies. A stream without one, from a server that gave some before,
    /// says that it cannot be relied on for them.
    /// </summary>
    public void LearnCookie(in Step step, in ExchangeRequest request, in ExchangeOutcome outcome, long now)
    {
        if (request.CookieAt == 0 || outcome.Status != ExchangeStatus.Reply)
        {
            return;
        }

        ReadOnlySpan<byte> client = request.Query.Span.Slice(request.CookieAt, CookieOption.ClientLength);
        if (CookieOption.Find(outcome.Reply, client, out ReadOnlySpan<byte> server) == CookieEcho.Right)
        {
            _store.Cookies.Keep(step.Endpoint, server, now);
        }
        else if (request.NeedsCookie)
        {
            _store.Cookies.Keep(step.Endpoint, default, now);
            AddQuirk(step, ServerQuirks.NoCookie, now);
        }
    }

    // Some servers refuse single types (RFC 8482 §1), or do not know them: that says nothing of the zone or of
    // EDNS, and a client who asks for such a type must not take the zone from all others.
    private static bool IsTelling(RRType type) =>
        type == RRType.A || type == RRType.Aaaa || type == RRType.NS;

    private void LearnRoundTrip(in Step step, in ExchangeOutcome outcome, long now)
    {
        // What a stream takes says little of what a datagram does.
        if (step.Asked.Transport != ExchangeTransport.Udp)
        {
            return;
        }

        // A loop that is late measures itself.
        long lag = now - Math.Max(_loop.CaughtUpAt, now - outcome.Elapsed.Ticks);
        bool isLate = lag > _limits.MinTimeoutMilliseconds * TimeSpan.TicksPerMillisecond;
        _store.Change(
            step.Endpoint,
            now,
            static (ref ServerHistory h, (TimeSpan? RoundTrip, long Now) t) => h.AddReply(t.RoundTrip, t.Now),
            (isLate ? (TimeSpan?)null : outcome.Elapsed, now));
    }

    private void AddQuirk(in Step step, ServerQuirks quirk, long now) => _store.Change(
        step.Endpoint,
        now,
        static (ref ServerHistory h, (ServerQuirks Quirk, long Now, ResolverLimits Limits) t) =>
            h.AddQuirk(t.Quirk, t.Now, t.Limits),
        (quirk, now, _limits));
}
