// What an error of System.Net.Sockets means to the owner of a socket; the portable twin of Errno.
using System.Net.Sockets;

namespace Resolver.Transport;

/// <summary>From <see cref="SocketError"/> to the closed set of results.</summary>
internal static class SocketMeaning
{
    /// <summary>The meaning of <paramref name="error"/>.</summary>
    public static SocketResult Of(SocketError error)
    {
        if (error is SocketError.WouldBlock or SocketError.IOPending)
        {
            return SocketResult.WouldBlock;
        }

        if (error is SocketError.NetworkDown or SocketError.NetworkUnreachable or SocketError.HostDown
            or SocketError.HostUnreachable or SocketError.AddressNotAvailable
            or SocketError.AddressFamilyNotSupported or SocketError.InvalidArgument)
        {
            return SocketResult.Unreachable;
        }

        if (error is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable)
        {
            return SocketResult.Exhausted;
        }

        if (error is SocketError.InProgress or SocketError.AlreadyInProgress)
        {
            return SocketResult.InProgress;
        }

        if (error == SocketError.AddressAlreadyInUse)
        {
            return SocketResult.AddressInUse;
        }

        if (error == SocketError.AccessDenied)
        {
            return SocketResult.Denied;
        }

        return error == SocketError.Success ? SocketResult.Done : SocketResult.PeerError;
    }
}
