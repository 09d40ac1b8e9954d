// One event loop: a named thread that waits for its sockets, posts and timers, and runs whatever became ready
// to its end. This type decides the order of a turn, how other threads wake the loop and how it stops; how
// readiness is learned is left to EpollLoop and PortableLoop, and what is done with it to the owners of
// sockets and timers.
using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Resolver.Engine;

namespace Resolver.Transport;

/// <summary>
/// A turn is: wait → ready sockets → posts → due timers → end-of-turn hooks (which send what was batched) →
/// wakes owed to other loops. Members of a loop are used on it, or before it starts by whoever composes it.
/// </summary>
internal abstract class SocketLoop : ILoop, IAsyncDisposable
{
    private const int Awake = 0;
    private const int Asleep = 1;
    private const int NoThread = -1;

    // A crowd of posts is worked off in turns: what comes in meanwhile is read in between.
    private const int MostPostsPerTurn = 256;

    private readonly Thread _thread;
    private readonly PostQueue _posts = new();
    private readonly TimerHeap _timers = new();
    private readonly LoopSynchronizationContext _context;
    private readonly Action<ILoop, Exception> _onFault;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly OwedWakes _owedWakes = new();
    private readonly Stack<LoopPost> _atStop = new();
    private readonly EndOfTurnHooks _endOfTurn = new();
    private readonly Action<Exception> _report;
    private IUpstream? _upstream;
    private volatile int _threadId;
    private int _sleep;
    private LoopLag _lag;
    private bool _started;
    private volatile bool _stopRequested;
    private long _wakes;
    private long _faults;
    private long _noted = SystemClock.Ticks;

    private protected SocketLoop(int index, string threadName, Action<ILoop, Exception> onFault)
    {
        Index = index;
        _onFault = onFault;
        _report = Report;
        _context = new LoopSynchronizationContext(this);
        Time = new LoopClock(this);
        _thread = new Thread(Run) { Name = threadName, IsBackground = true };
        _threadId = _thread.ManagedThreadId;
    }

    /// <inheritdoc/>
    public int Index { get; }

    /// <inheritdoc/>
    public TimeProvider Time { get; }

    /// <inheritdoc/>
    public long CaughtUpAt => _lag.CaughtUpAt;

    /// <inheritdoc/>
    public bool IsCurrent => Environment.CurrentManagedThreadId == _threadId;

    /// <inheritdoc/>
    public IUpstream Upstream =>
        _upstream ?? throw new InvalidOperationException("The loop has no upstream yet.");

    /// <summary>Memory of its streams.</summary>
    public BlockPool Blocks { get; } = new();

    /// <summary>The loop's clock as of now, in units of 100 ns.</summary>
    public static long Now => SystemClock.Ticks;

    /// <summary>
    /// The clock for decisions: on the loop as of its last reading (when it woke, looked at its timers, took
    /// in a reply), as a resolution asks for the time at a dozen places; elsewhere as of now.
    /// </summary>
    public long Timestamp => IsCurrent ? _noted : SystemClock.Ticks;

    /// <summary>How often other threads had to wake this loop.</summary>
    public long Wakes => Interlocked.Read(ref _wakes);

    /// <summary>How many exceptions were caught at the root of a callback.</summary>
    public long Faults => Interlocked.Read(ref _faults);

    /// <summary>Composition sets the way to name servers, once, before the start.</summary>
    public void SetUpstream(IUpstream upstream)
    {
        if (_started || _upstream is not null)
        {
            throw new InvalidOperationException("The upstream of a loop is set once, before it starts.");
        }

        _upstream = upstream;
    }

    /// <summary>Starts the thread.</summary>
    public void Start()
    {
        if (_started || _stopRequested)
        {
            throw new InvalidOperationException("A loop starts once.");
        }

        _started = true;
        _thread.Start();
    }

