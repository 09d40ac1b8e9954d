// Kinds of query (RFC 1035 §4.1.1, RFC 6895 §2.2).
using System.Globalization;

namespace Resolver.Wire;

/// <summary>A kind of query (RFC 6895 §2.2).</summary>
/// <param name="Value">The number, 0 to 15.</param>
public readonly record struct Opcode(byte Value)
{
    /// <summary>A standard query.</summary>
    public static Opcode Query => new(0);

    /// <summary>Zone change notification (RFC 1996).</summary>
    public static Opcode Notify => new(4);

    /// <summary>Dynamic update (RFC 2136).</summary>
    public static Opcode Update => new(5);

    /// <summary>The mnemonic, or OPCODE12.</summary>
    public override string ToString() => Value switch
    {
        0 => "QUERY",
        1 => "IQUERY",
        2 => "STATUS",
        4 => "NOTIFY",
        5 => "UPDATE",
        6 => "DSO",
        _ => string.Create(CultureInfo.InvariantCulture, $"OPCODE{Value}"),
    };
}
