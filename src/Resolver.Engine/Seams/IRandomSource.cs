// The only source of unpredictability: cryptographic in production, seeded in simulation.
using System;

namespace Resolver.Engine;

/// <summary>A source of random octets. Not thread-safe: each loop has its own.</summary>
internal interface IRandomSource
{
    /// <summary>Fills <paramref name="destination"/> with random octets.</summary>
    void Fill(Span<byte> destination);

    /// <summary>A uniformly drawn 32-bit value.</summary>
    uint NextUInt32();
}

/// <summary>Draws made from an <see cref="IRandomSource"/>.</summary>
internal static class RandomDraws
{
    /// <summary>
    /// A uniform draw from 0 up to, not including, <paramref name="bound"/> (1 to 2^32-1), without modulo
    /// bias.
    /// </summary>
    public static uint NextBelow(this IRandomSource source, uint bound)
    {
        ArgumentOutOfRangeException.ThrowIfZero(bound);

        // Lemire's multiply-shift: reject the few low products that would make some values likelier.
        ulong product = (ulong)source.NextUInt32() * bound;
        if ((uint)product < bound)
        {
            uint threshold = (0u - bound) % bound;
            while ((uint)product < threshold)
            {
                product = (ulong)source.NextUInt32() * bound;
            }
        }

        return (uint)(product >> 32);
    }
}
