// Turns a message into a likely wrong one: flipped bits, interesting octets, cuts, splices, edited lengths
// and counts.
using System;
using System.Collections.Generic;
using CsCheck;

namespace Resolver.Wire.Tests;

internal static class Mutation
{
    private static readonly byte[] Interesting = [0, 1, 12, 0x3F, 0x40, 0x7F, 0x80, 0xBF, 0xC0, 0xFF];

    /// <summary>One of the messages after one to eight mutations.</summary>
    public static Gen<byte[]> Of(IReadOnlyList<byte[]> messages) => Gen.Select(
        Gen.Int[0, messages.Count - 1],
        Gen.Int[0, messages.Count - 1],
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 1 << 20], Gen.Int[0, 1 << 20]).Array[1, 8],
        (message, donor, steps) =>
        {
            List<byte> octets = [.. messages[message]];
            foreach ((int kind, int where, int what) in steps)
            {
                Apply(octets, messages[donor], kind, where, what);
            }

            return octets.ToArray();
        });

    private static void Apply(List<byte> octets, byte[] donor, int kind, int where, int what)
    {
        if (octets.Count == 0)
        {
            octets.Add((byte)what);
            return;
        }

        int at = where % octets.Count;
        switch (kind)
        {
            case 0:
                octets[at] ^= (byte)(1 << (what % 8));
                break;
            case 1:
                octets[at] = Interesting[what % Interesting.Length];
                break;
            case 2:
                octets.RemoveRange(at, octets.Count - at);
                break;
            case 3:
                octets.RemoveRange(at, Math.Min(what % 16, octets.Count - at));
                break;
            case 4:
                int from = what % donor.Length;
                octets.InsertRange(at, donor[from..Math.Min(donor.Length, from + 1 + (what % 64))]);
                break;
            case 5:
                // A count or a length, one more or one less.
                octets[at] += (byte)(what % 2 == 0 ? 1 : -1);
                break;
            default:
                // A pointer to somewhere.
                octets[at] = (byte)(0xC0 | (what % 4 == 0 ? what >> 8 & 0x3F : 0));
                octets.Insert(at + 1, (byte)what);
                break;
        }
    }
}
