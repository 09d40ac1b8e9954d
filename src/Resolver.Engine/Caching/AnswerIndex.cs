// From a key's hash to the slots that may hold its answer: buckets of eight words, one cache line each. A
// word is the upper half of the hash and the slot's location; 0 is empty. Readers load words one by one
// without a lock; a word that misleads is found out at the slot, where the whole key is compared.
using System;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Threading;

namespace Resolver.Engine;

/// <summary>A fixed hash table of slot locations. Writers hold the cache's lock.</summary>
internal sealed class AnswerIndex
{
    /// <summary>Words of a bucket.</summary>
    public const int Ways = 8;

    private const int CacheLine = 64;

    private readonly ulong[] _words;
    private readonly int _start;
    private readonly ulong _mask;

    /// <summary>A table with at least one word for each of so many answers.</summary>
    public AnswerIndex(long answers)
    {
        long words = Math.Max(Ways, (long)BitOperations.RoundUpToPowerOf2((ulong)answers));
        _words = GC.AllocateArray<ulong>(checked((int)words) + Ways, pinned: true);
        int skew = (int)(Marshal.UnsafeAddrOfPinnedArrayElement(_words, 0) % CacheLine);
        _start = skew == 0 ? 0 : (CacheLine - skew) / sizeof(ulong);
        _mask = (ulong)(words / Ways) - 1;
    }

    /// <summary>Octets taken.</summary>
    public long Size => (long)_words.Length * sizeof(ulong);

    /// <summary>Place of the first word of a hash's bucket.</summary>
    public int BucketOf(ulong hash) => _start + ((int)(hash & _mask) * Ways);

    /// <summary>The location in a word when the word may be meant by the hash, else 0.</summary>
    public uint Match(int place, ulong hash)
    {
        ulong word = Volatile.Read(ref _words[place]);
        return (word ^ hash) >> 32 == 0 ? (uint)word : 0;
    }

    /// <summary>The location in a word, whatever its hash; 0 when empty.</summary>
    public uint Location(int place) => (uint)_words[place];

    /// <summary>Points a word to a slot.</summary>
    public void Set(int place, ulong hash, uint location) =>
        Volatile.Write(ref _words[place], (hash & 0xFFFFFFFF_00000000) | location);

    /// <summary>Empties a word.</summary>
    public void Clear(int place) => Volatile.Write(ref _words[place], 0);
}
