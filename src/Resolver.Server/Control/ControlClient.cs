// The commands' end of the control socket.
using System;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Resolver.Server;

/// <summary>What came of a request.</summary>
/// <param name="IsDone">True when the text is what was asked for, false when it says why not.</param>
/// <param name="Text">The text.</param>
internal readonly record struct ControlReply(bool IsDone, string Text);

/// <summary>Asks a running server.</summary>
internal static class ControlClient
{
    /// <summary>Sends one request and reads the reply.</summary>
    public static async Task<ControlReply> AskAsync(string path, string request)
    {
        if (Encoding.UTF8.GetByteCount(path) > ControlProtocol.MaxPath)
        {
            return new ControlReply(
                false, $"{path} is longer than the {ControlProtocol.MaxPath} octets that a socket may have");
        }

        using CancellationTokenSource patience = new(ControlProtocol.LongestWait);
        try
        {
            using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), patience.Token);
            await socket.SendAsync(Encoding.UTF8.GetBytes(request + "\n"), patience.Token);
            return Read(await ReceiveAsync(socket, patience.Token), path);
        }
        catch (SocketException e)
        {
            return new ControlReply(false, Describe(e.SocketErrorCode, path) ?? $"{path}: {e.Message}");
        }
        catch (OperationCanceledException)
        {
            return new ControlReply(false, $"the server on {path} does not answer");
        }
    }

    private static string? Describe(SocketError error, string path) =>
        error == SocketError.ConnectionRefused || !Path.Exists(path)
            ? $"no server listens on {path}: is it running?"
        : error == SocketError.AccessDenied ? $"{path} is for the user alone under whom the server runs"
        : error is SocketError.ConnectionReset or SocketError.Shutdown ? Ended(path)
        : null;

    private static string Ended(string path) => $"the server on {path} ended the connection";

    private static async Task<string> ReceiveAsync(Socket socket, CancellationToken cancellation)
    {
        using MemoryStream reply = new();
        byte[] buffer = new byte[16 * 1024];
        int received;
        while (reply.Length < ControlProtocol.MaxReply
            && (received = await socket.ReceiveAsync(buffer, cancellation)) > 0)
        {
            await reply.WriteAsync(buffer.AsMemory(0, received), cancellation);
        }

        return Encoding.UTF8.GetString(reply.GetBuffer(), 0, (int)reply.Length);
    }

    private static ControlReply Read(string reply, string path)
    {
        const string DoneLine = ControlProtocol.Done + "\n";
        if (reply.StartsWith(DoneLine, StringComparison.Ordinal))
        {
            return new ControlReply(true, reply[DoneLine.Length..]);
        }

        return new ControlReply(
            false,
            reply.StartsWith(ControlProtocol.Failed, StringComparison.Ordinal)
                ? reply[ControlProtocol.Failed.Length..].TrimEnd('\n')
                : Ended(path));
    }
}
