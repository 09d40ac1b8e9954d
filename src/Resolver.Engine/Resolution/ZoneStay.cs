// One resolution on its way from zone to zone: before whose servers it stands, since when, and whether it has
// heard from one of them.
using System;

namespace Resolver.Engine;

/// <summary>The stay of one walk before the servers of a zone. Changes in place.</summary>
internal struct ZoneStay
{
    private ZoneTally? _tally;
    private long _since;
    private bool _hasHeard;

    /// <summary>Begins where a tally has let it in.</summary>
    public ZoneStay(ZoneTally entered, long now)
    {
        _tally = entered;
        _since = now;
    }

    /// <summary>A server replied.</summary>
    public void Hear()
    {
        _hasHeard = true;
        _tally?.Hear();
    }

    /// <summary>
    /// Leaves out of the stay what the loop may have been late by, <paramref name="lag"/> ticks until now.
    /// </summary>
    public void Excuse(long lag, long now) => _since = Math.Min(now, _since + Math.Max(0, lag));

    /// <summary>
    /// Goes on to a zone, if it is another one. Turned away there, it stands nowhere.
    /// </summary>
    public ZoneVerdict MoveTo(ZoneTally next, ResolverLimits limits, ILoop loop)
    {
        long now = loop.Time.GetTimestamp();
        if (next == _tally)
        {
            return ZoneVerdict.Admitted;
        }

        End(limits, now);
        ZoneVerdict verdict = next.TryEnter(limits, loop);
        if (verdict == ZoneVerdict.Admitted)
        {
            this = new ZoneStay(next, now);
        }

        return verdict;
    }

    /// <summary>Leaves.</summary>
    public void End(ResolverLimits limits, long now)
    {
        _tally?.Leave(limits, now - _since, _hasHeard, now);
        _tally = null;
    }
}
