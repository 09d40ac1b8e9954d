// From the hash of a key to where newcomers with it lie: an open table of plain words, probed one after the
// other. A word is the hash and the location + 1; 0 is empty. What follows a word that is taken out moves
// up, so no marks are left behind. The table doubles when three quarters are in use and halves when less
// than three sixteenths are.
using System;
using System.Numerics;

namespace Resolver.Engine;

/// <summary>Locations by hash. Not thread-safe: the lock of its shard guards it.</summary>
internal sealed class NewcomerIndex
{
    private const int LeastWords = 64;

    // Bits of a hash that tell the places apart are drawn from all of it: its shard is chosen by some.
    private const uint Spread = 0x9E3779B1;

    private ulong[] _words = [];
    private int _shift;
    private int _count;

    /// <summary>Octets taken.</summary>
    public long Size => (long)_words.Length * sizeof(ulong);

    /// <summary>Octets that one more location would cost.</summary>
    public long Growth => _count < MostOf(_words.Length) ? 0 : Math.Max(Size, LeastWords * sizeof(ulong));

    /// <summary>
    /// Goes on to the next location of a hash; <paramref name="place"/> is -1 for the first one. False when
    /// there is none left.
    /// </summary>
    public bool TryNext(uint hash, ref int place, out uint location)
    {
        location = 0;
        if (_count == 0)
        {
            return false;
        }

        place = place < 0 ? HomeOf(hash) : Next(place);
        for (; _words[place] != 0; place = Next(place))
        {
            if (_words[place] >> 32 == hash)
            {
                location = (uint)_words[place] - 1;
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds a location.</summary>
    public void Add(uint hash, uint location)
    {
        if (Growth > 0)
        {
            Resize(Math.Max(_words.Length * 2, LeastWords));
        }

        Insert(((ulong)hash << 32) | (location + 1));
        _count++;
    }

    /// <summary>Takes a location out, which must be there.</summary>
    public void Remove(uint hash, uint location)
    {
        ulong word = ((ulong)hash << 32) | (location + 1);
        int hole = HomeOf(hash);
        while (_words[hole] != word)
        {
            hole = Next(hole);
        }

        // Whatever would be sought for in vain beyond the hole moves into it.
        for (int at = Next(hole); _words[at] != 0; at = Next(at))
        {
            int home = HomeOf((uint)(_words[at] >> 32));
            if (((at - home) & (_words.Length - 1)) >= ((at - hole) & (_words.Length - 1)))
            {
                _words[hole] = _words[at];
                hole = at;
            }
        }

        _words[hole] = 0;
        _count--;
    }

    /// <summary>Gives back what is far too large; all of it when nothing is in there.</summary>
    public void Trim()
    {
        if (_count == 0)
        {
            _words = [];
        }
        else if (_words.Length > LeastWords && _count < MostOf(_words.Length) / 4)
        {
            Resize(_words.Length / 2);
        }
    }

    private static int MostOf(int words) => words / 4 * 3;

    private void Resize(int words)
    {
        ulong[] old = _words;
        _words = new ulong[words];
        _shift = 32 - BitOperations.Log2((uint)words);
        foreach (ulong word in old)
        {
            if (word != 0)
            {
                Insert(word);
            }
        }
    }

    private void Insert(ulong word)
    {
        int place = HomeOf((uint)(word >> 32));
        while (_words[place] != 0)
        {
            place = Next(place);
        }

        _words[place] = word;
    }

    private int HomeOf(uint hash) => (int)((hash * Spread) >> _shift);

    private int Next(int place) => (place + 1) & (_words.Length - 1);
}
