// A bounded list of steps of one client query and everything it caused. A whole trace, for explain, keeps
// its first steps and every reason; a brief one goes along with every client query, in case it fails: it
// keeps its last steps in a rented array and makes no text.
using System;
using System.Buffers;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace Resolver.Engine;

/// <summary>
/// The steps of one resolution in their order. Written on one loop, read after the resolution has ended.
/// </summary>
public sealed class Trace
{
    /// <summary>Steps that a trace has room for at first; most traces need no more.</summary>
    internal const int FirstLength = 16;

    private readonly int _limit;
    private readonly long _began;
    private readonly TimeProvider _time;
    private readonly Spares<TraceStep[]>? _spares;
    private TraceStep[] _steps = [];
    private long _written;
    private bool _isClosed;
    private bool _isRented;
    private IReadOnlyList<TraceEvent>? _events;

    /// <summary>A whole trace of at most <paramref name="limit"/> steps.</summary>
    internal Trace(TimeProvider time, int limit)
        : this(time, limit, true)
    {
    }

    private Trace(TimeProvider time, int limit, bool isWhole, Spares<TraceStep[]>? spares = null)
    {
        _time = time;
        _spares = spares;
        _limit = limit;
        _began = time.GetTimestamp();
        IsWhole = isWhole;
    }

    /// <summary>The steps.</summary>
    public IReadOnlyList<TraceEvent> Events => _events ??= MakeEvents();

    /// <summary>
    /// Count of steps that were not kept because the trace was full: the last ones of a whole trace, the
    /// first ones of a brief one.
    /// </summary>
    public int Dropped => (int)(_written - Kept);

    /// <summary>True when reasons are wanted that cost something to find or to put into words.</summary>
    internal bool IsWhole { get; }

    /// <summary>True once a server was asked.</summary>
    internal bool HasAsked { get; private set; }

    /// <summary>True once name servers, or another's walk, were waited for.</summary>
    internal bool HasWaited { get; private set; }

    /// <summary>True once no further step is kept.</summary>
    internal bool IsClosed => _isClosed;

    /// <summary>Octets that the steps take.</summary>
    internal int Octets => _steps.Length * Unsafe.SizeOf<TraceStep>();

    /// <summary>Ticks since the trace began.</summary>
    internal long Now => _time.GetTimestamp() - _began;

    /// <summary>The time now, by the clock of TTLs.</summary>
    internal long Timestamp => _time.GetTimestamp();

    /// <summary>The time when it began, by that clock.</summary>
    internal long Began => _began;

    private int Kept => (int)Math.Min(_written, _limit);

    /// <summary>
    /// A trace that keeps the last steps of a query that may fail; <paramref name="spares"/>: where its first
    /// array comes from and goes back to, of the loop on which it is written.
    /// </summary>
    internal static Trace Brief(TimeProvider time, int limit, Spares<TraceStep[]>? spares = null) =>
        new(time, limit, false, spares);

    /// <summary>
    /// Adds a step, to be filled in at once; one that nobody keeps when the trace is full or closed.
    /// </summary>
    internal ref TraceStep Add(TraceKind kind)
    {
        HasAsked |= kind == TraceKind.Asked && !_isClosed;
        HasWaited |= kind is TraceKind.Asked or TraceKind.Joined && !_isClosed;
        if (_isClosed || (_written++ >= _limit && IsWhole))
        {
            return ref (new TraceStep[1])[0];
        }

        long index = _written - 1;
        if (index >= _limit)
        {
            index %= _limit;
            _steps[index] = default;
        }
        else if (index >= _steps.Length)
        {
            Grow();
        }

        _events = null;
        ref TraceStep step = ref _steps[index];
        step.Kind = kind;
        step.At = Now;
        return ref step;
    }

    /// <summary>
    /// No further step is kept. A whole trace may still be read; a brief one gives its memory back.
    /// </summary>
    internal void Close()
    {
        _isClosed = true;
        if (!IsWhole)
        {
            Replace([]);
            _written = 0;
        }
    }

    /// <summary>Keeps what there is in no more memory than it takes; no further step is kept.</summary>
    internal void Seal()
    {
        _isClosed = true;
        Replace(_steps.AsSpan(0, Kept).ToArray());
    }

    private void Grow()
    {
        int length = Math.Min(Math.Max(FirstLength, _steps.Length * 2), Math.Max(FirstLength, _limit));
        TraceStep[] longer = IsWhole ? new TraceStep[length]
            : _spares is not null && length == FirstLength ? _spares.Take()
            : ArrayPool<TraceStep>.Shared.Rent(length);
        _steps.CopyTo(longer, 0);
        Replace(longer);
    }

    private void Replace(TraceStep[] steps)
    {
        if (_isRented)
        {
            // Spare arrays hold no names or texts of the past; only what was written needs clearing.
            Array.Clear(_steps, 0, (int)Math.Min(_written, _steps.Length));
            if (_spares is not null && _steps.Length == FirstLength)
            {
                _spares.GiveBack(_steps);
            }
            else
            {
                ArrayPool<TraceStep>.Shared.Return(_steps);
            }
        }

        _steps = steps;
        _isRented = !IsWhole && !_isClosed;
    }

    // A brief trace that is full begins with the step that would have been overwritten next.
    private TraceEvent[] MakeEvents()
    {
        TraceEvent[] events = new TraceEvent[Kept];
        long first = IsWhole ? 0 : _written - events.Length;
        for (int i = 0; i < events.Length; i++)
        {
            events[i] = _steps[(int)((first + i) % _limit)].ToEvent();
        }

        return events;
    }
}
