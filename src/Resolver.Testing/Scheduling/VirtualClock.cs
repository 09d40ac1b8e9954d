// The TimeProvider of a virtual loop: monotonic time is the scheduler's, timers are events of the loop, and
// the wall clock runs beside it, from wherever a test has set it.
using System;
using System.Threading;
using System.Threading.Tasks;

namespace Resolver.Testing;

/// <summary>
/// Clock and timers of one virtual loop. Timestamps count 100 ns on a scale that all its loops share.
/// </summary>
internal sealed class VirtualClock(VirtualLoop loop) : TimeProvider
{
    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long GetTimestamp() => loop.Scheduler.Now;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => loop.Scheduler.WallClockAtBeginning
        + TimeSpan.FromTicks(loop.Scheduler.Now - VirtualScheduler.Beginning);

    /// <summary>A timer whose callback runs on the loop.</summary>
    public override ITimer CreateTimer(
        TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        VirtualTimer timer = new(loop, callback, state);
        _ = timer.Change(dueTime, period);
        return timer;
    }

    private sealed class VirtualTimer(VirtualLoop loop, TimerCallback callback, object? state) : ITimer
    {
        private readonly Lock _lock = new();
        private VirtualEvent? _next;
        private TimeSpan _period;
        private bool _disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            ThrowIfOutOfRange(dueTime);
            ThrowIfOutOfRange(period);
            lock (_lock)
            {
                if (_disposed)
                {
                    return false;
                }

                _next?.Cancel();
                _period = period;
                _next = dueTime == Timeout.InfiniteTimeSpan ? null : ScheduleIn(dueTime);
                return true;
            }
        }

        public void Dispose()
        {
            lock (_lock)
            {
                _disposed = true;
                _next?.Cancel();
                _next = null;
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        private VirtualEvent ScheduleIn(TimeSpan span) =>
            loop.ScheduleAt(
                loop.Scheduler.Now + span.Ticks, static timer => ((VirtualTimer)timer!).Fire(), this);

        private void Fire()
        {
            lock (_lock)
            {
                if (_disposed)
                {
                    return;
                }

                _next = _period > TimeSpan.Zero ? ScheduleIn(_period) : null;
            }

            callback(state);
        }

        private static void ThrowIfOutOfRange(TimeSpan time)
        {
            if (time < TimeSpan.Zero && time != Timeout.InfiniteTimeSpan)
            {
                throw new ArgumentOutOfRangeException(nameof(time), "A time is positive, zero or infinite.");
            }
        }
    }
}
