// Names as zone files write them: "@" is the origin, whatever that is; all else is NameText's matter. RFC
// 1035 §5.1.
using System;

namespace Resolver.Wire;

/// <summary>Reads names of zone files.</summary>
internal static class ZoneNames
{
    /// <summary>Reads a name into <paramref name="name"/> (room for 255 octets).</summary>
    public static bool TryParse(
        ReadOnlySpan<char> word, ReadOnlySpan<byte> origin, Span<byte> name, out int length,
        out WireError error)
    {
        if (word is not "@")
        {
            return NameText.TryParse(word, origin, name, out length, out error);
        }

        origin.CopyTo(name);
        length = origin.Length;
        error = WireError.None;
        return true;
    }

    /// <summary>The end of a sentence that begins with the word that is no name.</summary>
    public static string Explain(WireError error) =>
        error == WireError.NameTooLong ? "is a name of more than 255 octets, its origin counted"
        : error == WireError.BadLabel ? "has a label that is empty or longer than 63 octets"
        : "is no name: a character outside ASCII, or a wrong escape";
}
