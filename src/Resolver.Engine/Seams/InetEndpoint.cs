// Addresses as values: IPAddress and IPEndPoint live on the heap, and the hot paths compare and hash
// addresses often.
using System;
using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Resolver.Engine;

/// <summary>An IPv4 or IPv6 address. IPv4-mapped IPv6 addresses become IPv4.</summary>
internal readonly struct InetAddress : IEquatable<InetAddress>
{
    // Two words and not UInt128, whose alignment would make an endpoint half as large again.
    private readonly ulong _high;
    private readonly ulong _low;
    private readonly uint _scope;

    private InetAddress(UInt128 bits, bool isIPv6, uint scope)
    {
        _high = (ulong)(bits >> 64);
        _low = (ulong)bits;
        IsIPv6 = isIPv6;
        _scope = scope;
    }

    /// <summary>True for IPv6, false for IPv4.</summary>
    public bool IsIPv6 { get; }

    /// <summary>IPv6 scope identifier (interface index of a link-local address), else 0.</summary>
    public uint Scope => _scope;

    /// <summary>Count of octets: 4 or 16.</summary>
    public int Length => IsIPv6 ? 16 : 4;

    /// <summary>The address as a number: IPv4 in the low 32 bits.</summary>
    public UInt128 Bits => new(_high, _low);

    /// <summary>From 4 or 16 octets in network order.</summary>
    public static InetAddress FromOctets(ReadOnlySpan<byte> octets, uint scope = 0)
    {
        if (octets.Length == 4)
        {
            return new InetAddress(BinaryPrimitives.ReadUInt32BigEndian(octets), false, 0);
        }

        UInt128 bits = BinaryPrimitives.ReadUInt128BigEndian(octets);
        bool mapped = bits >> 32 == 0xFFFF;
        return mapped
            ? new InetAddress((uint)bits, false, 0)
            : new InetAddress(bits, true, scope);
    }

    /// <summary>From the framework's type.</summary>
    public static InetAddress From(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> octets = stackalloc byte[16];
        _ = address.TryWriteBytes(octets, out int length);
        uint scope = address.AddressFamily == AddressFamily.InterNetworkV6 ? (uint)address.ScopeId : 0;
        return FromOctets(octets[..length], scope);
    }

    /// <summary>
    /// From text such as 192.0.2.1 or 2001:db8::1. Throws <see cref="FormatException"/> otherwise.
    /// </summary>
    public static InetAddress Parse(string text) => From(IPAddress.Parse(text));

    /// <summary>Writes the 4 or 16 octets in network order.</summary>
    public void CopyTo(Span<byte> destination)
    {
        if (IsIPv6)
        {
            BinaryPrimitives.WriteUInt128BigEndian(destination, Bits);
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)_low);
        }
    }

    /// <summary>The framework's type.</summary>
    public IPAddress ToIPAddress()
    {
        Span<byte> octets = stackalloc byte[16];
        CopyTo(octets);
        return IsIPv6 ? new IPAddress(octets, _scope) : new IPAddress(octets[..4]);
    }

    /// <inheritdoc/>
    public bool Equals(InetAddress other) =>
        _low == other._low && _high == other._high && IsIPv6 == other.IsIPv6 && _scope == other._scope;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is InetAddress other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_high, _low, IsIPv6);

    /// <inheritdoc/>
    public override string ToString() => ToIPAddress().ToString();
}

/// <summary>An address and a port.</summary>
/// <param name="Address">The address.</param>
/// <param name="Port">The port, 0 to 65535.</param>
internal readonly record struct InetEndpoint(InetAddress Address, ushort Port)
{
    /// <summary>From the framework's type.</summary>
    public static InetEndpoint From(IPEndPoint endPoint) =>
        new(InetAddress.From(endPoint.Address), (ushort)endPoint.Port);

    /// <summary>The framework's type.</summary>
    public IPEndPoint ToIPEndPoint() => new(Address.ToIPAddress(), Port);

    /// <summary>192.0.2.1:53 or [2001:db8::1]:53.</summary>
    public override string ToString() => Address.IsIPv6
        ? string.Create(CultureInfo.InvariantCulture, $"[{Address}]:{Port}")
        : string.Create(CultureInfo.InvariantCulture, $"{Address}:{Port}");
}
