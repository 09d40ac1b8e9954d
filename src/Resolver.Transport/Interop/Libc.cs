// The system calls of the epoll loop, with the numbers of Linux on x86, Arm, RISC-V and LoongArch (they
// differ on MIPS, SPARC and PowerPC, where the portable loop is used). Nothing else in the project calls libc
// directly; the safe wrappers beside this file do.
using System;
using System.Runtime.InteropServices;

namespace Resolver.Transport;

/// <summary>
/// Raw system calls. Return -1 and leave errno on failure, as documented in section 2 of the manual; it is
/// read there and then (<see cref="Errno.Last"/>), as having it saved with each call costs two calls more.
/// </summary>
internal static unsafe partial class Libc
{
    public const int AddressFamilyInet = 2;
    public const int AddressFamilyInet6 = 10;
    public const int TypeStream = 1;
    public const int TypeDatagram = 2;
    public const int NonBlockingCloseOnExec = 0x800 | 0x80000;
    public const int CloseOnExec = 0x80000;

    public const int LevelSocket = 1;
    public const int ReuseAddress = 2;
    public const int PendingError = 4;
    public const int ReceiveBuffer = 8;
    public const int ReusePort = 15;
    public const int LevelIP = 0;
    public const int PacketInfoV4 = 8;
    public const int MtuDiscoverV4 = 10;
    public const int LevelIPv6 = 41;
    public const int MtuDiscoverV6 = 23;
    public const int V6Only = 26;
    public const int ReceivePacketInfoV6 = 49;
    public const int PacketInfoV6 = 50;
    public const int LevelUdp = 17;
    public const int UdpSegment = 103;
    public const int LevelTcp = 6;
    public const int TcpNoDelay = 1;
    public const int MtuDiscoverOmit = 5;

    public const int DontWait = 0x40;
    public const int Truncate = 0x20;
    public const int NoSignal = 0x4000;

    public const int ControlAdd = 1;
    public const int ControlDelete = 2;
    public const int ControlModify = 3;
    public const uint EventIn = 0x1;
    public const uint EventOut = 0x4;
    public const uint EventError = 0x8;
    public const uint EventHangUp = 0x10;
    public const uint EventEdgeTriggered = 1u << 31;

    public const int LimitOpenFiles = 7;

    private const string Library = "libc";

    /// <summary>True where the numbers above hold.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is
        Architecture.X64 or Architecture.X86 or Architecture.Arm64 or Architecture.Arm or
        Architecture.RiscV64 or Architecture.LoongArch64;

    [LibraryImport(Library, EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport(Library, EntryPoint = "write")]
    public static partial nint Write(int descriptor, void* buffer, nuint count);

    [LibraryImport(Library, EntryPoint = "eventfd")]
    public static partial int EventDescriptor(uint initial, int flags);

    [LibraryImport(Library, EntryPoint = "epoll_create1")]
    public static partial int EpollCreate(int flags);

    [LibraryImport(Library, EntryPoint = "getrandom")]
    public static partial nint GetRandom(void* octets, nuint length, uint flags);

    [LibraryImport(Library, EntryPoint = "epoll_ctl")]
    public static partial int EpollControl(int epoll, int operation, int descriptor, void* change);

    [LibraryImport(Library, EntryPoint = "epoll_wait")]
    public static partial int EpollWait(int epoll, void* events, int maximum, int timeoutMilliseconds);

    [LibraryImport(Library, EntryPoint = "socket")]
    public static partial int Socket(int family, int type, int protocol);

    [LibraryImport(Library, EntryPoint = "bind")]
    public static partial int Bind(int socket, void* address, uint length);

    [LibraryImport(Library, EntryPoint = "connect")]
    public static partial int Connect(int socket, void* address, uint length);

    [LibraryImport(Library, EntryPoint = "listen")]
    public static partial int Listen(int socket, int backlog);

    [LibraryImport(Library, EntryPoint = "accept4")]
    public static partial int Accept(int socket, void* address, uint* length, int flags);

    [LibraryImport(Library, EntryPoint = "getsockname")]
    public static partial int GetSocketName(int socket, void* address, uint* length);

    [LibraryImport(Library, EntryPoint = "setsockopt")]
    public static partial int SetOption(int socket, int level, int name, void* value, uint length);

    [LibraryImport(Library, EntryPoint = "getsockopt")]
    public static partial int GetOption(int socket, int level, int name, void* value, uint* length);

    [LibraryImport(Library, EntryPoint = "send")]
    public static partial nint Send(int socket, void* buffer, nuint length, int flags);

    [LibraryImport(Library, EntryPoint = "recv")]
    public static partial nint Receive(int socket, void* buffer, nuint length, int flags);

    [LibraryImport(Library, EntryPoint = "recvmmsg")]
    public static partial int ReceiveMessages(
        int socket, MessageHeader* headers, uint count, int flags, void* timeout);

    [LibraryImport(Library, EntryPoint = "sendmmsg")]
    public static partial int SendMessages(int socket, MessageHeader* headers, uint count, int flags);

    [LibraryImport(Library, EntryPoint = "nanosleep")]
    public static partial int Sleep(TimeSpec* length, TimeSpec* left);

    [LibraryImport(Library, EntryPoint = "getrlimit")]
    public static partial int GetResourceLimit(int resource, ResourceLimit* limit);

    [LibraryImport(Library, EntryPoint = "setrlimit")]
    public static partial int SetResourceLimit(int resource, ResourceLimit* limit);

    /// <summary>struct timespec, with the system's own word for both.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }

    /// <summary>struct rlimit.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct ResourceLimit
    {
        public nuint Soft;
        public nuint Hard;
    }

    /// <summary>struct iovec.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct BufferPart
    {
        public void* Octets;
        public nuint Length;
    }

    /// <summary>struct msghdr.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Message
    {
        public void* Address;
        public uint AddressLength;
        public BufferPart* Parts;
        public nuint PartCount;
        public void* Control;
        public nuint ControlLength;
        public int Flags;
    }

    /// <summary>struct mmsghdr: the padding at the end of the message stands before the length.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct MessageHeader
    {
        public Message Message;
        public uint Length;
    }
}
