// Where one message ends and the next begins on a stream: two octets of length before each (RFC 1035 §4.2.2,
// RFC 7766 §8). Whose stream it is, how long it may wait and how much may wait in it is the transport's
// matter.
using System;
using System.Buffers;
using System.Buffers.Binary;

namespace Resolver.Wire;

/// <summary>Takes framed messages off a sequence of octets and writes them.</summary>
internal static class MessageFramer
{
    /// <summary>Octets of the length before each message.</summary>
    public const int PrefixLength = 2;

    /// <summary>Most octets of one message.</summary>
    public const int MaxMessageLength = ushort.MaxValue;

    /// <summary>
    /// Takes the next whole message off the front of <paramref name="buffer"/>. The message is seen in place
    /// when it lies in one segment and is copied to <paramref name="room"/> when not; either way it is good
    /// until <c>AdvanceTo</c>. False with <see cref="WireError.None"/>: more octets are needed, nothing was
    /// taken. False with <see cref="WireError.EmptyMessage"/> or, when the message is longer than <paramref
    /// name="room"/>, with <see cref="WireError.NoSpace"/>: the stream cannot be read on and is best closed.
    /// </summary>
    /// <remarks>
    /// After the last call on one read: <c>reader.AdvanceTo(buffer.Start, buffer.End)</c> when it ended for
    /// want of octets, <c>reader.AdvanceTo(buffer.Start)</c> when the caller stopped by itself, or else the
    /// next read would wait although a message is there.
    /// </remarks>
    public static bool TryReadMessage(
        ref ReadOnlySequence<byte> buffer, Span<byte> room, out ReadOnlySpan<byte> message,
        out WireError error)
    {
        message = default;
        error = WireError.None;
        if (!TryPeekLength(buffer, out int length))
        {
            return false;
        }

        // A length beyond the caller's bound is known to be useless before the octets have come.
        error = length == 0 ? WireError.EmptyMessage
            : length > room.Length ? WireError.NoSpace
            : WireError.None;
        if (error != WireError.None || buffer.Length < PrefixLength + length)
        {
            return false;
        }

        ReadOnlySequence<byte> content = buffer.Slice(PrefixLength, length);
        message = content.IsSingleSegment ? content.FirstSpan : Gather(content, room[..length]);
        buffer = buffer.Slice(content.End);
        return true;
    }

    /// <summary>
    /// What is left at the end of the stream, after the last whole message: nothing, or a message cut off. To
    /// be asked before the rest is let go.
    /// </summary>
    public static WireError CheckEnd(in ReadOnlySequence<byte> rest) =>
        rest.IsEmpty ? WireError.None : WireError.Truncated;

    /// <summary>
    /// Writes length and message into the pipe, without flushing it. False with nothing written when the
    /// message is empty or longer than a length can say.
    /// </summary>
    public static bool TryWriteMessage(
        IBufferWriter<byte> writer, ReadOnlySpan<byte> message, out WireError error)
    {
        error = message.IsEmpty ? WireError.EmptyMessage
            : message.Length > MaxMessageLength ? WireError.NoSpace
            : WireError.None;
        if (error != WireError.None)
        {
            return false;
        }

        BinaryPrimitives.WriteUInt16BigEndian(writer.GetSpan(PrefixLength), (ushort)message.Length);
        writer.Advance(PrefixLength);
        writer.Write(message);
        return true;
    }

    private static bool TryPeekLength(scoped in ReadOnlySequence<byte> buffer, out int length)
    {
        ReadOnlySpan<byte> first = buffer.FirstSpan;
        if (first.Length >= PrefixLength)
        {
            length = BinaryPrimitives.ReadUInt16BigEndian(first);
            return true;
        }

        length = 0;
        if (buffer.Length < PrefixLength)
        {
            return false;
        }

        Span<byte> prefix = stackalloc byte[PrefixLength];
        buffer.Slice(0, PrefixLength).CopyTo(prefix);
        length = BinaryPrimitives.ReadUInt16BigEndian(prefix);
        return true;
    }

    private static ReadOnlySpan<byte> Gather(scoped in ReadOnlySequence<byte> content, Span<byte> room)
    {
        content.CopyTo(room);
        return room;
    }
}
