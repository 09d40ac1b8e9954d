// The port space: what is drawn, and that one port is held once.
using System;
using System.Linq;
using System.Threading.Tasks;
using Resolver.Engine;
using Xunit;

namespace Resolver.Transport.Tests;

public sealed class PortSpaceTests
{
    [Fact]
    public void Draws_are_spread_evenly_over_the_whole_space()
    {
        const int Seed = 20240607;
        const int Bins = 256;
        const int Draws = Bins * 400;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Seed}");
        var random = new SeededDraws(Seed);
        int[] bins = new int[Bins];
        for (int i = 0; i < Draws; i++)
        {
            ushort port = PortSpace.Draw(random);
            Assert.True(port >= PortSpace.First);
            bins[(port - PortSpace.First) * Bins / PortSpace.Size]++;
        }

        double expected = (double)Draws / Bins;
        double chiSquare = bins.Sum(count => (count - expected) * (count - expected) / expected);

        // 255 degrees of freedom: mean 255, deviation 22.6; five deviations either way.
        Assert.InRange(chiSquare, 255 - 113, 255 + 113);
    }

    [Fact]
    public void A_drawn_port_tells_nothing_of_the_next()
    {
        const int Seed = 7;
        const int Draws = 100_000;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Seed}");
        var random = new SeededDraws(Seed);
        double sum = 0;
        double previous = PortSpace.Draw(random);
        const double Mean = PortSpace.First + ((PortSpace.Size - 1) / 2.0);
        const double Variance = (double)PortSpace.Size * PortSpace.Size / 12;
        for (int i = 0; i < Draws; i++)
        {
            double next = PortSpace.Draw(random);
            sum += (previous - Mean) * (next - Mean);
            previous = next;
        }

        double correlation = sum / Draws / Variance;
        Assert.InRange(correlation, -5 / Math.Sqrt(Draws), 5 / Math.Sqrt(Draws));
    }

    [Fact]
    public void First_and_last_port_can_be_drawn()
    {
        Assert.Equal(PortSpace.First, PortSpace.Draw(new FixedDraw(1u << 16)));
        Assert.Equal(ushort.MaxValue, PortSpace.Draw(new FixedDraw(uint.MaxValue)));
    }

    [Fact]
    public void A_port_is_held_once_per_family()
    {
        var space = new PortSpace();
        Assert.True(space.TryTake(ipv6: false, 5353));
        Assert.False(space.TryTake(ipv6: false, 5353));
        Assert.True(space.TryTake(ipv6: true, 5353));
        space.GiveBack(ipv6: false, 5353);
        Assert.True(space.TryTake(ipv6: false, 5353));
        Assert.False(space.TryTake(ipv6: true, 5353));
    }

    [Fact]
    public async Task Loops_never_hold_the_same_port()
    {
        var space = new PortSpace();
        int[] taken = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
            Enumerable.Range(0, 65536).Count(port => space.TryTake(ipv6: false, (ushort)port)))));
        Assert.Equal(65536, taken.Sum());
    }

    [Fact]
    public void The_allowance_of_sockets_ends()
    {
        var allowance = new SocketAllowance(2);
        Assert.True(allowance.TryTake());
        Assert.True(allowance.TryTake());
        Assert.False(allowance.TryTake());
        allowance.GiveBack();
        Assert.True(allowance.TryTake());
        Assert.Equal(2, allowance.Open);
    }

    private sealed class SeededDraws(int seed) : IRandomSource
    {
        private readonly Random _random = new(seed);

        public void Fill(Span<byte> destination) => _random.NextBytes(destination);

        public uint NextUInt32() => (uint)_random.NextInt64(1L << 32);
    }

    private sealed class FixedDraw(uint value) : IRandomSource
    {
        public void Fill(Span<byte> destination) => destination.Clear();

        public uint NextUInt32() => value;
    }
}
