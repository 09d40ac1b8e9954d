// Packets of one seed: real queries, real replies and traps, mutated a little or much, or nothing but random
// octets.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Text;
using Resolver.Testing;
using Resolver.Wire;

namespace Resolver.Fuzz;

/// <summary>An endless source of packets; deterministic, allocates nothing per packet.</summary>
internal sealed class PacketSource
{
    /// <summary>Octets of the longest packet.</summary>
    public const int MaxLength = 1400;

    private static readonly string[] Names =
    [
        "", "fuzz", "sentinel.fuzz", "a.wild.fuzz", "B.wiLD.fuzz", "chain.odd.fuzz", "self.odd.fuzz",
        "x.tree.odd.fuzz",
        "big.odd.fuzz", "none.odd.fuzz", "a.dead.fuzz", "nothing", "version.bind", "localhost",
        "1.0.0.127.in-addr.arpa",
        "www.example.com", "a.very.long.name.with.many.labels.in.it.wild.fuzz",
    ];

    private static readonly ushort[] Types =
        [1, 2, 5, 6, 12, 15, 16, 28, 33, 43, 46, 48, 65, 251, 252, 255, 65280];
    private static readonly byte[] Interesting = [0, 1, 12, 0x3F, 0x40, 0x7F, 0x80, 0xBF, 0xC0, 0xFF];

    private readonly SeededRandom _random;
    private readonly List<byte[]> _seeds = [];
    private readonly byte[] _packet = new byte[MaxLength];
    private int _length;

    public PacketSource(ulong seed)
    {
        _random = new SeededRandom(seed);
        foreach (string name in Names)
        {
            foreach (ushort type in Types)
            {
                _seeds.Add(Query(name, type, 0x0100, []));
                _seeds.Add(Query(name, type, 0x0110, Opt(1232, 0x8000, [])));
                _seeds.Add(Query(
                    name, type, 0x0120, Opt(4096, 0, [0, 10, 0, 8, 1, 2, 3, 4, 5, 6, 7, 8, 0, 3, 0, 0])));
            }
        }

        _seeds.Add(Query("fuzz", 6, 0x2400, []));
        _seeds.Add(Query("fuzz", 6, 0x2900, []));
        _seeds.Add(Query("fuzz", 1, 0x8180, Opt(512, 0, [0, 11, 0, 0])));
        _seeds.Add(Query("fuzz", 1, 0x0100, Opt(65535, 0x0001_0000, [])));
    }

    /// <summary>The next packet, good until the one after.</summary>
    public ReadOnlySpan<byte> Next()
    {
        if (_random.Chance(0.02))
        {
            _length = _random.NextBelow(200);
            _random.Fill(_packet.AsSpan(0, _length));
            return _packet.AsSpan(0, _length);
        }

        Take(_seeds[_random.NextBelow(_seeds.Count)]);
        BinaryPrimitives.WriteUInt16BigEndian(_packet, (ushort)_random.NextUInt32());
        int steps = _random.NextBelow(6);
        for (int i = 0; i < steps && _length > 0; i++)
        {
            Mutate();
        }

        return _packet.AsSpan(0, _length);
    }

    /// <summary>A good query.</summary>
    public static byte[] Query(string name, ushort type, ushort flags, ReadOnlySpan<byte> opt)
    {
        byte[] packet = new byte[MaxLength];
        new MessageHeader(0, flags, 1, 0, 0, (ushort)(opt.IsEmpty ? 0 : 1)).Write(packet);
        int at = MessageHeader.Length;
        foreach (string label in name.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            packet[at] = (byte)label.Length;
            at += 1 + Encoding.ASCII.GetBytes(label, packet.AsSpan(at + 1));
        }

        at++;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(at), type);
        BinaryPrimitives.WriteUInt16BigEndian(
            packet.AsSpan(at + 2), (ushort)(name == "version.bind" ? 3 : 1));
        opt.CopyTo(packet.AsSpan(at + 4));
        return packet[..(at + 4 + opt.Length)];
    }

    private static byte[] Opt(ushort size, uint ttl, byte[] options)
    {
        byte[] record = new byte[OptFields.Overhead + options.Length];
        new OptFields(size, 0, 0, false).Write(record, options);
        BinaryPrimitives.WriteUInt32BigEndian(record.AsSpan(5), ttl);
        return record;
    }

    private void Take(byte[] seed)
    {
        seed.CopyTo(_packet, 0);
        _length = seed.Length;
    }

    private void Mutate()
    {
        int at = _random.NextBelow(_length);
        switch (_random.NextBelow(7))
        {
            case 0:
                _packet[at] ^= (byte)(1 << _random.NextBelow(8));
                break;
            case 1:
                _packet[at] = Interesting[_random.NextBelow(Interesting.Length)];
                break;
            case 2:
                _length = at;
                break;
            case 3:
                Remove(at, Math.Min(_random.NextBelow(16), _length - at));
                break;
            case 4:
                byte[] donor = _seeds[_random.NextBelow(_seeds.Count)];
                int from = _random.NextBelow(donor.Length);
                Insert(at, donor.AsSpan(from, Math.Min(donor.Length - from, 1 + _random.NextBelow(64))));
                break;
            case 5:
                _packet[at]++;
                break;
            default:
                // Octets of a label: another name, still a good query, so that what is behind the fast lane
                // works.
                int inLabel = Math.Clamp(at, MessageHeader.Length + 1, _packet.Length - 1);
                _packet[inLabel] = (byte)('a' + _random.NextBelow(26));
                break;
        }
    }

    private void Remove(int at, int count)
    {
        _packet.AsSpan(at + count, _length - at - count).CopyTo(_packet.AsSpan(at));
        _length -= count;
    }

    private void Insert(int at, ReadOnlySpan<byte> octets)
    {
        if (_length + octets.Length > MaxLength)
        {
            return;
        }

        _packet.AsSpan(at, _length - at).CopyTo(_packet.AsSpan(at + octets.Length));
        octets.CopyTo(_packet.AsSpan(at));
        _length += octets.Length;
    }
}
