// Says of most names that a store holds nothing of them, for the price of one octet read: a resolution asks
// for some dozen keys (type, alias, denial, failure, each ancestor's delegation), and of a fresh name none
// exists. A counting filter with one hash: a false "perhaps" costs a look-up, a false "no" cannot be.
using System;
using System.Numerics;
using System.Threading;

namespace Resolver.Engine;

/// <summary>Counts entries by the hash of their owner's name. Thread-safe without a lock.</summary>
internal sealed class PresenceFilter
{
    // One counter for so many octets of the store: when that is full of objects two fifths of the counters
    // are in use, and when it is full of newcomers nine tenths.
    private const int StoreOctetsPerCounter = 256;
    private const int LeastBits = 6;

    private readonly byte[] _counters;
    private readonly uint _mask;

    /// <summary>A filter for a store of <paramref name="budget"/> octets.</summary>
    public PresenceFilter(long budget)
    {
        int bits = Math.Max(LeastBits, BitOperations.Log2((ulong)(budget / StoreOctetsPerCounter)) + 1);
        _counters = new byte[1 << bits];
        _mask = (uint)(_counters.Length - 1);
    }

    /// <summary>Octets that it takes itself.</summary>
    public int Size => _counters.Length;

    /// <summary>False when no entry of an owner with this hash is in the store.</summary>
    public bool MayHold(uint owner) => Volatile.Read(ref _counters[owner & _mask]) != 0;

    /// <summary>An entry is about to be published.</summary>
    public void Add(uint owner) => Change(owner, 1);

    /// <summary>An entry has been taken out.</summary>
    public void Remove(uint owner) => Change(owner, -1);

    // A counter that is full has lost count and stays so.
    private void Change(uint owner, int step)
    {
        ref byte counter = ref _counters[owner & _mask];
        byte seen = Volatile.Read(ref counter);
        while (seen != byte.MaxValue)
        {
            byte found = Interlocked.CompareExchange(ref counter, (byte)(seen + step), seen);
            if (found == seen)
            {
                return;
            }

            seen = found;
        }
    }
}
