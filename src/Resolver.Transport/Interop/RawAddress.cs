// struct sockaddr_in and sockaddr_in6, written and read as octets (layouts of Linux: family in host order,
// port and address in network order, IPv6 scope in host order).
using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Resolver.Engine;

namespace Resolver.Transport;

/// <summary>Endpoints in the form in which the kernel takes and gives them.</summary>
internal static class RawAddress
{
    /// <summary>Room for either family.</summary>
    public const int Size = 28;

    private const int SizeV4 = 16;

    /// <summary>Writes an endpoint and returns the count of octets: 16 or 28.</summary>
    public static int Write(in InetEndpoint endpoint, Span<byte> destination)
    {
        bool ipv6 = endpoint.Address.IsIPv6;
        int family = ipv6 ? Libc.AddressFamilyInet6 : Libc.AddressFamilyInet;
        MemoryMarshal.Write(destination, (ushort)family);
        WriteAfterFamily(endpoint, destination);
        return ipv6 ? Size : SizeV4;
    }

    /// <summary>
    /// Writes all but the first two octets, which hold the family and are not the same on all systems; the
    /// rest is.
    /// </summary>
    public static void WriteAfterFamily(in InetEndpoint endpoint, Span<byte> destination)
    {
        InetAddress address = endpoint.Address;
        destination[2..(address.IsIPv6 ? Size : SizeV4)].Clear();
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], endpoint.Port);
        if (address.IsIPv6)
        {
            address.CopyTo(destination[8..]);
            MemoryMarshal.Write(destination[24..], address.Scope);
        }
        else
        {
            address.CopyTo(destination[4..]);
        }
    }

    /// <summary>Reads an endpoint; false for a family that is neither IPv4 nor IPv6.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out InetEndpoint endpoint)
    {
        ushort family = MemoryMarshal.Read<ushort>(source);
        bool ipv6 = family == Libc.AddressFamilyInet6;
        endpoint = default;
        if ((!ipv6 && family != Libc.AddressFamilyInet) || source.Length < (ipv6 ? Size : SizeV4))
        {
            return false;
        }

        endpoint = ReadAfterFamily(ipv6, source);
        return true;
    }

    /// <summary>Reads an endpoint whose family is known.</summary>
    public static InetEndpoint ReadAfterFamily(bool ipv6, ReadOnlySpan<byte> source)
    {
        ushort port = BinaryPrimitives.ReadUInt16BigEndian(source[2..]);
        return ipv6
            ? new(InetAddress.FromOctets(source.Slice(8, 16), MemoryMarshal.Read<uint>(source[24..])), port)
            : new(InetAddress.FromOctets(source.Slice(4, 4)), port);
    }
}
