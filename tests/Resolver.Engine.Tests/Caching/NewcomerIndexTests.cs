// The index of newcomers against a plain list of pairs.
using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace Resolver.Engine.Tests;

public sealed class NewcomerIndexTests(ITestOutputHelper output)
{
    [Fact]
    public void An_empty_index_takes_nothing_and_finds_nothing()
    {
        NewcomerIndex index = new();
        Assert.Equal(0, index.Size);
        Assert.Empty(Find(index, 7));
    }

    [Theory]
    [InlineData(1, 1 << 30)]
    [InlineData(2, 3000)]
    [InlineData(3, 10)]
    public void All_locations_of_a_hash_are_found_whatever_came_and_went(int seed, int hashes)
    {
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        NewcomerIndex index = new();
        List<(uint Hash, uint Location)> held = [];
        uint next = 0;
        for (int round = 0; round < 6; round++)
        {
            // Grows and shrinks: the table is made anew on the way.
            for (int i = 0; i < 3000; i++)
            {
                if (held.Count == 0 || random.Next(10) < (round % 2 == 0 ? 8 : 2))
                {
                    uint hash = (uint)random.Next(hashes);
                    long grown = index.Size + index.Growth;
                    index.Add(hash, next);
                    held.Add((hash, next++));
                    Assert.True(index.Size == grown || index.Growth == 0);
                }
                else
                {
                    int victim = random.Next(held.Count);
                    index.Remove(held[victim].Hash, held[victim].Location);
                    held[victim] = held[^1];
                    held.RemoveAt(held.Count - 1);
                    index.Trim();
                }
            }

            foreach (IGrouping<uint, uint> same in held.GroupBy(pair => pair.Hash, pair => pair.Location))
            {
                Assert.Equal(same.Order(), Find(index, same.Key).Order());
            }

            Assert.InRange(index.Size, held.Count * 8, Math.Max(512, held.Count * 8 * 6));
        }
    }

    [Fact]
    public void An_index_that_was_emptied_gives_all_memory_back()
    {
        NewcomerIndex index = new();
        for (uint i = 0; i < 1000; i++)
        {
            index.Add(i, i);
        }

        for (uint i = 0; i < 1000; i++)
        {
            index.Remove(i, i);
        }

        index.Trim();
        Assert.Equal(0, index.Size);
    }

    private static List<uint> Find(NewcomerIndex index, uint hash)
    {
        List<uint> found = [];
        int place = -1;
        while (index.TryNext(hash, ref place, out uint location))
        {
            found.Add(location);
        }

        return found;
    }
}
