// The presence filter never denies what is there, whatever comes and goes, and denies most of what is not.
using System;
using System.Collections.Generic;
using Xunit;

namespace Resolver.Engine.Tests;

public sealed class PresenceFilterTests
{
    [Fact]
    public void What_was_added_and_not_removed_is_never_denied()
    {
        const int seed = 4711;
        Random random = new(seed);
        PresenceFilter filter = new(1 << 16);
        List<uint> held = [];
        for (int step = 0; step < 50_000; step++)
        {
            if (held.Count < 2000 && random.Next(2) == 0)
            {
                held.Add((uint)random.NextInt64(1L << 32));
                filter.Add(held[^1]);
            }
            else if (held.Count > 0)
            {
                int at = random.Next(held.Count);
                filter.Remove(held[at]);
                held.RemoveAt(at);
            }
        }

        Assert.All(held, hash => Assert.True(filter.MayHold(hash), $"seed {seed}"));
        held.ForEach(filter.Remove);
        Assert.False(filter.MayHold(7));
    }

    [Fact]
    public void A_counter_that_lost_count_says_perhaps_for_ever()
    {
        PresenceFilter filter = new(1 << 16);
        for (int i = 0; i < 300; i++)
        {
            filter.Add(5);
        }

        for (int i = 0; i < 300; i++)
        {
            filter.Remove(5);
        }

        Assert.True(filter.MayHold(5));
    }

    [Fact]
    public void A_full_store_denies_most_keys_that_are_not_there()
    {
        const int budget = 4 << 20;
        PresenceFilter filter = new(budget);
        Random random = new(42);
        for (int entry = 0; entry < budget / StoreShard.EntryCost; entry++)
        {
            filter.Add((uint)random.NextInt64(1L << 32));
        }

        int perhaps = 0;
        for (int probe = 0; probe < 10_000; probe++)
        {
            perhaps += filter.MayHold((uint)random.NextInt64(1L << 32)) ? 1 : 0;
        }

        Assert.InRange(perhaps, 0, 3500);
    }
}
