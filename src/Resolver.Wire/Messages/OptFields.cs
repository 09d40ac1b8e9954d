// The fixed fields of an OPT record (RFC 6891 §6.1.3), both ways.
using System;
using System.Buffers.Binary;

namespace Resolver.Wire;

/// <summary>OPT's class and TTL fields taken apart.</summary>
/// <param name="UdpPayloadSize">The sender's UDP payload size in octets.</param>
/// <param name="ExtendedRcode">The high eight bits of the rcode.</param>
/// <param name="Version">EDNS version.</param>
/// <param name="DnssecOk">DO (RFC 3225).</param>
internal readonly record struct OptFields(
    ushort UdpPayloadSize, byte ExtendedRcode, byte Version, bool DnssecOk)
{
    /// <summary>Octets of an OPT record without options.</summary>
    public const int Overhead = 11;

    private const uint DnssecOkBit = 0x8000;

    /// <summary>The TTL field; unknown flag bits are sent as zero (RFC 6891 §6.1.4).</summary>
    public uint Ttl => ((uint)ExtendedRcode << 24) | ((uint)Version << 16) | (DnssecOk ? DnssecOkBit : 0);

    /// <summary>Takes the fields from an OPT record.</summary>
    public static OptFields From(in RecordView opt) => new(
        opt.Class.Value, (byte)(opt.Ttl >> 24), (byte)(opt.Ttl >> 16), (opt.Ttl & DnssecOkBit) != 0);

    /// <summary>The whole rcode: the header's four bits below these eight.</summary>
    public Rcode FullRcode(Rcode low) => new((ushort)((ExtendedRcode << 4) | (low.Value & 0xF)));

    /// <summary>
    /// Writes the whole record with options already in wire form; returns its octets, for which
    /// <paramref name="destination"/> has room.
    /// </summary>
    public int Write(Span<byte> destination, ReadOnlySpan<byte> options)
    {
        destination[0] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(destination[1..], RRType.Opt.Value);
        BinaryPrimitives.WriteUInt16BigEndian(destination[3..], UdpPayloadSize);
        BinaryPrimitives.WriteUInt32BigEndian(destination[5..], Ttl);
        BinaryPrimitives.WriteUInt16BigEndian(destination[9..], checked((ushort)options.Length));
        options.CopyTo(destination[Overhead..]);
        return Overhead + options.Length;
    }
}
