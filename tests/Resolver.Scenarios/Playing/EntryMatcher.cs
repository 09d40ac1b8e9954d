// Is this the message that an entry describes? Sections are compared as sets, TTLs only where asked for; a
// section that the entry does not name is an empty one.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using Resolver.Engine;
using Resolver.Wire;

namespace Resolver.Scenarios;

/// <summary>Compares messages with entries.</summary>
internal static class EntryMatcher
{
    private const int ClientCookie = 8;
    private const int SoaTail = 5 * sizeof(uint);

    /// <summary>The first difference, as a sentence; null when there is none.</summary>
    public static string? Compare(
        ScenarioEntry entry, ScriptMessage got, ExchangeTransport transport = ExchangeTransport.Udp)
    {
        ScriptMessage expected = entry.Message;
        foreach (MatchField field in entry.Matches.Order())
        {
            string? difference = field switch
            {
                MatchField.Opcode => Differ("opcode", expected.Opcode, got.Opcode),
                MatchField.QType => Differ("qtype", expected.Question?.Type, got.Question?.Type),
                MatchField.QName => Differ("qname", expected.Question?.Name, got.Question?.Name),
                MatchField.QCase => Differ(
                    "qname (case)", expected.Question?.Name.ToString(), got.Question?.Name.ToString()),
                MatchField.Subdomain => IsBelow(got, expected) ? null : "qname is not below",
                MatchField.Question => Differ("question", Text(expected.Questions), Text(got.Questions)),
                MatchField.Flags => Differ("flags", FlagText.Of(expected.Flags), FlagText.Of(got.Flags)),
                MatchField.Rcode => Differ("rcode", expected.Rcode, got.Rcode),
                MatchField.Answer => CompareSection(entry, got, MessageSection.Answer),
                MatchField.Authority => CompareSection(entry, got, MessageSection.Authority),
                MatchField.Additional => CompareSection(entry, got, MessageSection.Additional),
                MatchField.Ttl => null,
                MatchField.DnssecOk => Differ("DO", expected.DnssecOk, got.DnssecOk),
                MatchField.Serial => Differ("serial", entry.Serial, SerialOf(got)),
                MatchField.Edns => Differ("EDNS", expected.HasEdns, got.HasEdns),
                MatchField.NoEdns => Differ("EDNS", false, got.HasEdns),
                MatchField.EdnsOptions => Differ(
                    "EDNS options",
                    Convert.ToHexString(expected.EdnsOptions),
                    Convert.ToHexString(got.EdnsOptions)),
                MatchField.ExtendedError => CompareExtendedError(entry, got),
                MatchField.ClientCookie => Differ("client cookie", true, CookieLength(got) >= ClientCookie),
                MatchField.ServerCookie => Differ("server cookie", true, CookieLength(got) > ClientCookie),
                MatchField.Nsid => Differ("NSID", true, got.FindOption(EdnsOptionCode.NSID) is not null),
                MatchField.Udp => Differ("transport", ExchangeTransport.Udp, transport),
                MatchField.Tcp => Differ("transport", ExchangeTransport.Tcp, transport),
                _ => throw new ArgumentOutOfRangeException(nameof(entry)),
            };
            if (difference is not null)
            {
                return difference;
            }
        }

        return null;
    }

    private static uint? SerialOf(ScriptMessage got)
    {
        ScriptRecord? soa = got.Records.Find(static r => r.Record.Type == RRType.Soa).Record;
        return soa is null ? null : BinaryPrimitives.ReadUInt32BigEndian(soa.Rdata.AsSpan(^SoaTail));
    }

    private static string? CompareExtendedError(ScenarioEntry entry, ScriptMessage got) =>
        got.FindOption(EdnsOptionCode.ExtendedError) is not { Length: >= 2 } error
            ? "extended error: there is none"
            : entry.ExtendedError is { } code
                ? Differ("extended error", code, BinaryPrimitives.ReadUInt16BigEndian(error))
            : null;

    private static int CookieLength(ScriptMessage got) => got.FindOption(EdnsOptionCode.Cookie)?.Length ?? 0;

    private static string? CompareSection(ScenarioEntry entry, ScriptMessage got, MessageSection section)
    {
        bool withTtl = entry.Matches.Contains(MatchField.Ttl);
        List<ScriptRecord> missing = [.. Without(entry.Message, got, section, withTtl)];
        List<ScriptRecord> surplus = [.. Without(got, entry.Message, section, withTtl)
            .Where(r => !entry.Optional.Exists(o => o.Section == section && o.Record.Key == r.Key))];
        ScriptRecord? twice = got.In(section).GroupBy(static r => r.Key)
            .FirstOrDefault(static g => g.Count() > 1)?.First();
        return twice is not null ? $"{section} has {twice} twice"
            : missing.Count > 0 ? $"{section} lacks {missing[0]}"
            : surplus.Count > 0 ? $"{section} has {surplus[0]} too"
            : null;
    }

    private static IEnumerable<ScriptRecord> Without(
        ScriptMessage one, ScriptMessage other, MessageSection section, bool withTtl)
    {
        HashSet<string> known = [.. other.In(section).Select(KeyOf)];
        return one.In(section).Where(r => !known.Contains(KeyOf(r)));

        string KeyOf(ScriptRecord record) => withTtl ? $"{record.Key} {record.Ttl}" : record.Key;
    }

    private static bool IsBelow(ScriptMessage got, ScriptMessage expected) =>
        got.Question is { } asked
            && expected.Question is { } ancestor
            && asked.Name.IsSubdomainOf(ancestor.Name);

    // Questions are compared case ignored; QCase is for those who want more.
    private static string Text(IEnumerable<ScriptQuestion> questions) =>
        string.Join(", ", questions).ToUpperInvariant();

    private static string? Differ<T>(string what, T expected, T got) =>
        EqualityComparer<T>.Default.Equals(expected, got) ? null : $"{what}: expected {expected}, got {got}";
}
