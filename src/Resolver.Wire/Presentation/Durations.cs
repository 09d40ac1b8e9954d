// Seconds and dates as zone files write them: plain seconds or units (1h30m), and RRSIG's YYYYMMDDHHmmSS.
// RFC 1035 §5.1, RFC 2308 §4, RFC 4034 §3.2.
using System;
using System.Globalization;
using System.Text;

namespace Resolver.Wire;

/// <summary>Reads and writes times as text.</summary>
internal static class Durations
{
    private const string DateForm = "yyyyMMddHHmmss";

    /// <summary>Reads 5400 or 1h30m (weeks, days, hours, minutes, seconds; case ignored).</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out uint seconds)
    {
        seconds = 0;
        if (uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seconds))
        {
            return true;
        }

        ulong total = 0;
        while (!text.IsEmpty)
        {
            int digits = text.IndexOfAnyExceptInRange('0', '9');
            if (digits < 1 || !uint.TryParse(text[..digits], CultureInfo.InvariantCulture, out uint count))
            {
                return false;
            }

            ulong unit = UnitOf(text[digits]);
            total += count * unit;
            if (unit == 0 || total > uint.MaxValue)
            {
                return false;
            }

            text = text[(digits + 1)..];
        }

        seconds = (uint)total;
        return true;
    }

    /// <summary>Reads seconds since 1970, or a date of 14 digits, into 32 bits.</summary>
    public static bool TryParseTime(ReadOnlySpan<char> text, out uint seconds)
    {
        if (text.Length != DateForm.Length)
        {
            return uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seconds);
        }

        seconds = 0;
        if (!DateTimeOffset.TryParseExact(
            text, DateForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
            out DateTimeOffset time))
        {
            return false;
        }

        // RFC 4034 §3.1.5: the field is the time modulo 2^32.
        seconds = (uint)time.ToUnixTimeSeconds();
        return time.Year >= 1970;
    }

    /// <summary>
    /// Appends a time as 14 digits; as no clock is at hand, it is taken as between 1970 and 2106.
    /// </summary>
    public static StringBuilder AppendTime(StringBuilder text, uint seconds) =>
        text.Append(
            CultureInfo.InvariantCulture, $"{DateTimeOffset.FromUnixTimeSeconds(seconds):yyyyMMddHHmmss}");

    private static ulong UnitOf(char unit) => unit switch
    {
        's' or 'S' => 1,
        'm' or 'M' => 60,
        'h' or 'H' => 3_600,
        'd' or 'D' => 86_400,
        'w' or 'W' => 604_800,
        _ => 0,
    };
}
