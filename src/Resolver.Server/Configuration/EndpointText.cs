// Addresses and ports as users write them. Stricter than the framework, which reads 10 as 0.0.0.10 and lets a
// port go missing where one is meant.
using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Resolver.Server;

/// <summary>Text forms of addresses and ports.</summary>
internal static class EndpointText
{
    /// <summary>
    /// Reads 192.0.2.1 or 2001:db8::1, the latter with a scope where needed (fe80::1%eth0).
    /// </summary>
    public static bool TryParseAddress(string text, [MaybeNullWhen(false)] out IPAddress address) =>
        TryParseAddress(text.AsSpan(), out address);

    /// <summary>Reads ADDRESS:PORT, an IPv6 address in brackets.</summary>
    public static bool TryParse(string text, [MaybeNullWhen(false)] out IPEndPoint endpoint)
    {
        endpoint = null;
        int colon = text.LastIndexOf(':');
        if (colon <= 0
            || !ushort.TryParse(
                text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
        {
            return false;
        }

        ReadOnlySpan<char> host = text.AsSpan(0, colon);
        bool isBracketed = host is ['[', .., ']'];
        if (isBracketed)
        {
            host = host[1..^1];
        }

        if (host.Contains(':') != isBracketed || !TryParseAddress(host, out IPAddress? address))
        {
            return false;
        }

        endpoint = new IPEndPoint(address, port);
        return true;
    }

    /// <summary>Reads ADDRESS or ADDRESS:PORT; the port is 53 when there is none, and never 0.</summary>
    public static bool TryParseServer(string text, [MaybeNullWhen(false)] out IPEndPoint endpoint)
    {
        string bare = text is ['[', .., ']'] ? text[1..^1] : text;
        if (TryParseAddress(bare, out IPAddress? address))
        {
            endpoint = new IPEndPoint(address, 53);
            return true;
        }

        return TryParse(text, out endpoint) && endpoint.Port != 0;
    }

    private static bool TryParseAddress(ReadOnlySpan<char> text, [MaybeNullWhen(false)] out IPAddress address)
    {
        address = null;
        bool isWhole = text.Contains(':') || text.Count('.') == 3;
        return isWhole && text is not ['[', ..] && IPAddress.TryParse(text, out address);
    }
}
