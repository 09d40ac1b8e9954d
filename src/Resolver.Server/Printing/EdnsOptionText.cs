// EDNS options as dig prints them.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;
using Resolver.Wire;

namespace Resolver.Server;

/// <summary>Prints EDNS options.</summary>
internal static class EdnsOptionText
{
    /// <summary>One line for each option.</summary>
    public static ImmutableArray<string> Format(ReadOnlySpan<byte> options)
    {
        List<string> lines = [];
        EdnsOptionEnumerator walk = new(options);
        while (walk.MoveNext())
        {
            lines.Add(FormatOne(walk.Code, walk.Content));
        }

        return [.. lines];
    }

    private static string FormatOne(EdnsOptionCode code, ReadOnlySpan<byte> content)
    {
        if (code == EdnsOptionCode.ExtendedError && content.Length >= 2)
        {
            return FormatExtendedError(content);
        }

        if (code == EdnsOptionCode.NSID)
        {
            return $"NSID: {Hex(content)} (\"{Ascii(content)}\")";
        }

        if (code == EdnsOptionCode.Cookie)
        {
            return "COOKIE: " + Convert.ToHexStringLower(content);
        }

        if (code == EdnsOptionCode.TcpKeepalive && content.Length == 2)
        {
            int tenths = BinaryPrimitives.ReadUInt16BigEndian(content);
            return string.Create(
                CultureInfo.InvariantCulture, $"TCP KEEPALIVE: {tenths / 10}.{tenths % 10} secs");
        }

        if (code == EdnsOptionCode.Padding)
        {
            return string.Create(CultureInfo.InvariantCulture, $"PAD: ({content.Length} bytes)");
        }

        if (code == EdnsOptionCode.ClientSubnet && TryFormatSubnet(content, out string subnet))
        {
            return "CLIENT-SUBNET: " + subnet;
        }

        string number = string.Create(CultureInfo.InvariantCulture, $"OPT={code.Value}:");
        return content.IsEmpty ? number : $"{number} {Hex(content)} (\"{Ascii(content)}\")";
    }

    private static string FormatExtendedError(ReadOnlySpan<byte> content)
    {
        ExtendedErrorCode code = new(BinaryPrimitives.ReadUInt16BigEndian(content));
        string name = code.ToString();
        string purpose = name.StartsWith("EDE", StringComparison.Ordinal) ? "" : $" ({name})";
        string text = content.Length > 2 ? $": ({Printable(content[2..])})" : "";
        return string.Create(CultureInfo.InvariantCulture, $"EDE: {code.Value}{purpose}{text}");
    }

    private static bool TryFormatSubnet(ReadOnlySpan<byte> content, out string text)
    {
        text = "";
        int octets = content is [0, 1, ..] ? 4 : content is [0, 2, ..] ? 16 : 0;
        if (octets == 0 || content.Length < 4 || content.Length - 4 > octets)
        {
            return false;
        }

        Span<byte> address = stackalloc byte[16];
        address.Clear();
        content[4..].CopyTo(address);
        text = string.Create(
            CultureInfo.InvariantCulture, $"{new IPAddress(address[..octets])}/{content[2]}/{content[3]}");
        return true;
    }

    private static string Hex(ReadOnlySpan<byte> octets) =>
        string.Join(' ', octets.ToArray().Select(static o => o.ToString("x2", CultureInfo.InvariantCulture)));

    // Octets from strangers reach a terminal here: what is not printable ASCII becomes a dot.
    private static string Ascii(ReadOnlySpan<byte> octets)
    {
        StringBuilder text = new(octets.Length);
        foreach (byte octet in octets)
        {
            text.Append(octet is >= (byte)' ' and <= (byte)'~' ? (char)octet : '.');
        }

        return text.ToString();
    }

    // EXTRA-TEXT is UTF-8 (RFC 8914 §2), whose letters are kept.
    private static string Printable(ReadOnlySpan<byte> octets)
    {
        StringBuilder text = new();
        foreach (Rune rune in Encoding.UTF8.GetString(octets).EnumerateRunes())
        {
            bool isSafe = Rune.GetUnicodeCategory(rune) is not (
                UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate);
            text.Append(isSafe ? rune.ToString() : ".");
        }

        return text.ToString();
    }
}
