// Memory for the streams of one loop. Blocks that come back are used again, up to a bound: what passes
// through a stream is short-lived but too old for the youngest generation, so left to the collector it would
// pile up.
using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO.Pipelines;

namespace Resolver.Transport;

/// <summary>Blocks of 4096 octets. Used on one loop only.</summary>
internal sealed class BlockPool : MemoryPool<byte>
{
    /// <summary>Octets of a block.</summary>
    public const int BlockSize = 4096;

    // 4 MiB for each loop, kept for good once they were needed: more than enough for what comes and goes
    // between two turns.
    private const int MostKept = 1024;

    private readonly Stack<Block> _kept = new();

    /// <summary>No blocks yet.</summary>
    public BlockPool() => Pipes = new PipeOptions(
        pool: this,
        readerScheduler: PipeScheduler.Inline,
        writerScheduler: PipeScheduler.Inline,
        pauseWriterThreshold: 0,
        minimumSegmentSize: BlockSize,
        useSynchronizationContext: false);

    /// <summary>Pipes over these blocks, which run inline and never pause their writer.</summary>
    public PipeOptions Pipes { get; }

    /// <inheritdoc/>
    public override int MaxBufferSize => BlockSize;

    /// <summary>Blocks that wait to be used again.</summary>
    public int Kept => _kept.Count;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">More than <see cref="BlockSize"/> is wanted.</exception>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockSize);
        return _kept.TryPop(out Block? block) ? block : new Block(this);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => _kept.Clear();

    private sealed class Block(BlockPool pool) : IMemoryOwner<byte>
    {
        private readonly byte[] _octets = GC.AllocateUninitializedArray<byte>(BlockSize);

        public Memory<byte> Memory => _octets;

        // Back to the pool: a pipe lets go of a block once, and does not look at it afterwards.
        public void Dispose()
        {
            if (pool._kept.Count < MostKept)
            {
                pool._kept.Push(this);
            }
        }
    }
}
