// Framing at every split point, every truncation, and through a real pipe (RFC 7766 §8).
using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO.Pipelines;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Resolver.Wire.Tests;

public sealed class MessageFramerTests
{
    private static readonly byte[][] Messages =
        [[1], [2, 3], [.. Enumerable.Range(4, 12).Select(i => (byte)i)]];

    private static readonly byte[] Stream = [.. Messages.SelectMany(m => (byte[])[0, (byte)m.Length, .. m])];

    [Fact]
    public void Messages_come_whole_at_every_split_in_two()
    {
        for (int cut = 0; cut <= Stream.Length; cut++)
        {
            Assert.Equal(Messages, ReadAll(SegmentedOctets.Cut(Stream, cut), out WireError error));
            Assert.Equal(WireError.None, error);
        }
    }

    [Fact]
    public void Messages_come_whole_at_every_split_in_three()
    {
        for (int first = 0; first <= Stream.Length; first++)
        {
            for (int second = first; second <= Stream.Length; second++)
            {
                Assert.Equal(
                    Messages, ReadAll(SegmentedOctets.Cut(Stream, first, second), out WireError error));
                Assert.Equal(WireError.None, error);
            }
        }
    }

    [Fact]
    public void Messages_come_whole_when_each_octet_is_its_own_segment()
    {
        int[] cuts = [.. Enumerable.Range(0, Stream.Length)];
        Assert.Equal(Messages, ReadAll(SegmentedOctets.Cut(Stream, cuts), out WireError error));
        Assert.Equal(WireError.None, error);
    }

    [Fact]
    public void A_cut_off_message_is_told_at_every_octet()
    {
        int[] ends = [0, 3, 7, Stream.Length];
        for (int length = 0; length <= Stream.Length; length++)
        {
            List<byte[]> read = ReadAll(new ReadOnlySequence<byte>(Stream, 0, length), out WireError error);
            Assert.Equal(ends.Contains(length) ? WireError.None : WireError.Truncated, error);
            Assert.Equal(Messages.Take(ends.Count(end => end <= length) - 1), read);
        }
    }

    [Fact]
    public void Nothing_is_taken_while_octets_are_missing()
    {
        ReadOnlySequence<byte> buffer = new([0, 3, 1, 2]);
        Assert.False(MessageFramer.TryReadMessage(ref buffer, new byte[8], out _, out WireError error));
        Assert.Equal(WireError.None, error);
        Assert.Equal(4, buffer.Length);
    }

    [Fact]
    public void A_message_in_one_segment_is_not_copied()
    {
        byte[] octets = [0, 2, 7, 8, 0];
        ReadOnlySequence<byte> buffer = new(octets);
        Assert.True(
            MessageFramer.TryReadMessage(ref buffer, new byte[8], out ReadOnlySpan<byte> message, out _));
        Assert.True(message.Overlaps(octets));
        Assert.Equal([7, 8], message.ToArray());
        Assert.Equal(1, buffer.Length);
    }

