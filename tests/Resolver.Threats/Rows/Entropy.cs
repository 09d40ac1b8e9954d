// How hard a value is to guess for who saw the ones before: pool size by collisions, evenness by chi-square,
// and simple predictors of the next value.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Resolver.Threats;

/// <summary>Judges sequences of 16-bit values.</summary>
internal static class Entropy
{
    private const int Near = 8;
    private const int Memory = 64;

    /// <summary>Bits of the pool of equally likely values that would collide as often.</summary>
    public static double Bits(IReadOnlyList<int> values)
    {
        double pairs = values.Count * (values.Count - 1.0) / 2;
        double collisions = values.GroupBy(static v => v).Sum(static g => g.Count() * (g.Count() - 1.0) / 2);
        return Math.Log2(pairs / Math.Max(1, collisions));
    }

    /// <summary>
    /// Chi-square of values over equal bins of a range, as standard deviations from its mean (Wilson and
    /// Hilferty's approximation): beyond 4 it is no accident.
    /// </summary>
    public static double Unevenness(IReadOnlyList<int> values, int first, int last, int bins)
    {
        double width = (last - first + 1.0) / bins;
        double expected = (double)values.Count / bins;
        int[] counts = new int[bins];
        foreach (int value in values)
        {
            counts[Math.Clamp((int)((value - first) / width), 0, bins - 1)]++;
        }

        double chiSquare = counts.Sum(c => (c - expected) * (c - expected) / expected);
        double freedom = bins - 1;
        double spread = 2 / (9 * freedom);
        return (Math.Cbrt(chiSquare / freedom) - (1 - spread)) / Math.Sqrt(spread);
    }

    /// <summary>
    /// The best predictor's hits beyond what chance gives, in standard deviations: the last value, the line
    /// through the last two, and whatever was seen of late.
    /// </summary>
    public static double Predictability(IReadOnlyList<int> values, int poolSize)
    {
        int near = 0;
        int onLine = 0;
        int again = 0;
        for (int i = Memory; i < values.Count; i++)
        {
            near += Math.Abs(values[i] - values[i - 1]) <= Near ? 1 : 0;
            onLine += Math.Abs(values[i] - ((2 * values[i - 1]) - values[i - 2])) <= Near ? 1 : 0;
            again += values.Skip(i - Memory).Take(Memory).Contains(values[i]) ? 1 : 0;
        }

        int trials = values.Count - Memory;
        double expectedNear = trials * ((2.0 * Near) + 1) / poolSize;
        double expectedAgain = trials * (double)Memory / poolSize;
        return Math.Max(
            (Math.Max(near, onLine) - expectedNear) / Math.Sqrt(expectedNear),
            (again - expectedAgain) / Math.Sqrt(expectedAgain));
    }
}
