// Randomness that can be repeated.
using System;
using System.Buffers.Binary;

namespace Resolver.Engine.Tests;

/// <summary>Randomness from a seed.</summary>
internal sealed class SeededSource(int seed) : IRandomSource
{
    private readonly Random _random = new(seed);

    public void Fill(Span<byte> destination) => _random.NextBytes(destination);

    public uint NextUInt32()
    {
        Span<byte> octets = stackalloc byte[sizeof(uint)];
        _random.NextBytes(octets);
        return BinaryPrimitives.ReadUInt32LittleEndian(octets);
    }
}
