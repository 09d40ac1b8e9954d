// Small messages made by hand, so that these tests do not stand on the writer they do not test.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Text;

namespace Resolver.Transport.Tests;

internal static class TestMessages
{
    public const int ServerFailure = 2;

    public static byte[] Query(ushort id, string name, ushort type = 1)
    {
        var octets = new List<byte> { (byte)(id >> 8), (byte)id, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0 };
        foreach (string label in name.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            octets.Add((byte)label.Length);
            octets.AddRange(Encoding.ASCII.GetBytes(label));
        }

        octets.AddRange([0, (byte)(type >> 8), (byte)type, 0, 1]);
        return [.. octets];
    }

    /// <summary>The query with QR set and octets behind, as a reply of any size.</summary>
    public static byte[] ReplyTo(ReadOnlySpan<byte> query, int padding = 0)
    {
        byte[] reply = new byte[query.Length + padding];
        query.CopyTo(reply);
        reply[2] |= 0x80;
        return reply;
    }

    public static byte[] WithId(byte[] message, ushort id)
    {
        byte[] copy = [.. message];
        BinaryPrimitives.WriteUInt16BigEndian(copy, id);
        return copy;
    }

    /// <summary>The first letter of the name in the other case.</summary>
    public static byte[] WithOtherCase(byte[] message)
    {
        byte[] copy = [.. message];
        copy[13] ^= 0x20;
        return copy;
    }

    public static byte[] WithOtherName(byte[] message)
    {
        byte[] copy = [.. message];
        copy[13] = (byte)'0';
        return copy;
    }

    /// <summary>A header alone, with an error.</summary>
    public static byte[] ErrorWithoutQuestion(ReadOnlySpan<byte> query, int rcode) =>
        [query[0], query[1], 0x80, (byte)rcode, 0, 0, 0, 0, 0, 0, 0, 0];

    public static ushort IdOf(ReadOnlySpan<byte> message) => BinaryPrimitives.ReadUInt16BigEndian(message);

    /// <summary>The message with its two-octet length before it.</summary>
    public static byte[] Framed(ReadOnlySpan<byte> message)
    {
        byte[] framed = new byte[message.Length + 2];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)message.Length);
        message.CopyTo(framed.AsSpan(2));
        return framed;
    }
}
