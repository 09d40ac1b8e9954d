// Sequences of several segments, as a pipe gives them when messages straddle its blocks.
using System;
using System.Buffers;

namespace Resolver.Wire.Tests;

internal sealed class SegmentedOctets : ReadOnlySequenceSegment<byte>
{
    private SegmentedOctets(ReadOnlyMemory<byte> memory, long runningIndex)
    {
        Memory = memory;
        RunningIndex = runningIndex;
    }

    /// <summary>The octets cut at the given places; two equal places make an empty segment.</summary>
    public static ReadOnlySequence<byte> Cut(ReadOnlyMemory<byte> octets, params int[] cuts)
    {
        SegmentedOctets first = new(octets[..(cuts.Length > 0 ? cuts[0] : octets.Length)], 0);
        SegmentedOctets last = first;
        for (int i = 0; i < cuts.Length; i++)
        {
            int end = i + 1 < cuts.Length ? cuts[i + 1] : octets.Length;
            SegmentedOctets next = new(octets[cuts[i]..end], cuts[i]);
            last.Next = next;
            last = next;
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }
}
