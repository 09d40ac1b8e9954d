// Step 7: which of a zone's servers to ask next, by which transport, for how long. The best expected round
// trip wins. A server never heard from counts as a middling one: it is asked at the client's expense only
// where nothing quicker is known, and is got to know in the background otherwise. Tries weigh more than
// anything, then whether the family works here.
using System;

namespace Resolver.Engine;

/// <summary>The selector's choice.</summary>
/// <param name="Index">Position among the candidates; -1 when none can be asked now.</param>
/// <param name="Transport">Datagram or stream.</param>
/// <param name="Timeout">How long to wait.</param>
/// <param name="LateAfter">When another may be asked beside it.</param>
internal readonly record struct ServerChoice(
    int Index, ExchangeTransport Transport, TimeSpan Timeout, TimeSpan LateAfter)
{
    /// <summary>None can be asked now.</summary>
    public static ServerChoice None => new(-1, ExchangeTransport.Udp, TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>It was silent when last asked, in this walk or before.</summary>
    public bool IsDoubtful { get; init; }

    /// <summary>Its round trip is known.</summary>
    public bool IsKnown { get; init; }
}

/// <summary>Chooses servers. One per loop.</summary>
internal sealed class NameServerSelector
{
    // What one failed try costs in the comparison: more than any round trip, so that another server comes
    // first. A family that does not work here costs half of it.
    private const long TryCost = 10 * TimeSpan.TicksPerSecond;
    private const long BrokenFamilyCost = 5 * TimeSpan.TicksPerSecond;
    private const long UnknownCost = 100 * TimeSpan.TicksPerMillisecond;
    private const uint UnknownSpreadMilliseconds = 30;
    private const uint Percent = 100;

    private readonly ServerHistoryStore _histories;
    private readonly FamilyHealth _families;
    private readonly IRandomSource _random;
    private readonly ResolverLimits _limits;

    public NameServerSelector(ServerHistoryStore histories, IRandomSource random, ResolverLimits limits)
    {
        _histories = histories;
        _families = histories.Families;
        _random = random;
        _limits = limits;
    }

    // Step 7: Select
    /// <summary>
    /// Picks the next server to ask. A forwarder is asked however silent it was, for nobody else may know;
    /// not when another has replied (<paramref name="isHeard"/>), though it was not believed.
    /// </summary>
    public ServerChoice Pick(Span<ServerCandidate> candidates, bool isHeard, long now)
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

            ServerHistory history = _histories.Get(candidate.Endpoint, now);
            bool isNeeded = (candidate.IsRecursive && !isHeard) || IsAliveForTcp(candidate);
            if (history.IsLeftAlone(now, _limits) && !isNeeded)
            {
                continue;
            }

            long cost = CostOf(candidate, history);
            if (cost < bestCost)
            {
                (best, bestCost, bestHistory) = (i, cost, history);
            }
        }

        return best < 0 ? ServerChoice.None : Choose(candidates, best, bestHistory, now);
    }

    /// <summary>
    /// Picks, beside a choice that is as good as certain, another server to be asked in the background; none
    /// most of the time. It teaches what nobody has to wait for: the round trip of servers not asked of late,
    /// or slow before, and whether a broken family works again. Not beside a stream: its query would be
    /// overtaken by one whose reply nobody takes.
    /// </summary>
    public ServerChoice PickProbe(Span<ServerCandidate> candidates, in ServerChoice chosen, long now)
    {
        if (candidates.Length < 2 || chosen.IsDoubtful || candidates[chosen.Index].NeedsTcp)
        {
            return ServerChoice.None;
        }

        bool seeksFamily = _families.IsOneDown;
        bool explores = chosen.IsKnown && _random.NextBelow(Percent) < (uint)_limits.ProbePercent;
        if (!seeksFamily && !explores)
        {
            return ServerChoice.None;
        }

        int first = (int)_random.NextBelow((uint)candidates.Length);
        for (int i = 0; i < candidates.Length; i++)
        {
            int index = (first + i) % candidates.Length;
            ref readonly ServerCandidate candidate = ref candidates[index];
            bool isIdle = index != chosen.Index && !candidate.IsOut && candidate.Pending == 0
                && candidate.UdpTries + candidate.TcpTries == 0 && !candidate.NeedsTcp;
            if (!isIdle || (!explores && !_families.IsDown(candidate.Endpoint.Address.IsIPv6)))
            {
                continue;
            }

            // One that others' questions keep known needs no probe.
            ServerHistory history = _histories.Get(candidate.Endpoint, now);
            bool isOfUse = explores && !history.IsRecent(now, _limits);
            if (!history.IsLeftAlone(now, _limits)
                && (isOfUse || _families.TryClaimProbe(candidate.Endpoint.Address.IsIPv6, now)))
            {
                return Choose(candidates, index, history, now);
            }
        }

        return ServerChoice.None;
    }

    private long CostOf(in ServerCandidate candidate, in ServerHistory history)
    {
        if (IsAliveForTcp(candidate))
        {
            return -1;
        }

        long cost = history.IsKnown || history.Timeouts > 0
            ? history.ExpectedCost(_limits)
            : UnknownCost + (_random.NextBelow(UnknownSpreadMilliseconds) * TimeSpan.TicksPerMillisecond);
        cost += _families.IsDown(candidate.Endpoint.Address.IsIPv6) ? BrokenFamilyCost : 0;
        return cost + ((candidate.UdpTries + candidate.TcpTries) * TryCost);
    }

    private ServerChoice Choose(
        Span<ServerCandidate> candidates, int index, in ServerHistory history, long now)
    {
        ref ServerCandidate candidate = ref candidates[index];
        candidate.WithoutEdns |= (history.Quirks & ServerQuirks.NoEdns) != 0;
        candidate.WithoutCookie |= (history.Quirks & ServerQuirks.NoCookie) != 0;
        candidate.WithoutCase |= (history.Quirks & ServerQuirks.NoCase) != 0;
        if (history.IsSilent(_limits))
        {
            // One asks for all: until its time is over the others leave the server alone.
            _histories.Change(
                candidate.Endpoint,
                now,
                static (ref ServerHistory h, (long Now, ResolverLimits Limits) t) =>
                    h.ClaimTry(t.Now, t.Limits),
                (now, _limits));
        }

        // A forwarder is as slow as the slowest server that it asks, whatever it took the last times.
        TimeSpan timeout = candidate.IsRecursive
            ? Later(history.NextTimeout(_limits), _limits.MinTcpTimeoutMilliseconds)
            : history.NextTimeout(_limits);
        bool tcp = candidate.NeedsTcp || candidate.UdpTries >= _limits.MaxUdpTriesPerServer;
        bool isSilent = candidate.UdpTries + candidate.TcpTries > 0 || history.Timeouts > 0;
        return new ServerChoice(
            index,
            tcp ? ExchangeTransport.Tcp : ExchangeTransport.Udp,
            tcp ? TcpTimeout(timeout) : timeout,
            history.LateAfter(_limits))
        {
            IsDoubtful = isSilent && !IsAliveForTcp(candidate),
            IsKnown = history.IsKnown,
        };
    }

    // A server that must be asked again by TCP has shown that it lives: finish with it first.
    private static bool IsAliveForTcp(in ServerCandidate candidate) =>
        candidate.NeedsTcp && candidate.TcpTries == 0;

    // Connecting costs a round trip more than a datagram does, and a lost SYN is sent again after a second.
    private TimeSpan TcpTimeout(TimeSpan udp) => Later(2 * udp, _limits.MinTcpTimeoutMilliseconds);

    private static TimeSpan Later(TimeSpan timeout, int milliseconds) =>
        new(Math.Max(timeout.Ticks, milliseconds * TimeSpan.TicksPerMillisecond));
}
