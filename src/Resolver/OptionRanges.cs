// The ranges of the options that are not limits of work: one place for the options record and for
// configuration files.
using System;
using System.Globalization;

namespace Resolver;

/// <summary>An allowed range of times.</summary>
/// <param name="Min">The least.</param>
/// <param name="Max">The most.</param>
internal sealed record TimeRange(TimeSpan Min, TimeSpan Max)
{
    /// <summary>True for a time inside the range.</summary>
    public bool Contains(TimeSpan value) => value >= Min && value <= Max;

    /// <summary>Returns the time, or throws when it is outside the range.</summary>
    public TimeSpan Check(TimeSpan value, string name) => Contains(value)
        ? value
        : throw new ArgumentOutOfRangeException(
            name, value, string.Create(CultureInfo.InvariantCulture, $"{name} must be {Min:c} to {Max:c}."));
}

/// <summary>An allowed range of numbers.</summary>
/// <param name="Min">The least.</param>
/// <param name="Max">The most.</param>
internal sealed record NumberRange(long Min, long Max)
{
    /// <summary>True for a number inside the range.</summary>
    public bool Contains(long value) => value >= Min && value <= Max;

    /// <summary>Returns the number, or throws when it is outside the range.</summary>
    public long Check(long value, string name) => Contains(value)
        ? value
        : throw new ArgumentOutOfRangeException(
            name, value, string.Create(CultureInfo.InvariantCulture, $"{name} must be {Min} to {Max}."));
}

/// <summary>The ranges.</summary>
internal static class OptionRanges
{
    /// <summary>
    /// Loops: above some hundred cores one address family's port space runs short. 0: one per core.
    /// </summary>
    public static NumberRange LoopCount { get; } = new(0, 256);

    /// <summary>A port that can be asked.</summary>
    public static NumberRange Port { get; } = new(1, ushort.MaxValue);

    /// <summary>
    /// Octets of cache other than 0 (chosen by the resolver): less than a mebibyte holds no delegations.
    /// </summary>
    public static NumberRange CacheSize { get; } = new(1L << 20, 1L << 40);

    /// <summary>Queries of one client in a second; 0: no bound.</summary>
    public static NumberRange ClientQueriesPerSecond { get; } = new(0, 1_000_000);

    /// <summary>A floor above an hour would hide the changes of zones.</summary>
    public static TimeRange MinTtl { get; } = new(TimeSpan.Zero, TimeSpan.FromHours(1));

    /// <summary>RFC 8767 §4 advises a cap of days to weeks; RFC 2181 §8 allows 68 years.</summary>
    public static TimeRange MaxTtl { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromDays(7));

    /// <summary>RFC 2308 §5: one to three hours work well, more than a day is problematic.</summary>
    public static TimeRange MaxNegativeTtl { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));

    /// <summary>RFC 8767 §4 recommends 30 seconds.</summary>
    public static TimeRange StaleTtl { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));

    /// <summary>RFC 8767 §5 recommends one to three days.</summary>
    public static TimeRange StaleMaxAge { get; } = new(TimeSpan.Zero, TimeSpan.FromDays(7));
}