    [Fact]
    public void A_message_in_two_segments_is_gathered_in_the_callers_room()
    {
        byte[] room = new byte[8];
        ReadOnlySequence<byte> buffer = SegmentedOctets.Cut(new byte[] { 0, 2, 7, 8 }, 3);
        Assert.True(MessageFramer.TryReadMessage(ref buffer, room, out ReadOnlySpan<byte> message, out _));
        Assert.True(message.Overlaps(room));
        Assert.Equal([7, 8], message.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void An_empty_message_is_an_error(int cut)
    {
        ReadOnlySequence<byte> buffer = SegmentedOctets.Cut(new byte[] { 0, 0, 0, 1, 5 }, cut);
        Assert.False(MessageFramer.TryReadMessage(ref buffer, new byte[8], out _, out WireError error));
        Assert.Equal(WireError.EmptyMessage, error);
    }

    [Fact]
    public void A_length_beyond_the_callers_room_is_told_before_the_octets_come()
    {
        ReadOnlySequence<byte> buffer = new([1, 0]);
        Assert.False(MessageFramer.TryReadMessage(ref buffer, new byte[255], out _, out WireError error));
        Assert.Equal(WireError.NoSpace, error);
        Assert.False(MessageFramer.TryReadMessage(ref buffer, new byte[256], out _, out error));
        Assert.Equal(WireError.None, error);
    }

    [Fact]
    public void The_longest_message_goes_both_ways()
    {
        byte[] longest = [.. Enumerable.Range(0, 65535).Select(i => (byte)(i * 7))];
        ArrayBufferWriter<byte> writer = new();
        Assert.True(MessageFramer.TryWriteMessage(writer, longest, out _));
        byte[] room = new byte[65535];
        ReadOnlySequence<byte> buffer = SegmentedOctets.Cut(writer.WrittenMemory, 1, 4096, 60000);
        Assert.True(MessageFramer.TryReadMessage(ref buffer, room, out ReadOnlySpan<byte> message, out _));
        Assert.Equal(longest, message.ToArray());
        Assert.Equal(WireError.None, MessageFramer.CheckEnd(buffer));
    }

    [Theory]
    [InlineData(0, WireError.EmptyMessage)]
    [InlineData(65536, WireError.NoSpace)]
    public void A_message_that_no_length_can_say_is_not_written(int length, WireError expected)
    {
        ArrayBufferWriter<byte> writer = new();
        Assert.False(MessageFramer.TryWriteMessage(writer, new byte[length], out WireError error));
        Assert.Equal(expected, error);
        Assert.Equal(0, writer.WrittenCount);
    }

    [Fact]
    public async Task A_pipe_fed_in_two_parts_gives_all_messages_at_every_split()
    {
        for (int cut = 0; cut <= Stream.Length; cut++)
        {
            // Blocks of 16 octets, so that messages straddle them.
            Pipe pipe = new(new PipeOptions(minimumSegmentSize: 16, useSynchronizationContext: false));
            Task<(List<byte[]> Read, WireError End)> reading = ReadAllAsync(pipe.Reader);
            await pipe.Writer.WriteAsync(Stream.AsMemory(0, cut), TestContext.Current.CancellationToken);
            await pipe.Writer.WriteAsync(Stream.AsMemory(cut), TestContext.Current.CancellationToken);
            await pipe.Writer.CompleteAsync();
            (List<byte[]> read, WireError end) = await reading;
            Assert.Equal(Messages, read);
            Assert.Equal(WireError.None, end);
        }
    }

    [Fact]
    public async Task A_pipe_that_ends_early_tells_of_the_rest_at_every_octet()
    {
        int[] ends = [0, 3, 7, Stream.Length];
        for (int length = 0; length <= Stream.Length; length++)
        {
            Pipe pipe = new(new PipeOptions(minimumSegmentSize: 16, useSynchronizationContext: false));
            await pipe.Writer.WriteAsync(Stream.AsMemory(0, length), TestContext.Current.CancellationToken);
            await pipe.Writer.CompleteAsync();
            (List<byte[]> read, WireError end) = await ReadAllAsync(pipe.Reader);
            Assert.Equal(ends.Count(e => e <= length) - 1, read.Count);
            Assert.Equal(ends.Contains(length) ? WireError.None : WireError.Truncated, end);
        }
    }

    [Fact]
    public void What_is_written_into_a_pipe_is_read_from_it()
    {
        Pipe pipe = new();
        foreach (byte[] message in Messages)
        {
            Assert.True(MessageFramer.TryWriteMessage(pipe.Writer, message, out _));
        }

        pipe.Writer.Complete();
        Assert.True(pipe.Reader.TryRead(out ReadResult result));
        Assert.Equal(Stream, result.Buffer.ToArray());
        Assert.Equal(Messages, ReadAll(result.Buffer, out _));
    }

    [Fact]
    public void Reading_and_gathering_allocate_nothing()
    {
        byte[] room = new byte[64];
        ReadOnlySequence<byte> whole = new(Stream);
        ReadOnlySequence<byte> cut = SegmentedOctets.Cut(Stream, 1, 5, 9);
        int count = 0;
        long octets = Allocation.Of(() => count += CountAll(whole, room) + CountAll(cut, room));
        Assert.Equal(0, octets);
        Assert.Equal(0, count % 6);
    }

    private static int CountAll(ReadOnlySequence<byte> buffer, byte[] room)
    {
        int count = 0;
        while (MessageFramer.TryReadMessage(ref buffer, room, out _, out _))
        {
            count++;
        }

        return count;
    }

    private static List<byte[]> ReadAll(ReadOnlySequence<byte> buffer, out WireError end)
    {
        List<byte[]> read = [];
        byte[] room = new byte[65535];
        while (MessageFramer.TryReadMessage(ref buffer, room, out ReadOnlySpan<byte> message, out end))
        {
            read.Add(message.ToArray());
        }

        end = end == WireError.None ? MessageFramer.CheckEnd(buffer) : end;
        return read;
    }

    private static async Task<(List<byte[]> Read, WireError End)> ReadAllAsync(PipeReader reader)
    {
        List<byte[]> read = [];
        byte[] room = new byte[65535];
        while (true)
        {
            ReadResult result = await reader.ReadAsync();
            ReadOnlySequence<byte> buffer = result.Buffer;
            WireError error;
            while (MessageFramer.TryReadMessage(ref buffer, room, out ReadOnlySpan<byte> message, out error))
            {
                read.Add(message.ToArray());
            }

            Assert.Equal(WireError.None, error);
            if (result.IsCompleted)
            {
                WireError end = MessageFramer.CheckEnd(buffer);
                await reader.CompleteAsync();
                return (read, end);
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }
}
