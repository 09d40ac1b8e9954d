// Messages for tests, put together octet by octet, so that malformed ones can be written as easily as good
// ones.
using System;
using System.Collections.Generic;
using System.Text;

namespace Resolver.Wire.Tests;

internal sealed class MessageOctets
{
    private readonly List<byte> _octets = [];

    /// <summary>Count of octets so far: the offset of what comes next.</summary>
    public int Length => _octets.Count;

    /// <summary>Begins with a header.</summary>
    public static MessageOctets Header(ushort word, params ushort[] counts)
    {
        MessageOctets message = new MessageOctets().UInt16(0x1234).UInt16(word);
        for (int i = 0; i < 4; i++)
        {
            message.UInt16(i < counts.Length ? counts[i] : (ushort)0);
        }

        return message;
    }

    /// <summary>
    /// A query with RD, one question and the given count of additional records, which follow.
    /// </summary>
    public static MessageOctets Query(
        string name = "www.example.com", ushort type = 1, ushort additionals = 0) =>
        Header(0x0100, 1, 0, 0, additionals).Question(name, type);

    public MessageOctets Octets(params ReadOnlySpan<byte> octets)
    {
        _octets.AddRange(octets);
        return this;
    }

    public MessageOctets UInt16(int value) => Octets((byte)(value >> 8), (byte)value);

    public MessageOctets UInt32(uint value) => UInt16((int)(value >> 16)).UInt16((int)(value & 0xFFFF));

    /// <summary>Labels up to and with the root.</summary>
    public MessageOctets Name(string name) => Labels(name).Octets(0);

    /// <summary>Labels without an end.</summary>
    public MessageOctets Labels(string name)
    {
        foreach (string label in name.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            Octets((byte)label.Length).Octets(Encoding.Latin1.GetBytes(label));
        }

        return this;
    }

    public MessageOctets Pointer(int offset) => UInt16(0xC000 | offset);

    public MessageOctets Question(string name, ushort type, ushort rrClass = 1) =>
        Name(name).UInt16(type).UInt16(rrClass);

    /// <summary>
    /// A record; without <paramref name="owner"/> the owner must have been written just before.
    /// </summary>
    public MessageOctets Record(string? owner, int type, ReadOnlySpan<byte> rdata, uint ttl = 300)
    {
        MessageOctets begun = owner is null ? this : Name(owner);
        return begun.UInt16(type).UInt16(1).UInt32(ttl).UInt16(rdata.Length).Octets(rdata);
    }

    /// <summary>An OPT record of the root with options in wire form.</summary>
    public MessageOctets Opt(ushort size = 1232, uint ttl = 0, params ReadOnlySpan<byte> options) =>
        Octets(0).UInt16(41).UInt16(size).UInt32(ttl).UInt16(options.Length).Octets(options);

    /// <summary>An EDNS option.</summary>
    public static byte[] Option(ushort code, params ReadOnlySpan<byte> content) =>
        new MessageOctets().UInt16(code).UInt16(content.Length).Octets(content).ToArray();

    public byte[] ToArray() => [.. _octets];
}
