// The IRandomSource of simulations: xoshiro256**, whose state is spread from the seed by SplitMix64. Our own,
// because System.Random promises no equal sequence over versions of the framework, and a seed has to replay
// forever.
using System;
using System.Buffers.Binary;
using System.Numerics;
using Resolver.Engine;

namespace Resolver.Testing;

/// <summary>Numbers that one seed determines. Not thread-safe, and not for secrets.</summary>
internal sealed class SeededRandom : IRandomSource
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    /// <summary>The sequence of a seed.</summary>
    public SeededRandom(ulong seed)
    {
        _a = Spread(ref seed);
        _b = Spread(ref seed);
        _c = Spread(ref seed);
        _d = Spread(ref seed);
    }

    /// <inheritdoc/>
    public void Fill(Span<byte> destination)
    {
        Span<byte> octets = stackalloc byte[sizeof(ulong)];
        while (!destination.IsEmpty)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(octets, NextUInt64());
            int count = Math.Min(octets.Length, destination.Length);
            octets[..count].CopyTo(destination);
            destination = destination[count..];
        }
    }

    /// <inheritdoc/>
    public uint NextUInt32() => (uint)(NextUInt64() >> 32);

    /// <summary>A uniformly drawn 64-bit value.</summary>
    public ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        ulong shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>Draws from 0 up to, not including, a bound.</summary>
    public int NextBelow(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        return (int)RandomDraws.NextBelow(this, (uint)bound);
    }

    /// <summary>
    /// True with a probability from 0 to 1. Draws nothing for 0, so that an idle knob changes no sequence.
    /// </summary>
    public bool Chance(double probability) =>
        probability > 0 && (NextUInt64() >> 11) * (1.0 / (1UL << 53)) < probability;

    /// <summary>Draws a span below a bound; nothing is drawn for zero.</summary>
    public TimeSpan NextBelow(TimeSpan bound) =>
        bound <= TimeSpan.Zero
            ? TimeSpan.Zero
            : TimeSpan.FromTicks((long)(NextUInt64() % (ulong)bound.Ticks));

    /// <summary>An independent sequence, for a part whose draws must not shift those of others.</summary>
    public SeededRandom Fork() => new(NextUInt64());

    private static ulong Spread(ref ulong seed)
    {
        seed += 0x9E3779B97F4A7C15;
        ulong z = seed;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
