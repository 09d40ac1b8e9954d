// What is remembered of a name server's address: how long it takes, what it cannot do, whether it lives.
// Timeouts are made from it as RFC 6298 makes them, with the bounds of ResolverLimits. Nothing is remembered
// for ever: a server that was not asked for long is a new one. A value; the store is in Caching.
using System;

namespace Resolver.Engine;

/// <summary>What a server was seen not to cope with.</summary>
[Flags]
internal enum ServerQuirks : byte
{
    /// <summary>Nothing known.</summary>
    None = 0,

    /// <summary>Answers queries with EDNS by FORMERR or NOTIMP (RFC 6891 §7).</summary>
    NoEdns = 1,

    /// <summary>Does not echo the question's letter case.</summary>
    NoCase = 2,

    /// <summary>Does not take the COOKIE option, or gives none to some.</summary>
    NoCookie = 4,
}

/// <summary>The history of one server address. Times are in ticks of 100 ns.</summary>
internal struct ServerHistory
{
    // Bounds of shifts and of a count, beyond what the limits on timeouts and pauses let matter.
    private const int MaxBackoff = 6;
    private const int MaxTimeouts = 64;
    private const int FirstPauseShift = 3;
    private const int RecentPart = 64;

    private long _touchedAt;
    private long _lastTimeout;
    private long _nextTry;
    private long _quirksUntil;

    /// <summary>Smoothed round trip; 0 when none was measured.</summary>
    public long SmoothedRoundTrip { get; private set; }

    /// <summary>Smoothed deviation of the round trip.</summary>
    public long Deviation { get; private set; }

    /// <summary>Timeouts since the last reply.</summary>
    public int Timeouts { get; private set; }

    /// <summary>What it does not cope with.</summary>
    public ServerQuirks Quirks { get; private set; }

    /// <summary>True when a reply was ever measured.</summary>
    public readonly bool IsKnown => SmoothedRoundTrip > 0;

    /// <summary>
    /// True when its last query was answered within a small part of the time for which it is remembered:
    /// to ask it once more only to know it better would teach nothing.
    /// </summary>
    public readonly bool IsRecent(long now, ResolverLimits limits) =>
        IsKnown && Timeouts == 0 && now - _touchedAt < Ticks(limits.ServerMemoryMilliseconds) / RecentPart;

    /// <summary>Takes in a reply, with its round trip unless that could not be measured.</summary>
    public void AddReply(TimeSpan? roundTrip, long now)
    {
        if (roundTrip is { } measured)
        {
            AddRoundTrip(measured, now);
        }
        else
        {
            Timeouts = 0;
            _touchedAt = now;
        }
    }

    /// <summary>Takes in a measured round trip (RFC 6298 §2).</summary>
    public void AddRoundTrip(TimeSpan roundTrip, long now)
    {
        long sample = Math.Max(1, roundTrip.Ticks);
        if (!IsKnown)
        {
            SmoothedRoundTrip = sample;
            Deviation = sample / 2;
        }
        else
        {
            Deviation += (Math.Abs(sample - SmoothedRoundTrip) - Deviation) / 4;
            SmoothedRoundTrip = Math.Max(1, SmoothedRoundTrip + ((sample - SmoothedRoundTrip) / 8));
        }

        Timeouts = 0;
        _touchedAt = now;
    }

    /// <summary>
    /// Takes in the timeout of a query sent at <paramref name="sentAt"/>. Of queries under way together one
    /// counts: a burst that is lost at once is one loss, not a reason to wait a burst's worth of doublings.
    /// </summary>
    public void AddTimeout(long sentAt, long now, ResolverLimits limits)
    {
        if (Timeouts == 0 || sentAt >= _lastTimeout)
        {
            Timeouts = Math.Min(Timeouts + 1, MaxTimeouts);
            _lastTimeout = now;
            _touchedAt = now;
            ClaimTry(now, limits);
        }
    }

    /// <summary>Takes in something that the server does not cope with.</summary>
    public void AddQuirk(ServerQuirks quirk, long now, ResolverLimits limits)
    {
        Quirks |= quirk;
        _touchedAt = now;
        _quirksUntil = now + Ticks(limits.ServerMemoryMilliseconds);
    }

    /// <summary>What still holds at <paramref name="now"/>.</summary>
    public void Fade(long now, long familyRecoveredAt, ResolverLimits limits)
    {
        if (now - _touchedAt > Ticks(limits.ServerMemoryMilliseconds))
        {
            this = default;
            return;
        }

        Quirks = now < _quirksUntil ? Quirks : ServerQuirks.None;
        if (Timeouts > 1 && _lastTimeout < familyRecoveredAt)
        {
            Timeouts = 1;
        }
    }

    /// <summary>
    /// True when it was silent so often that it is not asked now (RFC 9520 §3.2): the next try is due later.
    /// </summary>
    public readonly bool IsLeftAlone(long now, ResolverLimits limits) => IsSilent(limits) && now < _nextTry;

    /// <summary>It is asked now: while it is silent, the next try is due after a pause.</summary>
    public void ClaimTry(long now, ResolverLimits limits)
    {
        if (IsSilent(limits))
        {
            long longest = Ticks(limits.SilencePauseMilliseconds);
            int doublings = Math.Min(Timeouts - limits.MaxSilence, FirstPauseShift);
            _nextTry = now + ((longest >> FirstPauseShift) << doublings);
        }
    }

    /// <summary>True when it was silent too often in a row.</summary>
    public readonly bool IsSilent(ResolverLimits limits) => Timeouts >= limits.MaxSilence;

    /// <summary>How long to wait for the next reply: RFC 6298 §2.3, doubled per timeout (§5.5).</summary>
    public readonly TimeSpan NextTimeout(ResolverLimits limits)
    {
        long first = Ticks(limits.FirstTimeoutMilliseconds);
        long min = Ticks(limits.MinTimeoutMilliseconds);
        long max = Ticks(limits.MaxTimeoutMilliseconds);
        long timeout = IsKnown ? SmoothedRoundTrip + Math.Max(4 * Deviation, min) : first;
        return new TimeSpan(Math.Min(max, timeout << Math.Min(Timeouts, MaxBackoff)));
    }

    /// <summary>
    /// What it is expected to cost to ask this server: the round trip, or worse after timeouts.
    /// </summary>
    public readonly long ExpectedCost(ResolverLimits limits) =>
        Timeouts > 0 ? NextTimeout(limits).Ticks * 2 : SmoothedRoundTrip;

    /// <summary>
    /// How long until a reply is late and another server is asked beside this one: twice the round trip.
    /// </summary>
    public readonly TimeSpan LateAfter(ResolverLimits limits) =>
        new(Math.Max(2 * SmoothedRoundTrip, Ticks(limits.HedgeMilliseconds)));

    private static long Ticks(int milliseconds) => milliseconds * TimeSpan.TicksPerMillisecond;
}
