// A running hash of what a simulation did (FNV-1a, 64 bits): equal runs have equal hashes, on every machine.
using System;
using System.Buffers.Binary;

namespace Resolver.Testing;

/// <summary>Hashes a run as it goes on.</summary>
internal sealed class TraceHash
{
    /// <summary>The hash so far.</summary>
    public ulong Value { get; private set; } = 0xCBF29CE484222325;

    /// <summary>Adds octets, with their count, so that what is added one after another stays apart.</summary>
    public void Add(ReadOnlySpan<byte> octets)
    {
        Add(octets.Length);
        ulong value = Value;
        foreach (byte octet in octets)
        {
            value = (value ^ octet) * 0x100000001B3;
        }

        Value = value;
    }

    /// <summary>Adds a number.</summary>
    public void Add(long number)
    {
        Span<byte> octets = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(octets, number);
        foreach (byte octet in octets)
        {
            Value = (Value ^ octet) * 0x100000001B3;
        }
    }
}
