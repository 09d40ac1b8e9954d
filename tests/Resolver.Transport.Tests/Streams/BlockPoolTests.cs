// The memory of a loop's streams: used again, bounded.
using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO.Pipelines;
using System.Threading.Tasks;
using Xunit;

namespace Resolver.Transport.Tests;

public sealed class BlockPoolTests
{
    [Fact]
    public async Task A_pipe_uses_the_blocks_of_what_was_read_before()
    {
        using var pool = new BlockPool();
        var pipe = new Pipe(pool.Pipes);
        byte[] octets = new byte[10 * BlockPool.BlockSize];
        await PassAsync(pipe, octets);
        Assert.InRange(pool.Kept, 9, 11);
        for (int i = 0; i < 100; i++)
        {
            await PassAsync(pipe, octets);
        }

        Assert.InRange(pool.Kept, 9, 11);
        await pipe.Writer.CompleteAsync();
        await pipe.Reader.CompleteAsync();
        Assert.InRange(pool.Kept, 9, 12);
    }

    [Fact]
    public void What_a_flood_needed_is_not_kept_for_ever()
    {
        using var pool = new BlockPool();
        var blocks = new List<IMemoryOwner<byte>>();
        for (int i = 0; i < 3000; i++)
        {
            blocks.Add(pool.Rent());
        }

        blocks.ForEach(static b => b.Dispose());
        Assert.Equal(1024, pool.Kept);
    }

    [Fact]
    public void More_than_a_block_is_refused()
    {
        using var pool = new BlockPool();
        _ = Assert.Throws<ArgumentOutOfRangeException>(() => pool.Rent(BlockPool.BlockSize + 1));
    }

    private static async Task PassAsync(Pipe pipe, byte[] octets)
    {
        pipe.Writer.Write(octets);
        _ = await pipe.Writer.FlushAsync(TestContext.Current.CancellationToken);
        Assert.True(pipe.Reader.TryRead(out ReadResult result));
        pipe.Reader.AdvanceTo(result.Buffer.End);
    }
}
