// Opens the control socket at its path: for its owner alone from the first moment, a dead server's socket
// replaced, a live server's never taken, and nothing else at the path ever removed.
using System;
using System.IO;
using System.Net.Sockets;
using System.Text;

namespace Resolver.Server;

/// <summary>Opens listening control sockets.</summary>
internal static class ControlSocketFile
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // errno ENXIO: what the system says when a socket is opened as a file.
    private const int NoSuchDevice = 6;

    /// <summary>
    /// A socket that listens, with <paramref name="waiting"/> places for who is not served yet; null with the
    /// reason.
    /// </summary>
    public static Socket? TryOpen(string path, int waiting, out string problem)
    {
        if (Encoding.UTF8.GetByteCount(path) > ControlProtocol.MaxPath)
        {
            problem = $"the path is longer than the {ControlProtocol.MaxPath} octets that a socket may have";
            return null;
        }

        try
        {
            // Two servers that start at once must not both find the place free: one looks at a time.
            using FileStream turn = new(path + ".lock", new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                Options = FileOptions.DeleteOnClose,
            });
            problem = Clear(path);
            return problem.Length > 0 ? null : Bind(path, waiting);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SocketException)
        {
            problem = e.Message;
            return null;
        }
    }

    // Between binding and listening nobody can connect: the mode is set in time.
    private static Socket Bind(string path, int waiting)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(path));
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, OwnerAlone);
            }

            socket.Listen(waiting);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // Makes the place free; says what stands there when it cannot be.
    private static string Clear(string path)
    {
        if (!Path.Exists(path))
        {
            return "";
        }

        if (!IsSocket(path))
        {
            return "there is a file that is no socket";
        }

        try
        {
            using Socket probe = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            {
                Blocking = false,
            };
            probe.Connect(new UnixDomainSocketEndPoint(path));
            return "another server listens there";
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            File.Delete(path);
            return "";
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            return "another server listens there";
        }
    }

    private static bool IsSocket(string path)
    {
        try
        {
            File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite).Dispose();
            return false;
        }
        catch (IOException e) when (e.HResult == NoSuchDevice)
        {
            return true;
        }
    }
}
