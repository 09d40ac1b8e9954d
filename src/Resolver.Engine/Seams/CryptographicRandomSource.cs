// The production IRandomSource: the system's CSPRNG, read in blocks because a call per draw would cost a
// syscall.
using System;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Resolver.Engine;

/// <summary>
/// Random octets from <see cref="RandomNumberGenerator"/>, buffered; used octets are wiped.
/// </summary>
internal sealed class CryptographicRandomSource : IRandomSource
{
    private readonly byte[] _block = new byte[1024];
    private int _used = 1024;

    /// <inheritdoc/>
    public void Fill(Span<byte> destination)
    {
        if (destination.Length > _block.Length)
        {
            RandomNumberGenerator.Fill(destination);
            return;
        }

        if (_block.Length - _used < destination.Length)
        {
            RandomNumberGenerator.Fill(_block);
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
