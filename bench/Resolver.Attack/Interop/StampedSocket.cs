// A connected datagram socket whose replies carry the time at which the kernel took them in: a client that
// shares its processor with the name servers would otherwise measure its own waiting too.
using System;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Resolver.Attack;

internal sealed partial class StampedSocket : IDisposable
{
    private const int SolSocket = 1;
    private const int SoTimestampNs = 35;
    private const int MsgDontWait = 0x40;
    private const int BufferSize = 4096;
    private const int ControlSize = 64;

    // The octets of a control message before its content: size_t, int, int.
    private const int ControlHeader = 16;

    private readonly Socket _socket =
        new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    private readonly byte[] _buffer = GC.AllocateArray<byte>(BufferSize, pinned: true);
    private readonly byte[] _control = GC.AllocateArray<byte>(ControlSize, pinned: true);

    public StampedSocket(IPEndPoint server)
    {
        _socket.Blocking = false;
        _socket.ReceiveBufferSize = 4 << 20;
        _socket.SetRawSocketOption(SolSocket, SoTimestampNs, [1, 0, 0, 0]);
        _socket.Connect(server);
    }

    public void Send(ReadOnlySpan<byte> message) =>
        _ = _socket.Send(message, SocketFlags.None, out SocketError _);

    /// <summary>Takes a reply, and when it came in 100 ns since 1970; false when there is none.</summary>
    public unsafe bool TryReceive(out ReadOnlySpan<byte> reply, out long cameAt)
    {
        long length;
        long controlLength;

        // SAFETY: the structures live on this frame for the length of the call, the two buffers are pinned.
        fixed (byte* buffer = _buffer, control = _control)
        {
            IoVector vector = new() { Start = buffer, Length = BufferSize };
            MessageHeader header = new()
            {
                Vectors = &vector,
                VectorCount = 1,
                Control = control,
                ControlLength = ControlSize,
            };
            length = RecvMsg(_socket.SafeHandle, &header, MsgDontWait);
            controlLength = (long)header.ControlLength;
        }

        reply = _buffer.AsSpan(0, (int)Math.Max(length, 0));
        cameAt = length > 0 && controlLength >= ControlHeader + (2 * sizeof(long))
            ? (BitConverter.ToInt64(_control, ControlHeader) * TimeSpan.TicksPerSecond)
                + (BitConverter.ToInt64(_control, ControlHeader + sizeof(long)) / 100)
            : 0;
        return length > 0;
    }

    public void Dispose() => _socket.Dispose();

    [LibraryImport("libc", EntryPoint = "recvmsg", SetLastError = true)]
    private static unsafe partial long RecvMsg(SafeHandle socket, MessageHeader* header, int flags);

    [StructLayout(LayoutKind.Sequential)]
    private unsafe struct IoVector
    {
        public byte* Start;
        public nuint Length;
    }

    // struct msghdr of 64-bit Linux.
    [StructLayout(LayoutKind.Sequential)]
    private unsafe struct MessageHeader
    {
        public void* Name;
        public uint NameLength;
        public IoVector* Vectors;
        public nuint VectorCount;
        public byte* Control;
        public nuint ControlLength;
        public int Flags;
    }
}
