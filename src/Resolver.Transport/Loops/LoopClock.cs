// The TimeProvider of a loop: the machine's clocks, and timers that fire on the loop. Code that awaits
// Task.Delay(…, loop.Time) or cancels by time thereby stays on the loop. Hot paths use LoopTimer instead.
using System;
using System.Threading;
using System.Threading.Tasks;

namespace Resolver.Transport;

/// <summary>
/// Clock and timers of one loop. Timestamps count 100 ns on a monotonic scale that all loops share.
/// </summary>
internal sealed class LoopClock : TimeProvider
{
    private readonly SocketLoop _loop;

    /// <summary>The clock of <paramref name="loop"/>.</summary>
    public LoopClock(SocketLoop loop) => _loop = loop;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp() => _loop.Timestamp;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => SystemClock.UtcNow;

    /// <summary>
    /// A timer whose callback runs on the loop. May be made, changed and disposed on any thread; off the loop
    /// the change takes effect by a post.
    /// </summary>
    public override ITimer CreateTimer(
        TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ClockTimer(_loop, callback, state);
        _ = timer.Change(dueTime, period);
        return timer;
    }

    private sealed class ClockTimer : LoopTimer, ITimer
    {
        private readonly SocketLoop _loop;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private TimeSpan _period;
        private volatile bool _disposed;

        public ClockTimer(SocketLoop loop, TimerCallback callback, object? state)
        {
            _loop = loop;
            _callback = callback;
            _state = state;
        }

        public override void OnTimer(long now)
        {
            if (_disposed)
            {
                return;
            }

            if (_period > TimeSpan.Zero)
            {
                _loop.Schedule(this, now + _period.Ticks);
            }

            _callback(_state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            ThrowIfOutOfRange(dueTime);
            ThrowIfOutOfRange(period);
            if (_disposed)
            {
                return false;
            }

            long when = dueTime == Timeout.InfiniteTimeSpan ? -1 : SystemClock.Ticks + dueTime.Ticks;
            if (_loop.IsCurrent)
            {
                Apply(when, period);
            }
            else
            {
                var change = new DelayedChange(this, when, period);
                _loop.Post(static state => ((DelayedChange)state!).Apply(), change);
            }

            return true;
        }

        public void Dispose()
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            if (_loop.IsCurrent)
            {
                _loop.Cancel(this);
            }
            else
            {
                _loop.Post(static state => ((ClockTimer)state!).CancelOnLoop(), this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        private static void ThrowIfOutOfRange(TimeSpan time)
        {
            if (time < TimeSpan.Zero && time != Timeout.InfiniteTimeSpan)
            {
                throw new ArgumentOutOfRangeException(nameof(time), "A time is positive, zero or infinite.");
            }
        }

        private void CancelOnLoop() => _loop.Cancel(this);

        private void Apply(long when, TimeSpan period)
        {
            _period = period;
            if (when < 0)
            {
                _loop.Cancel(this);
            }
            else if (!_disposed)
            {
                _loop.Schedule(this, when);
            }
        }

        private sealed record DelayedChange(ClockTimer Timer, long When, TimeSpan Period)
        {
            public void Apply() => Timer.Apply(When, Period);
        }
    }
}
