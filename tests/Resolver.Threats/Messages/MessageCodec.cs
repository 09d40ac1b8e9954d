// Messages as octets: all names compressed that may be, sizes up to 65,535.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace Resolver.Threats;

/// <summary>Writes and reads messages.</summary>
internal sealed class MessageCodec
{
    private const ushort ClassIN = 1;
    private const ushort DnssecOk = 0x8000;

    private readonly List<byte> _octets = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    private MessageCodec()
    {
    }

    /// <summary>The message's octets.</summary>
    public static byte[] Encode(Message message)
    {
        MessageCodec codec = new();
        int additional = message.Additional.Count + (message.PayloadSize is null ? 0 : 1);
        codec.Word(message.Id);
        codec.Word((ushort)(message.Flags | (message.Rcode & 0xF)));
        codec.Word((ushort)(message.Question.Length > 0 ? 1 : 0));
        codec.Word((ushort)message.Answer.Count);
        codec.Word((ushort)message.Authority.Count);
        codec.Word((ushort)additional);
        if (message.Question.Length > 0)
        {
            codec._places[message.Name] = 12;
            codec._octets.AddRange(message.Question);
        }

        foreach (Record record in (Record[])[.. message.Answer, .. message.Authority, .. message.Additional])
        {
            codec.Write(record);
        }

        if (message.PayloadSize is { } size)
        {
            codec.WriteOpt(message, size);
        }

        return [.. codec._octets];
    }

    /// <summary>Reads a message; null when it is broken.</summary>
    public static Message? TryDecode(ReadOnlySpan<byte> octets)
    {
        try
        {
            return Decode(octets);
        }
        catch (Exception e) when (
            e is IndexOutOfRangeException or ArgumentOutOfRangeException or FormatException)
        {
            return null;
        }
    }

    private static Message Decode(ReadOnlySpan<byte> octets)
    {
        ushort flags = Read(octets, 2);
        Message message =
            new() { Id = Read(octets, 0), Flags = (ushort)(flags & 0xFFF0), Rcode = flags & 0xF };
        int at = 12;
        if (Read(octets, 4) > 0)
        {
            message.Name = NameText.Read(octets, ref at);
            message.Type = Read(octets, at);
            at += 4;
            message.Question = octets[12..at].ToArray();
        }

        ReadSection(octets, ref at, Read(octets, 6), message, message.Answer);
        ReadSection(octets, ref at, Read(octets, 8), message, message.Authority);
        ReadSection(octets, ref at, Read(octets, 10), message, message.Additional);
        return message;
    }

    private static void ReadSection(
        ReadOnlySpan<byte> octets, ref int at, int count, Message message, List<Record> section)
    {
        for (int i = 0; i < count; i++)
        {
            string owner = NameText.Read(octets, ref at);
            ushort type = Read(octets, at);
            uint ttl = BinaryPrimitives.ReadUInt32BigEndian(octets[(at + 4)..]);
            int length = Read(octets, at + 8);
            ReadOnlySpan<byte> data = octets.Slice(at + 10, length);
            if (type == Types.Opt)
            {
                message.PayloadSize = Read(octets, at + 2);
                message.Rcode |= (int)(ttl >> 24) << 4;
                message.IsDnssecOk = (ttl & DnssecOk) != 0;
                ReadOptions(data, message);
            }
            else
            {
                int target = at + 10 + (type == Types.MX ? 2 : 0);
                bool isName = type is Types.NS or Types.Cname or Types.MX;
                section.Add(new Record(owner, type, ttl, data.ToArray())
                {
                    Target = isName ? NameText.Read(octets, ref target) : null,
                });
            }

            at += 10 + length;
        }
    }

    private static void ReadOptions(ReadOnlySpan<byte> data, Message message)
    {
        for (int at = 0; at + 4 <= data.Length;)
        {
            int length = Read(data, at + 2);
            message.Options.Add((Read(data, at), data.Slice(at + 4, length).ToArray()));
            at += 4 + length;
        }
    }

    private static ushort Read(ReadOnlySpan<byte> octets, int at) =>
        BinaryPrimitives.ReadUInt16BigEndian(octets[at..]);

    private void Word(ushort value)
    {
        _octets.Add((byte)(value >> 8));
        _octets.Add((byte)value);
    }

    private void Write(Record record)
    {
        WriteName(record.Owner);
        Word(record.Type);
        Word(ClassIN);
        Word((ushort)(record.Ttl >> 16));
        Word((ushort)record.Ttl);
        int lengthAt = _octets.Count;
        Word(0);
        _octets.AddRange(record.Data);
        if (record.Target is not null)
        {
            WriteName(record.Target);
        }

        int length = _octets.Count - lengthAt - 2;
        _octets[lengthAt] = (byte)(length >> 8);
        _octets[lengthAt + 1] = (byte)length;
    }

    private void WriteName(string name)
    {
        string rest = name == "." ? "" : name;
        foreach (byte[] label in NameText.Labels(rest))
        {
            if (_places.TryGetValue(rest, out int place))
            {
                Word((ushort)(0xC000 | place));
                return;
            }

            if (_octets.Count < 0x3FFF)
            {
                _places[rest] = _octets.Count;
            }

            _octets.Add((byte)label.Length);
            _octets.AddRange(label);
            rest = rest[(rest.IndexOf('.', StringComparison.Ordinal) + 1)..];
        }

        _octets.Add(0);
    }

    private void WriteOpt(Message message, int size)
    {
        _octets.Add(0);
        Word(Types.Opt);
        Word((ushort)size);
        Word((ushort)((message.Rcode >> 4) << 8));
        Word(message.IsDnssecOk ? DnssecOk : (ushort)0);
        int length = 0;
        foreach ((ushort _, byte[] content) in message.Options)
        {
            length += 4 + content.Length;
        }

        Word((ushort)length);
        foreach ((ushort code, byte[] content) in message.Options)
        {
            Word(code);
            Word((ushort)content.Length);
            _octets.AddRange(content);
        }
    }
}
