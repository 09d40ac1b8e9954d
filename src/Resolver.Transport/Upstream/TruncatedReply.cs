// The form in which a reply that cannot be believed whole is handed on: its header with TC set, and no
// record.
using System;
using Resolver.Wire;

namespace Resolver.Transport;

/// <summary>Makes a truncated reply out of one that is too large.</summary>
internal static class TruncatedReply
{
    /// <summary>
    /// Writes header and question of a reply that matches its query; returns the count of octets, which is
    /// not more than the reply has.
    /// </summary>
    public static int Write(ReadOnlySpan<byte> reply, Span<byte> destination)
    {
        _ = MessageHeader.TryRead(reply, out MessageHeader header);
        int length = MessageHeader.Length;
        if (header.Questions == 1)
        {
            // The question equals that of the query, so it is whole and has no pointers.
            while (reply[length] != 0)
            {
                length += reply[length] + 1;
            }

            length += 5;
        }

        reply[..length].CopyTo(destination);
        ushort word = (ushort)(header.Word | (ushort)HeaderFlags.Truncated);
        new MessageHeader(header.Id, word, header.Questions, 0, 0, 0).Write(destination);
        return length;
    }
}
