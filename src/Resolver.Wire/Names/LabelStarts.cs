// Where the labels of one name begin, found from its left as far as somebody asks, each once.
using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Resolver.Wire;

/// <summary>
/// The offsets of length octets in an uncompressed name; <c>default</c> before the first question.
/// </summary>
internal struct LabelStarts
{
    private const int WordShift = 6;

    // A bit for each offset at which a label begins, below _next, the first not yet noted.
    private Words _words;
    private int _next;

    /// <summary>
    /// The first label, or the root, of <paramref name="name"/> that begins at <paramref name="from"/> or
    /// behind it. The name must be the same each time.
    /// </summary>
    public int FirstFrom(scoped ReadOnlySpan<byte> name, int from)
    {
        int next = _next;
        if (next < from)
        {
            do
            {
                _words[next >> WordShift] |= 1UL << next;
                next += name[next] + 1;
            }
            while (next < from);
            _next = next;
            return next;
        }

        ulong wanted = ulong.MaxValue << from;
        for (int i = from >> WordShift; i <= next >> WordShift; i++)
        {
            ulong starts = _words[i] & wanted;
            if (starts != 0)
            {
                return (i << WordShift) + BitOperations.TrailingZeroCount(starts);
            }

            wanted = ulong.MaxValue;
        }

        return next;
    }

    [InlineArray((NameOctets.MaxLength >> WordShift) + 1)]
    private struct Words
    {
        private ulong _first;
    }
}
