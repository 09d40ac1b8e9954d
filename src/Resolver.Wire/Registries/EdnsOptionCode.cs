// EDNS option codes (IANA "DNS EDNS0 Option Codes").
using System.Globalization;

namespace Resolver.Wire;

/// <summary>An EDNS option code (RFC 6891 §9).</summary>
/// <param name="Value">The number, 0 to 65535.</param>
public readonly record struct EdnsOptionCode(ushort Value)
{
    /// <summary>Name server identifier (RFC 5001).</summary>
    public static EdnsOptionCode NSID => new(3);

    /// <summary>Client subnet (RFC 7871).</summary>
    public static EdnsOptionCode ClientSubnet => new(8);

    /// <summary>DNS cookie (RFC 7873).</summary>
    public static EdnsOptionCode Cookie => new(10);

    /// <summary>TCP keepalive (RFC 7828).</summary>
    public static EdnsOptionCode TcpKeepalive => new(11);

    /// <summary>Padding (RFC 7830).</summary>
    public static EdnsOptionCode Padding => new(12);

    /// <summary>Extended DNS error (RFC 8914).</summary>
    public static EdnsOptionCode ExtendedError => new(15);

    /// <summary>The name, or OPT123.</summary>
    public override string ToString() => Value switch
    {
        3 => "NSID",
        8 => "CLIENT-SUBNET",
        10 => "COOKIE",
        11 => "TCP-KEEPALIVE",
        12 => "PADDING",
        15 => "EDE",
        _ => string.Create(CultureInfo.InvariantCulture, $"OPT{Value}"),
    };
}
