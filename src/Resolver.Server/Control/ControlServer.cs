// The running server's end of the control socket: a fixed number of workers, each with one connection at a
// time, one request per connection, every wait bounded. On the thread pool, beside the loops.
using System;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;

namespace Resolver.Server;

/// <summary>Serves the control socket until disposed, which removes it.</summary>
internal sealed class ControlServer : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly ControlRequests _requests;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _workers;

    private ControlServer(Socket socket, ControlRequests requests, ILogger log)
    {
        _socket = socket;
        _requests = requests;
        _log = log;
        _workers = Task.WhenAll(Enumerable.Range(0, requests.MaxConnections).Select(_ => WorkAsync()));
    }

    /// <summary>Opens the socket and begins to serve; null with the reason.</summary>
    public static ControlServer? TryStart(
        string path, ControlRequests requests, ILogger log, out string problem)
    {
#pragma warning disable CA2000 // The server owns the socket.
        Socket? socket = ControlSocketFile.TryOpen(path, requests.MaxConnections, out problem);
#pragma warning restore CA2000
        return socket is null ? null : new ControlServer(socket, requests, log);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _workers;

        // The framework removes the file of a socket that it has bound.
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using Socket client = await _socket.AcceptAsync(_stop.Token);
                await ServeAsync(client);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
                // The server stops, or the client has gone or was too slow: nobody is left to tell.
            }
            catch (Exception fault)
            {
                ServerLog.ControlFault(_log, fault);
            }
        }
    }

    private async Task ServeAsync(Socket client)
    {
        string? line = await ReadLineAsync(client);
        string reply = line is null
            ? $"{ControlProtocol.Failed}a request is a line of at most {ControlProtocol.MaxRequest} octets\n"
            : await _requests.AnswerAsync(line, _stop.Token);
        using CancellationTokenSource patience = MakePatience();
        ReadOnlyMemory<byte> rest = Encoding.UTF8.GetBytes(reply);
        while (!rest.IsEmpty)
        {
            rest = rest[await client.SendAsync(rest, patience.Token)..];
        }

        client.Shutdown(SocketShutdown.Send);
    }

    private async Task<string?> ReadLineAsync(Socket client)
    {
        using CancellationTokenSource patience = MakePatience();
        byte[] buffer = new byte[ControlProtocol.MaxRequest];
        int length = 0;
        while (length < buffer.Length)
        {
            int received = await client.ReceiveAsync(buffer.AsMemory(length), patience.Token);
            int end = buffer.AsSpan(length, received).IndexOf((byte)'\n');
            if (end >= 0)
            {
                return Encoding.UTF8.GetString(buffer, 0, length + end);
            }

            if (received == 0)
            {
                return null;
            }

            length += received;
        }

        return null;
    }

    private CancellationTokenSource MakePatience()
    {
        CancellationTokenSource source = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        source.CancelAfter(ControlProtocol.Patience);
        return source;
    }
}
