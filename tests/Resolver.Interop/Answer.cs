// One record of an answer section as text, made comparable: names in lower case, white space single. The
// class is left out (every question of the lab is of class IN).

using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Globalization;

namespace Resolver.Interop;

internal sealed record Answer(string Owner, string Type, string Rdata, uint Ttl)
{
    // Types whose data is names and numbers, in which upper and lower case mean the same (RFC 4343).
    private static readonly FrozenSet<string> NamesOnly = new[]
    {
        "NS", "CNAME", "DNAME", "PTR", "MX", "SOA", "SRV", "RP", "AFSDB", "KX", "SVCB", "HTTPS",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What counts when two answers are compared.</summary>
    public string Key => $"{Owner} {Type} {Rdata}";

    /// <summary>Parses "OWNER TTL CLASS TYPE RDATA" as dig and kdig print it.</summary>
    public static bool TryParse(string line, out Answer? answer)
    {
        answer = null;
        string[] fields = line.Split((char[]?)null, 5, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 4 || !uint.TryParse(fields[1], CultureInfo.InvariantCulture, out uint ttl))
        {
            return false;
        }

        answer = Create(fields[0], fields[3], fields.Length > 4 ? fields[4] : "", ttl);
        return true;
    }

    public static Answer Create(string owner, string type, string rdata, uint ttl = 0)
    {
        return new Answer(CanonicalName(owner), type, Canonical(type, rdata), ttl);
    }

    // dig writes every octet outside the printable ones as \DDD and escapes a few others; kdig escapes more
    // than it must. Both agree once "\X" of a harmless X is taken as X.
    private static string CanonicalName(string name)
    {
        string lower = Lower(name);
        foreach (char harmless in "-_/*")
        {
            lower = lower.Replace($"\\{harmless}", harmless.ToString(), StringComparison.Ordinal);
        }

        return lower;
    }

    private static string Canonical(string type, string rdata)
    {
        var words = new List<string>(rdata.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        string text = string.Join(' ', words);
        if (NamesOnly.Contains(type))
        {
            text = Lower(text);
        }

        // Hexadecimal and base64 are printed in blocks of a width that each client chooses.
        return type switch
        {
            "TLSA" or "SMIMEA" => JoinAfter(words, 3).ToUpperInvariant(),
            "SSHFP" => JoinAfter(words, 2).ToUpperInvariant(),
            "CERT" => JoinAfter(words, 3),
            "LOC" => Without(Without(text, ".000"), ".00"),
            "OPENPGPKEY" => JoinAfter(words, 0),
            "SVCB" or "HTTPS" => Without(text, "\""),
            _ when words is ["\\#", ..] => JoinAfter(words, 2).ToUpperInvariant(),
            _ => text,
        };
    }

    private static string Without(string text, string part) =>
        text.Replace(part, "", StringComparison.Ordinal);

    private static string JoinAfter(List<string> words, int kept)
    {
        int head = Math.Min(kept, words.Count);
        string tail = string.Concat(words.GetRange(head, words.Count - head));
        return string.Join(' ', [.. words.GetRange(0, head), tail]).TrimEnd();
    }

    private static string Lower(string text)
    {
        return string.Create(text.Length, text, static (span, source) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = char.IsAsciiLetterUpper(source[i]) ? (char)(source[i] | 0x20) : source[i];
            }
        });
    }
}
