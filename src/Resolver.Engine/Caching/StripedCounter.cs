// A counter that many threads raise without sharing a cache line and without waiting for each other: each
// thread adds to its own stripe with plain writes. An atomic addition would cost as much as the look-up that
// it counts, as it waits for every load under way. Two threads whose numbers fall on one stripe may lose a
// count: these are figures for people.
using System;
using System.Threading;

namespace Resolver.Engine;

/// <summary>
/// Counts events on hot paths. Thread-safe; exact as long as no two counting threads share a stripe.
/// </summary>
internal sealed class StripedCounter
{
    private const int Stripes = 32;
    private const int Stride = 16;

    // The first stripe lies two lines behind the array's own header.
    private readonly long[] _stripes = new long[(Stripes + 1) * Stride];

    /// <summary>One more.</summary>
    public void Increment() => Add(1);

    /// <summary>One less: it was counted by mistake.</summary>
    public void Decrement() => Add(-1);

    /// <summary>The sum.</summary>
    public long Read()
    {
        long sum = 0;
        for (int stripe = 1; stripe <= Stripes; stripe++)
        {
            sum += Volatile.Read(ref _stripes[stripe * Stride]);
        }

        return sum;
    }

    private void Add(int step)
    {
        int stripe = (Environment.CurrentManagedThreadId % Stripes) + 1;
        _stripes[stripe * Stride] += step;
    }
}
