// Sizes as configuration writes them: a whole number and a binary unit.
using System;
using System.Globalization;

namespace Resolver.Server;

/// <summary>Text forms of sizes: 512KiB, 256MiB, 1GiB.</summary>
internal static class ByteSize
{
    private static readonly (string Unit, long Octets)[] Units =
    [
        ("TiB", 1L << 40), ("GiB", 1L << 30), ("MiB", 1L << 20), ("KiB", 1L << 10), ("B", 1),
    ];

    /// <summary>Reads a number and a unit, nothing between them.</summary>
    public static bool TryParse(string text, out long octets)
    {
        octets = 0;
        int digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (digits <= 0 || !long.TryParse(
            text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out long count))
        {
            return false;
        }

        foreach ((string unit, long size) in Units)
        {
            if (text.AsSpan(digits).SequenceEqual(unit) && count <= long.MaxValue / size)
            {
                octets = count * size;
                return true;
            }
        }

        return false;
    }

    /// <summary>Writes the size in the largest unit that leaves a whole number.</summary>
    public static string Format(long octets)
    {
        foreach ((string unit, long size) in Units)
        {
            if (octets != 0 && octets % size == 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{octets / size}{unit}");
            }
        }

        return "0B";
    }
}
