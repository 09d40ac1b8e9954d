// The production IRandomSource: the system's CSPRNG, read in blocks because a call per draw would cost a
// syscall.
using System;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Resolver.Engine;

/// <summary>Fills all octets with output of a CSPRNG.</summary>
internal delegate void RandomFill(Span<byte> octets);

/// <summary>Random octets, buffered; used octets are wiped.</summary>
/// <param name="system">The system's CSPRNG; <see cref="RandomNumberGenerator"/> when left out.</param>
internal sealed class CryptographicRandomSource(RandomFill? system = null) : IRandomSource
{
    private readonly RandomFill _system = system ?? RandomNumberGenerator.Fill;
    private readonly byte[] _block = new byte[1024];
    private int _used = 1024;

    /// <inheritdoc/>
    public void Fill(Span<byte> destination)
    {
        if (destination.Length > _block.Length)
        {
            _system(destination);
            return;
        }

        if (_block.Length - _used < destination.Length)
        {
            _system(_block);
            _used = 0;
        }

        Span<byte> drawn = _block.AsSpan(_used, destination.Length);
        drawn.CopyTo(destination);
        drawn.Clear();
        _used += destination.Length;
    }

    /// <inheritdoc/>
    public uint NextUInt32()
    {
        Span<byte> octets = stackalloc byte[sizeof(uint)];
        Fill(octets);
        return BinaryPrimitives.ReadUInt32LittleEndian(octets);
    }
}