    /// <summary>
    /// Ends the loop after the current turn: stop callbacks run, sockets close, later posts are dropped. From
    /// any thread; completes when the thread has nothing left to do.
    /// </summary>
    public Task StopAsync()
    {
        bool first = !_stopRequested;
        _stopRequested = true;
        if (_started)
        {
            Wake();
        }
        else if (first)
        {
            End();
        }

        return _stopped.Task;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => new(StopAsync());

    /// <inheritdoc/>
    public void Post(SendOrPostCallback callback, object? state)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var post = new LoopPost(callback, state);
        if (IsCurrent)
        {
            _posts.AddLocal(post);
        }
        else if (_posts.TryAddRemote(post))
        {
            // A loop that posts to another wakes it once, when its own turn ends.
            var context = SynchronizationContext.Current as LoopSynchronizationContext;
            if (context is { Loop.IsCurrent: true })
            {
                context.Loop._owedWakes.Owe(this);
            }
            else
            {
                Wake();
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<TResult> OffloadAsync<TState, TResult>(Func<TState, TResult> work, TState state)
    {
        VerifyCurrent();
        return OffloadedWork<TState, TResult>.RunAsync(this, work, state);
    }

    /// <summary>Schedules a timer anew, at a timestamp of <see cref="Time"/>; past: soon.</summary>
    public void Schedule(LoopTimer timer, long at)
    {
        VerifyCurrent();
        _timers.Schedule(timer, at);
    }

    /// <summary>Takes a timer back; nothing happens when it does not wait.</summary>
    public void Cancel(LoopTimer timer)
    {
        VerifyCurrent();
        _timers.Cancel(timer);
    }

    /// <summary>
    /// Has <paramref name="hook"/> called once when this turn ends, which is where batches are sent. Whoever
    /// asks remembers that it has asked, and asks again in a later turn.
    /// </summary>
    public void AtEndOfTurn(IEndOfTurn hook)
    {
        VerifyCurrent();
        _endOfTurn.Add(hook);
    }

    /// <summary>
    /// Has <paramref name="callback"/> run on the loop when it stops, before its sockets are closed; the last
    /// registered runs first. Posts made by these callbacks still run.
    /// </summary>
    public void AtStop(SendOrPostCallback callback, object? state)
    {
        VerifyCurrent();
        _atStop.Push(new LoopPost(callback, state));
    }

    /// <summary>Opens a UDP socket, not bound; null with the reason when the system has none.</summary>
    public abstract LoopSocket? OpenDatagram(bool ipv6, out SocketResult result);

    /// <summary>Opens a TCP socket to connect, not bound; null with the reason, as above.</summary>
    public abstract LoopSocket? OpenStream(bool ipv6, out SocketResult result);

    /// <summary>
    /// Opens, binds and begins to listen on a TCP socket that shares its port with those of the other loops
    /// of this process. A probe first asks whether another process holds it.
    /// </summary>
    public abstract LoopSocket? OpenStreamListener(
        in InetEndpoint local, int backlog, out SocketResult result);

    /// <summary>Opens and binds a batching UDP socket that shares its port likewise.</summary>
    public abstract DatagramListenSocket? OpenDatagramListener(
        in InetEndpoint local, DatagramListenOptions options, out SocketResult result);

    /// <summary>
    /// Fails the step that calls it, not the process, when the caller is not on the loop: the exception ends
    /// at the root of that step, where it is reported.
    /// </summary>
    public void VerifyCurrent()
    {
        if (!IsCurrent && _started)
        {
            var fault = new InvalidOperationException("A loop's own things were touched off the loop.");
            Report(fault);
            throw fault;
        }
    }

    /// <summary>Waits for readiness; -1: without limit, 0: a look only. True: more may be ready.</summary>
    private protected abstract bool Poll(int timeoutMilliseconds);

    /// <summary>Tells the owners of what the poll found.</summary>
    private protected abstract void TellReady();

    /// <summary>Ends a <see cref="Poll"/> that waits, or the next one. From any thread.</summary>
    private protected abstract void Signal();

    /// <summary>Closes all sockets and the poller.</summary>
    private protected abstract void Close();

    /// <summary>Reads the clock for those who ask until it is read again.</summary>
    public long NoteTime() => _noted = SystemClock.Ticks;

    /// <summary>Tells an owner that its socket is ready; what it throws is reported.</summary>
    private protected void Tell(LoopSocket socket, SocketInterest ready)
    {
        try
        {
            socket.Owner?.OnReady(socket, ready);
        }
        catch (Exception fault)
        {
            Report(fault);
        }
    }

    /// <summary>Reports an exception that reached the root of a callback.</summary>
    private protected void Report(Exception fault)
    {
        _ = Interlocked.Increment(ref _faults);
        try
        {
            _onFault(this, fault);
        }
        catch (Exception)
        {
            // The loop outlives also the one who was to report; the fault is counted.
        }
    }

    private void Run()
    {
        SynchronizationContext.SetSynchronizationContext(_context);
        while (!_stopRequested)
        {
            Wait();
            RunPosts(MostPostsPerTurn);
            FireTimers();
            EndTurn();
        }

        End();
    }

    private void Wait()
    {
        int timeout = TimeoutOfWait();
        if (timeout != 0)
        {
            // Announced first, looked at after: a post that comes between is either seen here or sees the
            // sleeper.
            _ = Interlocked.Exchange(ref _sleep, Asleep);
            if (_posts.HasAny || _stopRequested)
            {
                timeout = 0;
            }
        }

        try
        {
            long began = SystemClock.Ticks;
            _lag.TakePoll(began, Poll(timeout), NoteTime());
            TellReady();
        }
        catch (Exception fault)
        {
            Report(fault);
        }

        Volatile.Write(ref _sleep, Awake);
    }

    private int TimeoutOfWait()
    {
        if (_posts.HasAny || _endOfTurn.HasAny)
        {
            return 0;
        }

        if (_timers.Count == 0)
        {
            return Timeout.Infinite;
        }

        // Rounded up, so that the timer is due when the wait ends.
        long wait = _timers.Earliest - SystemClock.Ticks + TimeSpan.TicksPerMillisecond - 1;
        return (int)Math.Clamp(wait / TimeSpan.TicksPerMillisecond, 0, int.MaxValue);
    }

    private void RunPosts(int most)
    {
        for (int left = Math.Min(_posts.BeginBatch(), most); left > 0; left--)
        {
            RunPost(_posts.Take());
        }
    }

    private void RunPost(in LoopPost post)
    {
        try
        {
            post.Callback(post.State);
        }
        catch (Exception fault)
        {
            Report(fault);
        }
    }

    private void FireTimers()
    {
        if (_timers.Count == 0)
        {
            return;
        }

        // A timer that schedules itself in the past waits for the next turn: sockets are looked at in
        // between.
        long now = NoteTime();
        for (int left = _timers.Count; left > 0 && _timers.TryTakeDue(now, out LoopTimer? timer); left--)
        {
            try
            {
                timer!.OnTimer(now);
            }
            catch (Exception fault)
            {
                Report(fault);
            }
        }
    }

    private void EndTurn()
    {
        _endOfTurn.Run(_report);
        _owedWakes.Pay();
    }

    /// <summary>Has it look at its posts, if it sleeps. From any thread.</summary>
    internal void Wake()
    {
        if (Interlocked.Exchange(ref _sleep, Awake) == Asleep)
        {
            _ = Interlocked.Increment(ref _wakes);
            Signal();
        }
    }

    private void End()
    {
        while (_atStop.TryPop(out LoopPost callback))
        {
            RunPost(callback);
        }

        RunPosts(int.MaxValue);
        EndTurn();
        _posts.Close();
        _timers.Clear();
        Close();

        // The system gives the numbers of ended threads to new ones, which are not this loop.
        _threadId = NoThread;
        _stopped.SetResult();
    }
}
