// The client queries of one loop in the order of their deadlines, which is the order in which they began: all
// have the same time. One timer watches the oldest. Times before the deadline (when expired data stands in)
// are lists of their own; a query is in one at a time.
using System;
using System.Threading;
using Resolver.Engine;

namespace Resolver;

/// <summary>Queries that wait for their reply, oldest first. Used on one loop.</summary>
internal sealed class DeadlineList : IDisposable
{
    private readonly ILoop _loop;
    private readonly Action<ClientQuery> _onDeadline;
    private readonly TimeSpan _lead;
    private ITimer? _timer;
    private ClientQuery? _oldest;
    private ClientQuery? _newest;
    private bool _isArmed;
    private bool _isDisposed;

    /// <summary>
    /// A list that tells <paramref name="onDeadline"/>, on the loop, of each query whose time is over, or
    /// will be after <paramref name="lead"/>.
    /// </summary>
    public DeadlineList(ILoop loop, Action<ClientQuery> onDeadline, TimeSpan lead = default)
    {
        _lead = lead;
        _loop = loop;
        _onDeadline = onDeadline;
    }

    /// <summary>The query that has waited longest, if any waits. From any thread.</summary>
    public ClientQuery? Oldest => Volatile.Read(ref _oldest);

    /// <summary>Count of queries in the list.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a query; its budget's deadline is not before that of those in the list.</summary>
    public void Add(ClientQuery query)
    {
        query.Earlier = _newest;
        if (_newest is null)
        {
            _oldest = query;
        }
        else
        {
            _newest.Later = query;
        }

        _newest = query;
        query.List = this;
        Count++;
        Arm();
    }

    /// <summary>Takes a query out; nothing happens when it is not in the list (any more).</summary>
    public void Remove(ClientQuery query)
    {
        if (query != _oldest && query.Earlier is null)
        {
            return;
        }

        if (query.Earlier is null)
        {
            _oldest = query.Later;
        }
        else
        {
            query.Earlier.Later = query.Later;
        }

        if (query.Later is null)
        {
            _newest = query.Earlier;
        }
        else
        {
            query.Later.Earlier = query.Earlier;
        }

        query.Earlier = null;
        query.Later = null;
        query.List = null;
        Count--;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        _timer?.Dispose();
    }

    private long DueAt(ClientQuery query) => query.Budget!.Deadline - _lead.Ticks;

    private void Arm()
    {
        if (_isArmed || _isDisposed || _oldest is null)
        {
            return;
        }

        TimeSpan wait = new(Math.Max(0, DueAt(_oldest) - _loop.Time.GetTimestamp()));
        try
        {
            _timer ??= _loop.Time.CreateTimer(static s => ((DeadlineList)s!).OnTimer(), this,
                Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _isArmed = _timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
        finally
        {
            // The others in the list must not wait for ever because one timer could not be had.
            if (!_isArmed)
            {
                _loop.Post(static s => ((DeadlineList)s!).Arm(), this);
            }
        }
    }

    private void OnTimer()
    {
        _isArmed = false;
        long now = _loop.Time.GetTimestamp();
        try
        {
            while (_oldest is { } query && DueAt(query) <= now)
            {
                Remove(query);
                _onDeadline(query);
            }
        }
        finally
        {
            Arm();
        }
    }
}
