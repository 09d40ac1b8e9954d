// Whether the system's clock can be believed. A machine without a clock of its own starts in 1970 and would
// take every signature for one of the future; the last time that proved good is kept, and no time before it
// is believed. With none kept the system is believed, whatever year it says.
namespace Resolver.Dnssec;

/// <summary>The least time to believe, in seconds since 1970.</summary>
/// <param name="Seconds">The last time that proved good; 0 when none is known.</param>
internal readonly record struct TimeFloor(long Seconds)
{
    /// <summary>Seconds by which a clock may run behind the floor before it is called wrong.</summary>
    public const int Tolerance = 60;

    /// <summary>True when the clock is behind the time that proved good before.</summary>
    public bool IsWrong(long clock) => clock < Seconds - Tolerance;

    /// <summary>The time to judge signatures by: the clock's, not before the floor.</summary>
    public long Apply(long clock) => clock < Seconds ? Seconds : clock;

    /// <summary>The floor after signatures proved good at a time that the clock told.</summary>
    public TimeFloor Raise(long clock) => clock > Seconds ? new TimeFloor(clock) : this;
}
