// What an errno of the socket calls means to the owner of a socket: the closed set of SocketResult.
using System.Runtime.InteropServices;

namespace Resolver.Transport;

/// <summary>Linux error numbers, and their meaning for a socket.</summary>
internal static class Errno
{
    public const int Interrupted = 4;
    public const int WouldBlock = 11;
    public const int OutOfMemory = 12;
    public const int AccessDenied = 13;
    public const int SystemFileLimit = 23;
    public const int ProcessFileLimit = 24;
    public const int InvalidArgument = 22;
    public const int MessageTooLong = 90;
    public const int FamilyNotSupported = 97;
    public const int AddressInUse = 98;
    public const int AddressNotAvailable = 99;
    public const int NetworkDown = 100;
    public const int NetworkUnreachable = 101;
    public const int NoBuffers = 105;
    public const int HostDown = 112;
    public const int HostUnreachable = 113;
    public const int InProgress = 115;

    private const int NotPermitted = 1;

    /// <summary>
    /// The error number of the system call that has failed just now on this thread; nothing may come between.
    /// </summary>
    public static int Last => Marshal.GetLastSystemError();

    /// <summary>The meaning of <paramref name="errno"/>.</summary>
    public static SocketResult ToResult(int errno) => errno switch
    {
        0 => SocketResult.Done,
        WouldBlock => SocketResult.WouldBlock,
        InProgress => SocketResult.InProgress,
        AddressInUse => SocketResult.AddressInUse,
        AccessDenied => SocketResult.Denied,
        NetworkDown or NetworkUnreachable or HostDown or HostUnreachable or AddressNotAvailable
            or FamilyNotSupported or InvalidArgument or NotPermitted or MessageTooLong
            => SocketResult.Unreachable,
        SystemFileLimit or ProcessFileLimit or NoBuffers or OutOfMemory => SocketResult.Exhausted,
        _ => SocketResult.PeerError,
    };
}
