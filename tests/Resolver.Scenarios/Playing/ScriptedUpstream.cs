// The engine's way to the scenario's servers: a round trip of a millisecond, replies matched as on sockets.
using System;
using System.Buffers;
using System.Threading;
using System.Threading.Tasks;
using Resolver.Engine;
using Resolver.Testing;
using Resolver.Wire;
using Completion = Resolver.Transport.LoopCompletion<Resolver.Engine.ExchangeOutcome>;

namespace Resolver.Scenarios;

/// <summary>An upstream that speaks as the script does.</summary>
internal sealed class ScriptedUpstream(VirtualLoop loop, ScriptedServers servers) : IUpstream
{
    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(1);

    public ValueTask<ExchangeOutcome> ExchangeAsync(ExchangeRequest request)
    {
        TimeSpan at = TimeSpan.FromTicks(loop.Scheduler.Now - VirtualScheduler.Beginning);
        byte[] query = request.Query.ToArray();
        SentBy sent = new(request.Transport, at);
        ScriptedReply? reply = servers.Answer(query, request.Server.Address, sent);
        Completion completion = new(loop);
        TimeSpan arrival = RoundTrip + (reply?.Delay ?? TimeSpan.Zero);
        ReplyMatch match = reply?.Octets is { } octets
            ? ReplyMatcher.Compare(query, octets)
            : ReplyMatch.Mismatch;
        if (match == ReplyMatch.Match && arrival < request.Timeout)
        {
            After(arrival, () => completion.SetResult(Received(reply!.Octets!, arrival)));
        }
        else if (reply is { Octets: null })
        {
            ExchangeOutcome error = new(ExchangeStatus.Unreachable, arrival, 0);
            After(arrival, () => completion.SetResult(error));
        }
        else
        {
            ExchangeOutcome late = new(ExchangeStatus.TimedOut, request.Timeout, reply is null ? 0 : 1)
            {
                CaseDiffered = match == ReplyMatch.CaseDiffers,
            };
            After(request.Timeout, () => completion.SetResult(late));
        }

        return completion.Task;
    }

    private static ExchangeOutcome Received(byte[] reply, TimeSpan elapsed)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(reply.Length);
        reply.CopyTo(rented, 0);
        return new ExchangeOutcome(rented, reply.Length, elapsed, 0);
    }

    private void After(TimeSpan delay, Action action) =>
        _ = loop.Time.CreateTimer(static a => ((Action)a!)(), action, delay, Timeout.InfiniteTimeSpan);
}
