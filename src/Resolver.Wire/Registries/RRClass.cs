// Classes (RFC 1035 §3.2.4, RFC 6895 §3.2).
using System;
using System.Globalization;

namespace Resolver.Wire;

/// <summary>A class (RFC 6895 §3.2).</summary>
/// <param name="Value">The number, 0 to 65535.</param>
public readonly record struct RRClass(ushort Value)
{
    /// <summary>The Internet.</summary>
    public static RRClass IN => new(1);

    /// <summary>Chaosnet, today used for version.bind and id.server (RFC 4892).</summary>
    public static RRClass CH => new(3);

    /// <summary>Hesiod.</summary>
    public static RRClass HS => new(4);

    /// <summary>None (RFC 2136 §2.4).</summary>
    public static RRClass None => new(254);

    /// <summary>Any class, asked for only.</summary>
    public static RRClass Any => new(255);

    /// <summary>The mnemonic, or CLASS123 (RFC 3597 §5).</summary>
    public override string ToString() => Value switch
    {
        1 => "IN",
        3 => "CH",
        4 => "HS",
        254 => "NONE",
        255 => "ANY",
        _ => string.Create(CultureInfo.InvariantCulture, $"CLASS{Value}"),
    };

    /// <summary>Reads a mnemonic or CLASS123, case ignored.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out RRClass rrClass)
    {
        Span<char> upper = stackalloc char[16];
        if (text.Length > upper.Length)
        {
            rrClass = default;
            return false;
        }

        upper = upper[..text.ToUpperInvariant(upper)];
        ushort? known = upper switch
        {
            "IN" => 1,
            "CH" => 3,
            "HS" => 4,
            "NONE" => 254,
            "ANY" => 255,
            _ => null,
        };
        if (known is null && upper.StartsWith("CLASS")
            && ushort.TryParse(upper[5..], NumberStyles.None, CultureInfo.InvariantCulture, out ushort value))
        {
            known = value;
        }

        rrClass = new RRClass(known ?? 0);
        return known is not null;
    }
}
