// What an exchange teaches about the server: round trips, timeouts, quirks, lameness. Only replies that
// matched the query teach anything (THREATS: a forged packet must not mark a server).
using System;

namespace Resolver.Engine;

/// <summary>Writes the memory of servers. One per loop over the shared store.</summary>
internal sealed class ServerMemory
{
    private readonly ServerHistoryStore _store;
    private readonly ResolverLimits _limits;

    public ServerMemory(ServerHistoryStore store, ResolverLimits limits)
    {
        _store = store;
        _limits = limits;
    }

    /// <summary>
    /// Takes in how an exchange ended; one cut short by its asker's deadline says nothing of the server.
    /// </summary>
    public void Learn(in Step step, in ExchangeOutcome outcome, bool cutShort, long now)
    {
        if (outcome.Status == ExchangeStatus.Reply && step.Asked.Transport == ExchangeTransport.Udp)
        {
            _store.Change(
                step.Endpoint, static (ref ServerHistory h, TimeSpan rtt) => h.AddRoundTrip(rtt), outcome.Elapsed);
        }
        else if (outcome.Status == ExchangeStatus.TimedOut && !cutShort)
        {
            _store.Change(
                step.Endpoint,
                static (ref ServerHistory h, (long SentAt, long Now) t) => h.AddTimeout(t.SentAt, t.Now),
                (now - outcome.Elapsed.Ticks, now));
        }
    }

    /// <summary>Takes in what the reply was taken for.</summary>
    public void LearnFrom(in Step step, ClassifiedReply reply, long now)
    {
        if (reply.Kind == ReplyKind.Lame || reply.Kind == ReplyKind.Refused)
        {
            long until = now + (_limits.LameMilliseconds * TimeSpan.TicksPerMillisecond);
            _store.MarkLame(step.Endpoint, IterationRoom.ZoneHash(step.Asked.Zone), until);
        }
        else if (reply.Kind == ReplyKind.NotUnderstood && step.WithEdns)
        {
            _store.Change(
                step.Endpoint,
                static (ref ServerHistory h, ServerQuirks quirk) => h.Quirks |= quirk,
                ServerQuirks.NoEdns);
        }
    }
}
