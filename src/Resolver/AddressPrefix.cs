// An address prefix such as 10.0.0.0/8 or fe80::/10 (RFC 4632 §3.1, RFC 4291 §2.3). Bits below the prefix
// must be zero: who writes 10.0.0.1/8 means either 10.0.0.0/8 or 10.0.0.1/32, and a list of clients is no
// place to guess.
using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using Resolver.Engine;

namespace Resolver;

/// <summary>A set of addresses that begin with the same bits.</summary>
public sealed record AddressPrefix
{
    private readonly InetAddress _network;

    private AddressPrefix(InetAddress network, int length)
    {
        _network = network;
        Length = length;
    }

    /// <summary>The first address.</summary>
    public IPAddress Network => _network.ToIPAddress();

    /// <summary>Count of bits that count: 0 to 32, or 0 to 128.</summary>
    public int Length { get; }

    /// <summary>True for a prefix of IPv6 addresses.</summary>
    public bool IsIPv6 => _network.IsIPv6;

    internal UInt128 First => _network.Bits;

    internal UInt128 Last => _network.Bits | LowBits(_network.IsIPv6, Length);

    /// <summary>Reads ADDRESS/LENGTH, or an address alone for itself only.</summary>
    /// <exception cref="FormatException">It is neither, or bits below the prefix are set.</exception>
    public static AddressPrefix Parse(string text) => TryParse(text, out AddressPrefix? prefix)
        ? prefix
        : throw new FormatException(
            "An address prefix is written as 10.0.0.0/8 or fe80::/10, with no bit set behind its length.");

    /// <summary>
    /// Reads ADDRESS/LENGTH, or an address alone for itself only; false when it is neither.
    /// </summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out AddressPrefix? prefix)
    {
        prefix = null;
        ReadOnlySpan<char> rest = text;
        int slash = rest.IndexOf('/');
        ReadOnlySpan<char> addressText = slash < 0 ? rest : rest[..slash];

        // The framework reads 10 as 0.0.0.10: too short a way to write an address in a list of who may ask.
        bool isWhole = addressText.Count('.') == 3 || addressText.Contains(':');
        if (!isWhole || addressText.Contains('%') || !IPAddress.TryParse(addressText, out IPAddress? address))
        {
            return false;
        }

        InetAddress network = InetAddress.From(address);
        int most = network.Length * 8;
        int length = most;
        if (slash >= 0
            && (!int.TryParse(
                rest[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out length)
                || length > most))
        {
            return false;
        }

        if ((network.Bits & LowBits(network.IsIPv6, length)) != 0)
        {
            return false;
        }

        prefix = new AddressPrefix(network, length);
        return true;
    }

    /// <summary>
    /// True when the address begins with the prefix; the scope of an IPv6 address is not looked at.
    /// </summary>
    public bool Contains(IPAddress address) => Contains(InetAddress.From(address));

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{_network}/{Length}");

    internal bool Contains(in InetAddress address) =>
        address.IsIPv6 == IsIPv6 && address.Bits >= First && address.Bits <= Last;

    private static UInt128 LowBits(bool isIPv6, int length)
    {
        int low = (isIPv6 ? 128 : 32) - length;
        return low == 128 ? UInt128.MaxValue : (UInt128.One << low) - 1;
    }
}
