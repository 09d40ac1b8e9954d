// The query that the command query sends, as dig would: recursion desired, AD as a sign that its meaning is
// understood (RFC 6840 §5.7), EDNS with 1232 octets (RFC 6891).
using System;
using System.Security.Cryptography;
using Resolver.Wire;

namespace Resolver.Server;

/// <summary>Writes queries.</summary>
internal static class QueryMessage
{
    /// <summary>Octets of the longest query: header, name, type and class, OPT without options.</summary>
    public const int MaxLength = MessageHeader.Length + 255 + 4 + OptFields.Overhead;

    private const ushort PayloadSize = 1232;

    /// <summary>Makes a query with an ID drawn at random.</summary>
    public static byte[] Create(DomainName name, RRType type, bool dnssecOk)
    {
        Span<byte> buffer = stackalloc byte[MaxLength];
        MessageWriter writer = new(buffer);
        bool fits = writer.TryWriteQuestion(name.Wire, type, RRClass.IN)
            && writer.TryWriteOpt(new OptFields(PayloadSize, 0, 0, dnssecOk), []);
        if (!fits)
        {
            throw new InvalidOperationException("A query always fits into its longest form.");
        }

        ushort id = (ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1);
        ushort word = MessageHeader.MakeWord(
            HeaderFlags.RecursionDesired | HeaderFlags.AuthenticData, Opcode.Query, Rcode.NoError);
        int length = writer.Finish(id, word);
        return buffer[..length].ToArray();
    }
}
