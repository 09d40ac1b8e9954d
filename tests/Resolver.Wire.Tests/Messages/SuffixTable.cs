// A plain compressor to hold the real one against: a table of the first 64 suffixes in front of 0x4000, in
// which a name is sought whole and by its last 16 labels; besides, the name before. It only counts octets.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Resolver.Wire.Tests;

internal sealed class SuffixTable
{
    private const int Capacity = 64;
    private const int MaxSought = 17;
    private const int MaxOffset = 0x3FFF;

    private readonly Dictionary<string, int> _offsets = [];
    private string _last = "";

    /// <summary>Octets that the name takes at this offset; it is remembered.</summary>
    public int Take(ReadOnlySpan<byte> name, int offset)
    {
        List<(int At, string Suffix)> suffixes = [];
        for (int at = 0; name[at] != 0; at += name[at] + 1)
        {
            suffixes.Add((at, Key(name[at..])));
        }

        if (suffixes.Count == 0)
        {
            return 1;
        }

        string whole = suffixes[0].Suffix;
        if (_last == whole)
        {
            return 2;
        }

        IEnumerable<(int At, string Suffix)> sought = suffixes.Take(1)
            .Concat(suffixes.Skip(Math.Max(1, suffixes.Count - MaxSought + 1)));
        int plain = name.Length - 1;
        foreach ((int at, string suffix) in sought)
        {
            if (_offsets.ContainsKey(suffix))
            {
                plain = at;
                break;
            }

            if (_offsets.Count < Capacity && offset + at <= MaxOffset)
            {
                _offsets[suffix] = offset + at;
            }
        }

        _last = offset <= MaxOffset || plain == 0 ? whole : "";
        return plain + (plain < name.Length - 1 ? 2 : 1);
    }

    private static string Key(ReadOnlySpan<byte> suffix)
    {
        byte[] canonical = new byte[suffix.Length];
        NameOctets.ToCanonical(suffix, canonical);
        return Convert.ToHexString(canonical);
    }
}
