// The control message that tells which local address a datagram was sent to, and that makes a reply leave by
// it (ip(7) IP_PKTINFO, RFC 3542 §6.2 IPV6_PKTINFO). struct cmsghdr: length (size_t), level, type, then the
// content.
using System;
using System.Runtime.InteropServices;
using Resolver.Engine;

namespace Resolver.Transport;

/// <summary>Reads and writes one packet information control message.</summary>
internal static class PacketInfo
{
    /// <summary>Room for one control message of either family, on any architecture.</summary>
    public const int Size = 64;

    private const int ContentLengthV4 = 12;
    private const int ContentLengthV6 = 20;

    private static int HeaderLength => Align(IntPtr.Size + (2 * sizeof(int)));

    /// <summary>Finds the local address in the control messages of a received datagram.</summary>
    public static bool TryRead(ReadOnlySpan<byte> control, out InetAddress local)
    {
        while (control.Length >= HeaderLength)
        {
            int length = (int)MemoryMarshal.Read<nuint>(control);
            if (length < HeaderLength || length > control.Length)
            {
                break;
            }

            int level = MemoryMarshal.Read<int>(control[IntPtr.Size..]);
            int type = MemoryMarshal.Read<int>(control[(IntPtr.Size + sizeof(int))..]);
            ReadOnlySpan<byte> content = control[HeaderLength..length];
            if (level == Libc.LevelIP && type == Libc.PacketInfoV4 && content.Length >= ContentLengthV4)
            {
                // Of the two addresses the one to answer from: for a query sent to a broadcast address ours.
                local = InetAddress.FromOctets(content.Slice(4, 4));
                return true;
            }

            if (level == Libc.LevelIPv6 && type == Libc.PacketInfoV6 && content.Length >= ContentLengthV6)
            {
                local = InetAddress.FromOctets(content[..16], Scope(content));
                return true;
            }

            control = control[Math.Min(Align(length), control.Length)..];
        }

        local = default;
        return false;
    }

    /// <summary>
    /// Writes the control message that makes a datagram leave by an address; returns its length.
    /// </summary>
    public static int Write(in InetAddress local, Span<byte> control)
    {
        bool ipv6 = local.IsIPv6;
        int contentLength = ipv6 ? ContentLengthV6 : ContentLengthV4;
        int total = Align(HeaderLength + contentLength);
        control[..total].Clear();
        MemoryMarshal.Write(control, (nuint)(HeaderLength + contentLength));
        MemoryMarshal.Write(control[IntPtr.Size..], ipv6 ? Libc.LevelIPv6 : Libc.LevelIP);
        int type = ipv6 ? Libc.PacketInfoV6 : Libc.PacketInfoV4;
        MemoryMarshal.Write(control[(IntPtr.Size + sizeof(int))..], type);
        Span<byte> content = control[HeaderLength..];
        if (ipv6)
        {
            local.CopyTo(content);
            MemoryMarshal.Write(content[16..], local.Scope);
        }
        else
        {
            local.CopyTo(content[4..]);
        }

        return total;
    }

    /// <summary>Only link-local addresses mean something else on each interface.</summary>
    private static uint Scope(ReadOnlySpan<byte> content) =>
        content[0] == 0xFE && (content[1] & 0xC0) == 0x80 ? MemoryMarshal.Read<uint>(content[16..]) : 0;

    private static int Align(int length) => (length + IntPtr.Size - 1) & ~(IntPtr.Size - 1);
}
