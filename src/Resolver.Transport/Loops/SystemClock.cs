// The only place of the transport that reads the machine's clocks. On Linux both readings go through the
// clock_gettime of the dynamically linked libc, so that a test can shift them from outside.
using System;
using System.Diagnostics;

namespace Resolver.Transport;

/// <summary>
/// The two clocks: monotonic for TTLs, round trips and deadlines; UTC for signatures and snapshots.
/// </summary>
internal static class SystemClock
{
    // Every other file takes a TimeProvider; the loops' TimeProvider has to read a clock somewhere, and it is
    // here.
#pragma warning disable RS0030
    /// <summary>Monotonic time in units of 100 ns; one scale for all loops.</summary>
    public static long Ticks => Stopwatch.Frequency == 1_000_000_000
        ? Stopwatch.GetTimestamp() / 100
        : (long)((Int128)Stopwatch.GetTimestamp() * TimeSpan.TicksPerSecond / Stopwatch.Frequency);

    /// <summary>Wall clock.</summary>
    public static DateTimeOffset UtcNow => DateTimeOffset.UtcNow;
#pragma warning restore RS0030
}
