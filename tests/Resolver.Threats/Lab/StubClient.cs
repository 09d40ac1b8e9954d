// A client of the resolver at an address of its own.
using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace Resolver.Threats;

/// <summary>A reply as a client got it.</summary>
/// <param name="Message">The message.</param>
/// <param name="Elapsed">After what time.</param>
/// <param name="Length">Its octets.</param>
internal sealed record StubReply(Message Message, TimeSpan Elapsed, int Length);

/// <summary>Asks by UDP.</summary>
internal sealed class StubClient : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)
    {
        ReceiveBufferSize = 8 << 20,
    };

    private readonly ConcurrentDictionary<ushort, TaskCompletionSource<(Message, int)>> _waiting = new();
    private int _id;
    private long _replies;

    public StubClient(string address = "127.0.0.1")
    {
        _socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
        _socket.Connect(new IPEndPoint(IPAddress.Parse(Subject.Address), Subject.Port));
        _ = ReceiveAsync();
    }

    /// <summary>Datagrams received so far.</summary>
    public long Replies => Volatile.Read(ref _replies);

    /// <summary>When each reply came, when somebody wants to know.</summary>
    public ConcurrentQueue<long>? Arrivals { get; set; }

    /// <summary>Asks and waits; null when no reply came in time.</summary>
    public Task<StubReply?> AskAsync(string name, ushort type = Types.A, int timeoutMilliseconds = 6000) =>
        AskAsync(Message.Query(name, type), timeoutMilliseconds);

    /// <summary>Asks and waits; null when no reply came in time.</summary>
    public async Task<StubReply?> AskAsync(Message query, int timeoutMilliseconds = 6000)
    {
        query.Id = (ushort)Interlocked.Increment(ref _id);
        TaskCompletionSource<(Message, int)> waiting =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[query.Id] = waiting;
        long began = Stopwatch.GetTimestamp();
        await SendAsync(MessageCodec.Encode(query));
        try
        {
            (Message message, int length) =
                await waiting.Task.WaitAsync(TimeSpan.FromMilliseconds(timeoutMilliseconds));
            return new StubReply(message, Stopwatch.GetElapsedTime(began), length);
        }
        catch (TimeoutException)
        {
            return null;
        }
        finally
        {
            _waiting.TryRemove(query.Id, out _);
        }
    }

    /// <summary>Sends octets as they are.</summary>
    public async Task SendAsync(byte[] octets)
    {
        try
        {
            await _socket.SendAsync(octets);
        }
        catch (SocketException)
        {
            // A refusal of an earlier datagram: the reply will be missed.
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task ReceiveAsync()
    {
        byte[] buffer = new byte[ushort.MaxValue];
        while (true)
        {
            try
            {
                int length = await _socket.ReceiveAsync(buffer);
                Interlocked.Increment(ref _replies);
                Arrivals?.Enqueue(Stopwatch.GetTimestamp());
                if (MessageCodec.TryDecode(buffer.AsSpan(0, length)) is { } message
                    && _waiting.TryRemove(message.Id, out TaskCompletionSource<(Message, int)>? waiting))
                {
                    waiting.SetResult((message, length));
                }
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
            {
                // The resolver is not there yet.
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }
}
