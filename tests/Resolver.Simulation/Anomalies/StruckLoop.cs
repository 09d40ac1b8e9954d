// A loop as the resolver sees it, between whose hands and the real one anomalies strike.
using System;
using System.Threading;
using System.Threading.Tasks;
using Resolver.Engine;

namespace Resolver.Simulation;

/// <summary>A loop whose upstream and timers fail now and then.</summary>
internal sealed class StruckLoop : ILoop
{
    private readonly ILoop _loop;

    public StruckLoop(ILoop loop, AnomalyPlan anomalies)
    {
        _loop = loop;
        Upstream = new StruckUpstream(loop.Upstream, anomalies);
        Time = new StruckClock(loop.Time, anomalies);
    }

    /// <inheritdoc/>
    public int Index => _loop.Index;

    /// <inheritdoc/>
    public TimeProvider Time { get; }

    /// <inheritdoc/>
    public long CaughtUpAt => _loop.CaughtUpAt;

    /// <inheritdoc/>
    public bool IsCurrent => _loop.IsCurrent;

    /// <inheritdoc/>
    public IUpstream Upstream { get; }

    /// <inheritdoc/>
    public void Post(SendOrPostCallback callback, object? state) => _loop.Post(callback, state);

    /// <inheritdoc/>
    public ValueTask<TResult> OffloadAsync<TState, TResult>(Func<TState, TResult> work, TState state) =>
        _loop.OffloadAsync(work, state);

    private sealed class StruckUpstream(IUpstream upstream, AnomalyPlan anomalies) : IUpstream
    {
        public ValueTask<ExchangeOutcome> ExchangeAsync(ExchangeRequest request)
        {
            anomalies.Pass(Seam.Exchange);
            return anomalies.IsDue(Seam.Socket)
                ? new ValueTask<ExchangeOutcome>(
                    new ExchangeOutcome(ExchangeStatus.SocketsExhausted, TimeSpan.Zero))
                : upstream.ExchangeAsync(request);
        }
    }

    private sealed class StruckClock(TimeProvider time, AnomalyPlan anomalies) : TimeProvider
    {
        public override long TimestampFrequency => time.TimestampFrequency;

        public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

        public override long GetTimestamp() => time.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

        public override ITimer CreateTimer(
            TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            anomalies.Pass(Seam.Timer);
            return new StruckTimer(time.CreateTimer(callback, state, dueTime, period), anomalies);
        }
    }

    private sealed class StruckTimer(ITimer timer, AnomalyPlan anomalies) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            anomalies.Pass(Seam.Timer);
            return timer.Change(dueTime, period);
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
