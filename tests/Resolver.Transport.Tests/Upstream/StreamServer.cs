// A name server by script over TCP, on sockets of the framework.
using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Resolver.Engine;

namespace Resolver.Transport.Tests;

/// <summary>Runs the script on each connection, with the connection's number.</summary>
internal sealed class StreamServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<NetworkStream, int, CancellationToken, Task> _script;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _connections = [];
    private readonly Task _running;
    private int _accepted;

    public StreamServer(Func<NetworkStream, int, CancellationToken, Task> script)
    {
        _script = script;
        _listener.Start();
        Endpoint = InetEndpoint.From((IPEndPoint)_listener.LocalEndpoint);
        _running = RunAsync();
    }

    public InetEndpoint Endpoint { get; }

    public int Accepted => Volatile.Read(ref _accepted);

    public static async Task<byte[]> ReadAsync(NetworkStream stream, CancellationToken stop)
    {
        byte[] prefix = new byte[2];
        await stream.ReadExactlyAsync(prefix, stop);
        byte[] message = new byte[TestMessages.IdOf(prefix)];
        await stream.ReadExactlyAsync(message, stop);
        return message;
    }

    /// <summary>Answers every query until the client closes.</summary>
    public static async Task EchoAsync(NetworkStream stream, CancellationToken stop)
    {
        while (true)
        {
            byte[] query = await ReadAsync(stream, stop);
            await stream.WriteAsync(TestMessages.Framed(TestMessages.ReplyTo(query)), stop);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _listener.Stop();
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (true)
        {
            try
            {
                Socket socket = await _listener.AcceptSocketAsync(_stop.Token);
                _connections.Add(ServeAsync(socket, Interlocked.Increment(ref _accepted) - 1));
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket socket, int number)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        socket.NoDelay = true;
        try
        {
            await _script(stream, number, _stop.Token);
        }
        catch (Exception failure) when (failure is System.IO.IOException or OperationCanceledException)
        {
            // The client has closed, or the test is over.
        }
    }
}
