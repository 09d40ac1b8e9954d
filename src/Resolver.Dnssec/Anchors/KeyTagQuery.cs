// The name by which a resolver tells a zone's servers which of its keys it trusts: RFC 8145 §5.1.
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Resolver.Wire;

namespace Resolver.Dnssec;

/// <summary>Forms key tag queries (type NULL).</summary>
internal static class KeyTagQuery
{
    // "_ta" and eleven tags of five octets each fill a label.
    private const int MaxTags = 12;

    /// <summary>The name for an anchor's tags: in hexadecimal, ascending, as a label holds.</summary>
    public static DomainName NameOf(DomainName zone, IEnumerable<ushort> tags)
    {
        StringBuilder label = new("_ta");
        foreach (ushort tag in tags.Distinct().Order().Take(MaxTags))
        {
            label.Append(CultureInfo.InvariantCulture, $"-{tag:x4}");
        }

        byte[] octets = Encoding.ASCII.GetBytes(label.ToString());
        return DomainName.FromValidWire([(byte)octets.Length, .. octets, .. zone.Wire]);
    }

    /// <summary>True when the first label is that of a key tag query.</summary>
    public static bool IsKeyTagQuery(DomainName name) =>
        name.Wire.Length > 4 && Ascii.EqualsIgnoreCase(name.Wire.Slice(1, 4), "_ta-"u8);
}
