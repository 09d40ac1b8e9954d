// The time floor as text for a file: one line of seconds, and its complement, so that a torn or altered file
// is recognised.
using System.Globalization;
using Resolver.Dnssec;

namespace Resolver;

/// <summary>Reads and writes the time floor.</summary>
internal static class TimeFloorText
{
    private const string Title = "time-floor";

    /// <summary>The text of a floor.</summary>
    public static string Format(TimeFloor floor) => string.Create(
        CultureInfo.InvariantCulture, $"{Title} {floor.Seconds} {~floor.Seconds}\n");

    /// <summary>Reads a floor; no text at all is no floor.</summary>
    public static bool TryParse(string text, out TimeFloor floor)
    {
        floor = default;
        if (text.Length == 0)
        {
            return true;
        }

        if (text.EndsWith('\n') && text[..^1].Split(' ') is [Title, var first, var second]
            && long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            && long.TryParse(
                second, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long complement)
            && complement == ~seconds)
        {
            floor = new TimeFloor(seconds);
            return true;
        }

        return false;
    }
}
