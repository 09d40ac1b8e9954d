// Packets as no server should write or send them: octets changed, cut, doubled; sprays of nonsense before the
// reply; replies late, never, or again.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Resolver.Testing;
using Resolver.Wire;

namespace Resolver.Simulation;

/// <summary>Breaks replies.</summary>
internal static class BrokenPackets
{
    private const int LatestMilliseconds = 8000;

    /// <summary>The tricks.</summary>
    public static Trick[] Tricks { get; } =
    [
        new("broken octets (29)", BreakReply),
        new("sprays of nonsense before the reply (30)", Spray),
        new("late, again, never (18, 32)", Delay),
    ];

    private static IReadOnlyList<ScriptedPacket> BreakReply(EvilZone zone, ServerTurn turn) =>
        [new ScriptedPacket(TimeSpan.Zero, Break(zone.Random, turn.Honest))];

    private static List<ScriptedPacket> Spray(EvilZone zone, ServerTurn turn)
    {
        List<ScriptedPacket> packets = [];
        for (int count = zone.Random.NextBelow(8); count > 0; count--)
        {
            byte[] wrong = zone.Random.Chance(0.5)
                ? ForgedReply.Write(turn.Query, zone.Random)
                : Break(zone.Random, turn.Honest);
            packets.Add(new ScriptedPacket(TimeSpan.Zero, wrong));
        }

        packets.Add(new ScriptedPacket(TimeSpan.FromMilliseconds(1), turn.Honest));
        return packets;
    }

    private static List<ScriptedPacket> Delay(EvilZone zone, ServerTurn turn)
    {
        List<ScriptedPacket> packets = [];
        for (int count = zone.Random.NextBelow(4); count > 0; count--)
        {
            TimeSpan delay = TimeSpan.FromMilliseconds(zone.Random.NextBelow(LatestMilliseconds));
            packets.Add(new ScriptedPacket(delay, turn.Honest));
        }

        return packets;
    }

    private static byte[] Break(SeededRandom random, byte[] honest)
    {
        byte[] octets = [.. honest];
        switch (random.NextBelow(6))
        {
            case 0:
                return octets[..random.NextBelow(octets.Length)];
            case 1:
                return [.. octets, .. new byte[1 + random.NextBelow(40)]];
            case 2:
                // More records promised than there are, or fewer.
                BinaryPrimitives.WriteUInt16BigEndian(
                    octets.AsSpan(4 + (2 * random.NextBelow(4))), (ushort)random.NextBelow(70));
                return octets;
            case 3:
                // A record twice, thrice, ...: everything behind the question again.
                byte[] rest = octets[Math.Min(octets.Length, MessageHeader.Length)..];
                return [.. octets, .. rest, .. rest];
            case 4:
                // Pointers to themselves and to one another.
                for (int count = 1 + random.NextBelow(6); count > 0 && octets.Length > 40; count--)
                {
                    int at = 30 + random.NextBelow(octets.Length - 32);
                    octets[at] = 0xC0;
                    octets[at + 1] = (byte)(at - random.NextBelow(3));
                }

                return octets;
            default:
                for (int count = 1 + random.NextBelow(10); count > 0; count--)
                {
                    octets[random.NextBelow(octets.Length)] ^= (byte)(1 << random.NextBelow(8));
                }

                return octets;
        }
    }
}
