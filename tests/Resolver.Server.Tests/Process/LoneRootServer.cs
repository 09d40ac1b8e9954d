// A root server on loopback that answers every question with one address and counts how often it was asked.
using System;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Resolver.Wire;

namespace Resolver.Server.Tests;

/// <summary>An authoritative server in the test's own process.</summary>
internal sealed class LoneRootServer : IAsyncDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;
    private int _queries;

    /// <summary>Begins to answer on a free port.</summary>
    public LoneRootServer()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _serving = ServeAsync();
    }

    /// <summary>The port.</summary>
    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    /// <summary>How often it was asked.</summary>
    public int Queries => Volatile.Read(ref _queries);

    /// <summary>A hints file that names it.</summary>
    public static string Hints => ". 3600 NS root.test.\nroot.test. 3600 A 127.0.0.1\n";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        byte[] buffer = new byte[4096];
        try
        {
            while (true)
            {
                SocketReceiveFromResult received = await _socket.ReceiveFromAsync(
                    buffer, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
                Interlocked.Increment(ref _queries);
                byte[] reply = Answer(buffer.AsSpan(0, received.ReceivedBytes));
                await _socket.SendToAsync(reply, received.RemoteEndPoint, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }

    private static byte[] Answer(ReadOnlySpan<byte> query)
    {
        byte[] name = new byte[255];
        if (!MessageReader.TryCreate(query, out MessageReader reader)
            || !reader.TryReadQuestion(name, out QuestionView question, out _))
        {
            throw new ArgumentException("The resolver sends whole queries.", nameof(query));
        }

        byte[] reply = new byte[512];
        MessageWriter writer = new(reply);
        ReadOnlySpan<byte> owner = name.AsSpan(0, question.NameLength);
        Assert(writer.TryWriteQuestion(owner, question.Type, question.Class));
        RecordHeader header = new(owner, RRType.A, RRClass.IN, 3600);
        Assert(writer.TryWriteRecord(MessageSection.Answer, header, [192, 0, 2, 7]));
        HeaderFlags flags = HeaderFlags.Response | HeaderFlags.Authoritative;
        ushort word = MessageHeader.MakeWord(flags, Opcode.Query, Rcode.NoError);
        return reply[..writer.Finish(BinaryPrimitives.ReadUInt16BigEndian(query), word)];
    }

    private static void Assert(bool fits) => Xunit.Assert.True(fits);
}
