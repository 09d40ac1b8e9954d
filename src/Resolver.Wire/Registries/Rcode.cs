// Response codes, 12 bits with EDNS (RFC 1035 §4.1.1, RFC 6891 §6.1.3, RFC 6895 §2.3).
using System.Globalization;

namespace Resolver.Wire;

/// <summary>A response code (RFC 6895 §2.3).</summary>
/// <param name="Value">The number, 0 to 4095; above 15 it needs EDNS.</param>
public readonly record struct Rcode(ushort Value)
{
    /// <summary>No error.</summary>
    public static Rcode NoError => new(0);

    /// <summary>The query could not be read.</summary>
    public static Rcode FormErr => new(1);

    /// <summary>The server failed.</summary>
    public static Rcode ServFail => new(2);

    /// <summary>The name does not exist.</summary>
    public static Rcode NXDomain => new(3);

    /// <summary>The kind of query is not implemented.</summary>
    public static Rcode NotImp => new(4);

    /// <summary>Refused by policy.</summary>
    public static Rcode Refused => new(5);

    /// <summary>A name exists when it should not; also the DNAME target too long (RFC 6672 §2.2).</summary>
    public static Rcode YXDomain => new(6);

    /// <summary>Not authoritative.</summary>
    public static Rcode NotAuth => new(9);

    /// <summary>EDNS version not implemented (RFC 6891 §6.1.3).</summary>
    public static Rcode BadVers => new(16);

    /// <summary>Bad or missing server cookie (RFC 7873 §8).</summary>
    public static Rcode BadCookie => new(23);

    /// <summary>The mnemonic as dig prints it, or RCODE123.</summary>
    public override string ToString() => Value switch
    {
        0 => "NOERROR",
        1 => "FORMERR",
        2 => "SERVFAIL",
        3 => "NXDOMAIN",
        4 => "NOTIMP",
        5 => "REFUSED",
        6 => "YXDOMAIN",
        7 => "YXRRSET",
        8 => "NXRRSET",
        9 => "NOTAUTH",
        10 => "NOTZONE",
        16 => "BADVERS",
        23 => "BADCOOKIE",
        _ => string.Create(CultureInfo.InvariantCulture, $"RCODE{Value}"),
    };
}
