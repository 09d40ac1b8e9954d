// Lets queries gather while very many come. A loop that is woken by each of them pays for the wake and two
// system calls per query, and replies to one client never meet; network cards moderate their interrupts
// likewise. Below the pace nothing waits.
using System;

namespace Resolver.Transport;

/// <summary>Decides when a loop waits a moment before it reads. Used on its loop only.</summary>
internal sealed unsafe class ReceivePace
{
    /// <summary>Queries a second from which on they are let gather.</summary>
    public const int Pace = 40_000;

    private const long Window = TimeSpan.TicksPerMillisecond;
    private const int NanosecondsPerMicrosecond = 1000;

    // Waits one after the other that brought no query: the rush is over, and others must not wait for it.
    private const int MostInVain = 8;

    private readonly int _microseconds;
    private long _windowBegan;
    private long _taken;
    private bool _isFast;
    private bool _wasFull;
    private int _inVain;

    /// <summary>Waits for so many microseconds at a time; 0: never.</summary>
    public ReceivePace(int microseconds) => _microseconds = microseconds;

    /// <summary>True when to wait is worth it: the pace is high, and no full batch waits already.</summary>
    public bool IsHigh => _isFast && !_wasFull;

    /// <summary>
    /// Counts what one call brought; <paramref name="full"/>: as much as it can, so that more may wait.
    /// </summary>
    public void Took(int count, bool full, long now)
    {
        _inVain = 0;
        _taken += count;
        _wasFull = full;
        long elapsed = now - _windowBegan;
        if (elapsed >= Window)
        {
            _isFast = _microseconds > 0 && _taken * TimeSpan.TicksPerSecond >= elapsed * Pace;
            _windowBegan = now;
            _taken = 0;
        }
    }

    /// <summary>Waits, if that is worth it (and as long as the system's timers are coarse more).</summary>
    public void LetGather()
    {
        if (IsHigh)
        {
            _isFast = ++_inVain < MostInVain;

            // SAFETY: the kernel reads one local structure during the call.
            Libc.TimeSpec length = new() { Nanoseconds = _microseconds * NanosecondsPerMicrosecond };
            _ = Libc.Sleep(&length, null);
        }
    }
}
