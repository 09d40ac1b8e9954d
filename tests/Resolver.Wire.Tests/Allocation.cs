// Counts the octets that a piece of code allocates on its own thread, after it has run often enough to be
// compiled.
using System;

namespace Resolver.Wire.Tests;

internal static class Allocation
{
    private const int WarmUp = 200;
    private const int Measured = 100;

    private const int Windows = 8;

    /// <summary>
    /// Octets allocated by a hundred runs: the least of some windows, as the runtime allocates now and then
    /// by itself.
    /// </summary>
    public static long Of(Action action)
    {
        for (int i = 0; i < WarmUp; i++)
        {
            action();
        }

        long least = long.MaxValue;
        for (int window = 0; window < Windows && least > 0; window++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < Measured; i++)
            {
                action();
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
