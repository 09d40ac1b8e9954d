// Durations as configuration writes them: a whole number and one unit.
using System;
using System.Globalization;

namespace Resolver.Server;

/// <summary>Text forms of durations: 1800ms, 30s, 5m, 1h, 1d.</summary>
internal static class Duration
{
    private static readonly (string Unit, TimeSpan Length)[] Units =
    [
        ("d", TimeSpan.FromDays(1)), ("h", TimeSpan.FromHours(1)), ("m", TimeSpan.FromMinutes(1)),
        ("s", TimeSpan.FromSeconds(1)), ("ms", TimeSpan.FromMilliseconds(1)),
    ];

    /// <summary>Reads a number and a unit, nothing between them.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        int digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (digits <= 0 || !int.TryParse(
            text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out int count))
        {
            return false;
        }

        foreach ((string unit, TimeSpan length) in Units)
        {
            if (text.AsSpan(digits).SequenceEqual(unit) && count <= TimeSpan.MaxValue.Ticks / length.Ticks)
            {
                duration = length * count;
                return true;
            }
        }

        return false;
    }

    /// <summary>Writes the duration in the largest unit that leaves a whole number.</summary>
    public static string Format(TimeSpan duration)
    {
        foreach ((string unit, TimeSpan length) in Units)
        {
            if (duration != TimeSpan.Zero && duration.Ticks % length.Ticks == 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{duration.Ticks / length.Ticks}{unit}");
            }
        }

        return "0s";
    }
}
