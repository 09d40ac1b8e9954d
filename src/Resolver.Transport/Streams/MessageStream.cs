// DNS messages over one TCP socket (RFC 1035 §4.2.2, RFC 7766 §8). Octets wait in two pipes, which hold
// memory only while there are any; nothing is awaited, because the loop tells when to read and when to write.
// How much may wait, and for how long, is decided by the owners: the upstream's connection and the client's.
using System;
using System.Buffers;
using System.IO.Pipelines;
using System.Threading.Tasks;
using Resolver.Wire;

namespace Resolver.Transport;

/// <summary>What reading a socket came to.</summary>
internal enum StreamState : byte
{
    /// <summary>The connection lives.</summary>
    Open,

    /// <summary>The peer has closed its side; what it sent before may still be read.</summary>
    Ended,

    /// <summary>The connection is broken.</summary>
    Failed,
}

/// <summary>Framed messages in and out. Used on its loop only.</summary>
internal sealed class MessageStream : IDisposable
{
    private const int ReadSize = 4096;
    private const int ReadsPerTurn = 16;

    private readonly Pipe _input;
    private readonly Pipe _output;
    private bool _uncommitted;
    private bool _disposed;

    /// <summary>Takes over a socket; octets wait in the blocks of its loop.</summary>
    public MessageStream(LoopSocket socket, BlockPool blocks)
    {
        Socket = socket;
        _input = new Pipe(blocks.Pipes);
        _output = new Pipe(blocks.Pipes);
    }

    /// <summary>The socket.</summary>
    public LoopSocket Socket { get; }

    /// <summary>True when the peer has sent what is no message: the stream cannot be read on.</summary>
    public bool IsUnreadable { get; private set; }

    /// <summary>Octets written and not yet taken by the kernel.</summary>
    public long Unsent { get; private set; }

    /// <summary>Octets taken by the kernel since the beginning.</summary>
    public long Sent { get; private set; }

    /// <summary>Reads what the kernel has, up to a bound per turn.</summary>
    public StreamState Receive()
    {
        for (int read = 0; read < ReadsPerTurn; read++)
        {
            Memory<byte> room = _input.Writer.GetMemory(ReadSize);
            SocketResult result = Socket.TryReceive(room.Span, out int received);
            if (result != SocketResult.Done)
            {
                return result == SocketResult.WouldBlock ? StreamState.Open : StreamState.Failed;
            }

            if (received == 0)
            {
                return StreamState.Ended;
            }

            _input.Writer.Advance(received);
            Commit(_input.Writer.FlushAsync());
            if (received < room.Length)
            {
                break;
            }
        }

        return StreamState.Open;
    }

    /// <summary>
    /// Takes the next whole message into <paramref name="room"/>, which holds 65,535 octets; false when there
    /// is none yet, or when <see cref="IsUnreadable"/>.
    /// </summary>
    public bool TryReadMessage(Span<byte> room, out int length)
    {
        length = 0;
        if (IsUnreadable || !_input.Reader.TryRead(out ReadResult result))
        {
            return false;
        }

        ReadOnlySequence<byte> buffer = result.Buffer;
        if (!MessageFramer.TryReadMessage(
            ref buffer, room, out ReadOnlySpan<byte> message, out WireError error))
        {
            IsUnreadable = error != WireError.None;
            _input.Reader.AdvanceTo(buffer.Start, buffer.End);
            return false;
        }

        // Copied and let go before it is handled, so that handling may close the stream.
        message.CopyTo(room);
        length = message.Length;
        _input.Reader.AdvanceTo(buffer.Start);
        return true;
    }

    /// <summary>Queues a message of 1 to 65,535 octets; it leaves with <see cref="TryFlush"/>.</summary>
    public void Write(ReadOnlySpan<byte> message)
    {
        if (!MessageFramer.TryWriteMessage(_output.Writer, message, out _))
        {
            throw new ArgumentException("No message has this length.", nameof(message));
        }

        Unsent += MessageFramer.PrefixLength + message.Length;
        _uncommitted = true;
    }

    /// <summary>
    /// Gives the kernel as much as it takes; what remains is in <see cref="Unsent"/>. False: the connection
    /// is broken.
    /// </summary>
    public bool TryFlush()
    {
        if (_uncommitted)
        {
            _uncommitted = false;
            Commit(_output.Writer.FlushAsync());
        }

        if (Unsent == 0 || !_output.Reader.TryRead(out ReadResult result))
        {
            return true;
        }

        SocketResult last = SocketResult.Done;
        long taken = 0;
        foreach (ReadOnlyMemory<byte> part in result.Buffer)
        {
            last = TrySend(part.Span, ref taken);
            if (last != SocketResult.Done)
            {
                break;
            }
        }

        // What was not sent counts as not examined, or the next TryRead would wait for more.
        SequencePosition position = result.Buffer.GetPosition(taken);
        _output.Reader.AdvanceTo(position);
        Unsent -= taken;
        Sent += taken;
        return last is SocketResult.Done or SocketResult.WouldBlock or SocketResult.Exhausted;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _input.Writer.Complete();
        _input.Reader.Complete();
        _output.Writer.Complete();
        _output.Reader.Complete();
        Socket.Dispose();
    }

    private SocketResult TrySend(ReadOnlySpan<byte> part, ref long taken)
    {
        while (!part.IsEmpty)
        {
            SocketResult result = Socket.TrySend(part, out int sent);
            if (result != SocketResult.Done)
            {
                return result;
            }

            taken += sent;
            part = part[sent..];
        }

        return SocketResult.Done;
    }

    /// <summary>Without a threshold a flush is over when it returns.</summary>
    private static void Commit(ValueTask<FlushResult> flush)
    {
        if (!flush.IsCompletedSuccessfully)
        {
            throw new InvalidOperationException("A pipe without a bound has paused its writer.");
        }
    }
}
