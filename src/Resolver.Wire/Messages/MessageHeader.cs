// The twelve octets that open every message (RFC 1035 §4.1.1, AD and CD from RFC 4035 §3).
using System;
using System.Buffers.Binary;

namespace Resolver.Wire;

/// <summary>The flag bits of a header, at their place in the second 16-bit word.</summary>
[Flags]
internal enum HeaderFlags : ushort
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Checking disabled (RFC 4035 §3.2.2).</summary>
    CheckingDisabled = 0x0010,

    /// <summary>Authentic data (RFC 4035 §3.2.3).</summary>
    AuthenticData = 0x0020,

    /// <summary>Recursion available.</summary>
    RecursionAvailable = 0x0080,

    /// <summary>Recursion desired.</summary>
    RecursionDesired = 0x0100,

    /// <summary>Truncated.</summary>
    Truncated = 0x0200,

    /// <summary>Authoritative answer.</summary>
    Authoritative = 0x0400,

    /// <summary>A response.</summary>
    Response = 0x8000,
}

/// <summary>A message header in host form.</summary>
/// <param name="Id">The message's ID.</param>
/// <param name="Word">The second 16-bit word: flags, opcode, low four bits of the rcode.</param>
/// <param name="Questions">QDCOUNT.</param>
/// <param name="Answers">ANCOUNT.</param>
/// <param name="Authorities">NSCOUNT.</param>
/// <param name="Additionals">ARCOUNT.</param>
internal readonly record struct MessageHeader(
    ushort Id, ushort Word, ushort Questions, ushort Answers, ushort Authorities, ushort Additionals)
{
    /// <summary>Octets of a header.</summary>
    public const int Length = 12;

    private const ushort FlagMask = 0x87B0;

    /// <summary>The flag bits.</summary>
    public HeaderFlags Flags => (HeaderFlags)(Word & FlagMask);

    /// <summary>The kind of query.</summary>
    public Opcode Opcode => new((byte)((Word >> 11) & 0xF));

    /// <summary>The low four bits of the rcode.</summary>
    public Rcode LowRcode => new((ushort)(Word & 0xF));

    /// <summary>True for a response.</summary>
    public bool IsResponse => Has(HeaderFlags.Response);

    /// <summary>True when the bit is set.</summary>
    public bool Has(HeaderFlags flag) => (Word & (ushort)flag) != 0;

    /// <summary>Reads the header; false when there are not twelve octets.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out MessageHeader header)
    {
        if (message.Length < Length)
        {
            header = default;
            return false;
        }

        header = new MessageHeader(
            BinaryPrimitives.ReadUInt16BigEndian(message),
            BinaryPrimitives.ReadUInt16BigEndian(message[2..]),
            BinaryPrimitives.ReadUInt16BigEndian(message[4..]),
            BinaryPrimitives.ReadUInt16BigEndian(message[6..]),
            BinaryPrimitives.ReadUInt16BigEndian(message[8..]),
            BinaryPrimitives.ReadUInt16BigEndian(message[10..]));
        return true;
    }

    /// <summary>Writes the twelve octets.</summary>
    public void Write(Span<byte> message)
    {
        BinaryPrimitives.WriteUInt16BigEndian(message, Id);
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], Word);
        BinaryPrimitives.WriteUInt16BigEndian(message[4..], Questions);
        BinaryPrimitives.WriteUInt16BigEndian(message[6..], Answers);
        BinaryPrimitives.WriteUInt16BigEndian(message[8..], Authorities);
        BinaryPrimitives.WriteUInt16BigEndian(message[10..], Additionals);
    }

    /// <summary>Puts flags, opcode and the low four bits of an rcode together.</summary>
    public static ushort MakeWord(HeaderFlags flags, Opcode opcode, Rcode rcode) =>
        (ushort)((ushort)flags | ((opcode.Value & 0xF) << 11) | (rcode.Value & 0xF));
}
