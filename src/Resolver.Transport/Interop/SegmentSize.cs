// The control message that makes several datagrams of one message: the kernel cuts what it is given into
// datagrams of a given size, the last of which may be shorter (udp(7) UDP_SEGMENT, Linux 4.18 and later). All
// of them take one way through its layers.
using System;
using System.Runtime.InteropServices;

namespace Resolver.Transport;

/// <summary>Writes one segment size control message.</summary>
internal static class SegmentSize
{
    /// <summary>Most datagrams that are cut out of one: the kernel's own limit.</summary>
    public const int MaxSegments = 64;

    /// <summary>
    /// Octets of the longest datagram that is sent so: what fits into IPv6's least MTU, as the kernel cuts
    /// nothing that would have to be fragmented.
    /// </summary>
    public const int MaxSegment = 1232;

    /// <summary>Octets of all datagrams cut out of one, within the 65,535 of an IP packet.</summary>
    public const int MaxOctets = 65_000;

    /// <summary>Octets of the control message, on any architecture.</summary>
    public static int Size => HeaderLength + IntPtr.Size;

    private static int HeaderLength => IntPtr.Size + (2 * sizeof(int));

    /// <summary>
    /// True when the kernel knows the option; one that does not would send all of it as one datagram.
    /// </summary>
    public static bool IsKnownTo(SocketDescriptor socket) =>
        socket.TryGetOption(Libc.LevelUdp, Libc.UdpSegment, out _) == SocketResult.Done;

    /// <summary>Writes the control message, <see cref="Size"/> octets.</summary>
    public static void Write(int segment, Span<byte> control)
    {
        control[..Size].Clear();
        MemoryMarshal.Write(control, (nuint)(HeaderLength + sizeof(ushort)));
        MemoryMarshal.Write(control[IntPtr.Size..], Libc.LevelUdp);
        MemoryMarshal.Write(control[(IntPtr.Size + sizeof(int))..], Libc.UdpSegment);
        MemoryMarshal.Write(control[HeaderLength..], (ushort)segment);
    }
}
