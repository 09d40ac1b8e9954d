// The kernel's CSPRNG fills what it is given: all of it, more than one call gives, and never the same twice.
using System;
using System.Linq;
using Resolver.Engine;
using Xunit;

namespace Resolver.Transport.Tests;

public sealed class KernelRandomTests
{
    [Theory]
    [InlineData(16)]
    [InlineData(1024)]
    [InlineData(100_000)]
    public void All_octets_are_drawn_and_none_is_drawn_twice(int length)
    {
        byte[] once = new byte[length];
        byte[] again = new byte[length];
        KernelRandom.Fill(once);
        KernelRandom.Fill(again);
        Assert.NotEqual(once, again);

        // Sixteen zeros in a row at the end: once in 2^128.
        Assert.Contains(once.TakeLast(16), static octet => octet != 0);
    }

    [Fact]
    public void A_source_of_it_deals_out_each_block_once()
    {
        var source = new CryptographicRandomSource(KernelRandom.Fill);
        ulong[] drawn = [.. Enumerable.Range(0, 1_000).Select(_ =>
            ((ulong)source.NextUInt32() << 32) | source.NextUInt32())];
        Assert.Equal(drawn.Length, drawn.Distinct().Count());
    }

    [Fact]
    public void Nothing_is_asked_for_no_octets() => KernelRandom.Fill([]);
}
