// The state of trust points as text for a file: one line for each zone and key, and last a digest over all
// before it, so that a file whose writing was broken off is recognised as a whole. RFC 5011 §2 asks that the
// state survives restarts.
using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Resolver.Wire;

namespace Resolver.Dnssec;

/// <summary>Reads and writes trust points.</summary>
internal static class TrustPointText
{
    private const string Title = "; trust anchors by RFC 5011: form 1, written by the resolver";
    private const string Digest = "; sha256 ";

    /// <summary>The text of trust points.</summary>
    public static string Format(IEnumerable<TrustPoint> points)
    {
        StringBuilder text = new();
        text.Append(Title).Append('\n');
        foreach (TrustPoint point in points)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"zone {point.Zone} {point.NextQuery} {point.LastSuccess} {point.Basis}\n");
            foreach (AnchorKey key in point.Keys)
            {
                string rdata = Convert.ToBase64String(key.Rdata.Span);
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"key {key.State} {key.Since} {key.TrustedFrom} {rdata}\n");
            }
        }

        string body = text.ToString();
        return body + Digest + DigestOf(body) + '\n';
    }

    /// <summary>
    /// Reads the text; false with the reason when it is not whole, and nothing of it is to be used.
    /// </summary>
    public static bool TryParse(string text, out ImmutableArray<TrustPoint> points, out string reason)
    {
        points = [];
        int end = text.LastIndexOf(Digest, StringComparison.Ordinal);
        if (!text.StartsWith(Title + '\n', StringComparison.Ordinal))
        {
            reason = "it does not begin as a file of trust anchor state does";
            return false;
        }

        if (end < 0 || text[(end + Digest.Length)..] != DigestOf(text[..end]) + '\n')
        {
            reason = "it is not whole: the digest at its end is missing or differs";
            return false;
        }

        return TryReadLines(text[(Title.Length + 1)..end].Split('\n'), out points, out reason);
    }

    private static bool TryReadLines(
        string[] lines, out ImmutableArray<TrustPoint> points, out string reason)
    {
        List<TrustPoint> read = [];
        points = [];
        for (int i = 0; i < lines.Length - 1; i++)
        {
            string[] words = lines[i].Split(' ');
            bool isRead = words switch
            {
                ["zone", _, _, _, _] => TryReadZone(words, read),
                ["key", _, _, _, _] when read.Count > 0 => TryReadKey(words, read),
                _ => false,
            };
            if (!isRead)
            {
                reason = string.Create(CultureInfo.InvariantCulture, $"its line {i + 2} is not understood");
                return false;
            }
        }

        points = [.. read];
        reason = "";
        return true;
    }

    private static bool TryReadZone(string[] words, List<TrustPoint> points)
    {
        if (!DomainName.TryParse(words[1], out DomainName zone)
            || !TryReadTime(words[2], out long next) || !TryReadTime(words[3], out long last))
        {
            return false;
        }

        points.Add(new TrustPoint(zone, [])
        {
            NextQuery = next,
            LastSuccess = last,
            Basis = words[4],
        });
        return true;
    }

    private static bool TryReadKey(string[] words, List<TrustPoint> points)
    {
        byte[] rdata = new byte[words[4].Length];
        if (!Enum.TryParse(words[1], out AnchorState state) || !Enum.IsDefined(state)
            || !TryReadTime(words[2], out long since) || !TryReadTime(words[3], out long from)
            || !Convert.TryFromBase64String(words[4], rdata, out int length) || length <= 4)
        {
            return false;
        }

        AnchorKey key = new(rdata.AsMemory(0, length), state, since) { TrustedFrom = from };
        points[^1] = points[^1] with { Keys = points[^1].Keys.Add(key) };
        return true;
    }

    private static bool TryReadTime(string word, out long seconds) =>
        long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out seconds);

    private static string DigestOf(string text) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
