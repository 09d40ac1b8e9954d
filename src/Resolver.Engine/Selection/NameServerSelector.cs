// Step 7: which of a zone's servers to ask next, by which transport, for how long. The best expected round
// trip wins; servers never heard from get a small random cost, so that they are found out about; tries weigh
// more than anything.
using System;

namespace Resolver.Engine;

/// <summary>The selector's choice.</summary>
/// <param name="Index">Position among the candidates; -1 when none can be asked now.</param>
/// <param name="Transport">Datagram or stream.</param>
/// <param name="Timeout">How long to wait.</param>
internal readonly record struct ServerChoice(int Index, ExchangeTransport Transport, TimeSpan Timeout)
{
    /// <summary>None can be asked now.</summary>
    public static ServerChoice None => new(-1, ExchangeTransport.Udp, TimeSpan.Zero);

    /// <summary>It was silent when last asked, in this walk or before.</summary>
    public bool IsDoubtful { get; init; }
}

/// <summary>Chooses servers. One per loop.</summary>
internal sealed class NameServerSelector
{
    // What one failed try costs in the comparison: more than any round trip, so that another server comes
    // first.
    private const long TryCost = 10 * TimeSpan.TicksPerSecond;
    private const uint UnknownCostMilliseconds = 30;

    private readonly ServerHistoryStore _histories;
    private readonly IRandomSource _random;
    private readonly ResolverLimits _limits;

    public NameServerSelector(ServerHistoryStore histories, IRandomSource random, ResolverLimits limits)
    {
        _histories = histories;
        _random = random;
        _limits = limits;
    }

    // Step 7: Select
    /// <summary>Picks the next server to ask.</summary>
    public ServerChoice Pick(Span<ServerCandidate> candidates)
    {
        int best = -1;
        long bestCost = long.MaxValue;
        ServerHistory bestHistory = default;
        for (int i = 0; i < candidates.Length; i++)
        {
            ref readonly ServerCandidate candidate = ref candidates[i];
            if (candidate.IsOut || candidate.Pending > 0)
            {
                continue;
            }

            ServerHistory history = _histories.Get(candidate.Endpoint);
            long cost = CostOf(candidate, history);
            if (cost < bestCost)
            {
                (best, bestCost, bestHistory) = (i, cost, history);
            }
        }

        return best < 0 ? ServerChoice.None : MakeChoice(ref candidates[best], best, bestHistory);
    }

    private long CostOf(in ServerCandidate candidate, in ServerHistory history)
    {
        if (IsAliveForTcp(candidate))
        {
            return -1;
        }

        long cost = history.IsKnown || history.Timeouts > 0
            ? history.ExpectedCost(_limits)
            : _random.NextBelow(UnknownCostMilliseconds) * TimeSpan.TicksPerMillisecond;
        return cost + ((candidate.UdpTries + candidate.TcpTries) * TryCost);
    }

    private ServerChoice MakeChoice(ref ServerCandidate candidate, int index, in ServerHistory history)
    {
        candidate.WithoutEdns |= (history.Quirks & ServerQuirks.NoEdns) != 0;
        candidate.WithoutCase |= (history.Quirks & ServerQuirks.NoCase) != 0;
        TimeSpan timeout = history.NextTimeout(_limits);
        bool tcp = candidate.NeedsTcp || candidate.UdpTries >= _limits.MaxUdpTriesPerServer;
        bool isSilent = candidate.UdpTries + candidate.TcpTries > 0 || history.Timeouts > 0;
        return new ServerChoice(
            index,
            tcp ? ExchangeTransport.Tcp : ExchangeTransport.Udp,
            tcp ? TcpTimeout(timeout) : timeout)
        {
            IsDoubtful = isSilent && !IsAliveForTcp(candidate),
        };
    }

    // A server that must be asked again by TCP has shown that it lives: finish with it first.
    private static bool IsAliveForTcp(in ServerCandidate candidate) =>
        candidate.NeedsTcp && candidate.TcpTries == 0;

    // Connecting costs a round trip more than a datagram does, and a lost SYN is sent again after a second.
    private TimeSpan TcpTimeout(TimeSpan udp) => TimeSpan.FromTicks(
        Math.Max(2 * udp.Ticks, _limits.MinTcpTimeoutMilliseconds * TimeSpan.TicksPerMillisecond));
}
