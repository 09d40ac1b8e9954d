// A question for an address in wire form (RFC 1035 §4.1), as any stub sends it: RD, no EDNS.
using System;
using System.Buffers.Binary;
using System.Text;

namespace Resolver.Attack;

internal static class Questions
{
    public static int Write(Span<byte> buffer, ushort id, string name)
    {
        buffer[..12].Clear();
        BinaryPrimitives.WriteUInt16BigEndian(buffer, id);
        buffer[2] = 1;
        buffer[5] = 1;
        int at = 12;
        foreach (string label in name.Split('.'))
        {
            buffer[at++] = (byte)label.Length;
            at += Encoding.ASCII.GetBytes(label, buffer[at..]);
        }

        buffer[at++] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(buffer[at..], 0x0001_0001);
        return at + 4;
    }
}
