// The net under the walks of one loop. Every exchange ends by its timeout and every timeout ends before its
// asker's deadline; those who joined the walk of one with more time are told here when theirs is over, and so
// are those who inherited it from him. So no walk should outlive the last deadline of those who wait for it.
// One that does is a fault of this program: it is counted, logged with its trace and ended, so that it holds
// neither its place among the resolutions in flight nor those who might join it.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace Resolver.Engine;

/// <summary>Ends walks that are overdue. Used on one loop.</summary>
internal sealed class Watchdog : IDisposable
{
    private readonly LoopEngine _engine;
    private readonly TimeSpan _grace;
    private ITimer? _timer;
    private bool _isArmed;

    public Watchdog(LoopEngine engine)
    {
        _engine = engine;
        _grace = TimeSpan.FromMilliseconds(engine.Options.Limits.WatchdogMilliseconds);
    }

    private ILoop Loop => _engine.Parts.Loop;

    /// <summary>There is a walk to watch.</summary>
    public void Watch()
    {
        if (_isArmed)
        {
            return;
        }

        _timer ??= Loop.Time.CreateTimer(
            static s => ((Watchdog)s!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _ = _timer.Change(_grace, Timeout.InfiniteTimeSpan);
        _isArmed = true;
    }

    /// <inheritdoc/>
    public void Dispose() => _timer?.Dispose();

    private void Look()
    {
        _isArmed = false;
        long now = Loop.Time.GetTimestamp();
        foreach (Walk walk in _engine.Table.Walks.ToArray())
        {
            walk.Waiters.ReleaseLate(now);
            if (walk.Waiters.HasHeir)
            {
                walk.Wake();
            }
        }

        long latest = now - _grace.Ticks;
        List<Walk>? overdue = null;
        foreach (Walk walk in _engine.Table.Walks)
        {
            if (walk.Waiters.LastDeadline < latest)
            {
                (overdue ??= []).Add(walk);
            }
        }

        foreach (Walk walk in overdue ?? [])
        {
            _engine.Parts.Counts.EndOverdue();
            _engine.ReportOverdue(walk);
            walk.EndOverdue();
        }

        if (_engine.Table.Count > 0)
        {
            Watch();
        }
    }
}
