// The content that files of records must have: root hints hold NS records of the root and addresses of the
// servers (RFC 9609 §2), trust anchors DS or DNSKEY records (RFC 4034 §2, §5).
using System.Collections.Generic;
using System.Linq;
using Resolver.Wire;

namespace Resolver.Server;

/// <summary>Checks files of records.</summary>
internal static class RecordFile
{
    /// <summary>Reports what makes a text no root hints file.</summary>
    public static void CheckHints(string text, string source, List<ConfigurationProblem> problems)
    {
        // As for anchors below: hints need no TTL.
        if (Read(text, new ZoneFileOptions { Name = source, Ttl = 0 }, problems) is not { } records)
        {
            return;
        }

        HashSet<DomainName> servers = [.. records.Where(IsServerOfRoot).Select(ServerOf)];
        if (!records.Any(r => (r.Type == RRType.A || r.Type == RRType.Aaaa) && servers.Contains(r.Owner)))
        {
            problems.Add(new ConfigurationProblem(
                source, 0, 0, "no address of a server of the root stands in it",
                "name a file such as root.hints"));
        }
    }

    /// <summary>Reports what makes a text no file of trust anchors.</summary>
    public static void CheckAnchors(string text, string source, List<ConfigurationProblem> problems)
    {
        // Anchors have no use for a TTL, and files of them often give none.
        if (Read(text, new ZoneFileOptions { Name = source, Ttl = 0 }, problems) is not { } records)
        {
            return;
        }

        // The first stranger is told: where one stands, whole files of them do.
        if (records.FirstOrDefault(static r => r.Type != RRType.DS && r.Type != RRType.Dnskey) is { } record)
        {
            problems.Add(new ConfigurationProblem(
                source, record.Line, 1, $"{record.Type} is no trust anchor",
                "keep DS and DNSKEY records alone"));
        }

        if (records.Count == 0)
        {
            problems.Add(new ConfigurationProblem(
                source, 0, 0, "it holds no record", "write DS or DNSKEY records into it, or leave it out"));
        }
    }

    private static bool IsServerOfRoot(ZoneRecord record) => record.Type == RRType.NS && record.Owner.IsRoot;

    private static DomainName ServerOf(ZoneRecord record) =>
        DomainName.FromValidWire(record.Rdata.Span).ToCanonical();

    private static IReadOnlyList<ZoneRecord>? Read(
        string text, ZoneFileOptions options, List<ConfigurationProblem> problems)
    {
        List<ZoneFileError> mistakes = [];
        using ZoneFileReader reader = ZoneFileReader.FromText(text, options);
        IReadOnlyList<ZoneRecord> records = reader.ReadAll(mistakes);
        problems.AddRange(mistakes.Select(m => new ConfigurationProblem(
            m.File, m.Line, m.Column, m.Sentence, "correct the record, or remove it")));
        return mistakes.Count == 0 ? records : null;
    }
}
