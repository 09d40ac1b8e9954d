// Reads what stands between ENTRY_BEGIN and ENTRY_END. Records are zone-file lines with absolute names, of
// class IN and one hour's life unless they say otherwise.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Resolver.Wire;

namespace Resolver.Scenarios;

/// <summary>Reads one entry.</summary>
internal sealed class EntryReader(ScriptLines lines, Action<string> complain)
{
    private const uint DefaultTtl = 3600;

    private readonly ScenarioEntry _entry = new() { Line = lines.Number };
    private readonly StringBuilder _records = new();
    private MessageSection? _section;
    private bool _inQuestion;
    private bool _inRaw;

    public ScenarioEntry Read()
    {
        while (lines.TryNext(out string line))
        {
            string word = line.Split(' ', '\t')[0];
            if (word == "ENTRY_END")
            {
                EndSection();
                return _entry;
            }

            if (!TryReadDirective(word, line))
            {
                ReadContent(line);
            }
        }

        complain("ENTRY_END is missing");
        return _entry;
    }

    private bool TryReadDirective(string word, string line)
    {
        switch (word)
        {
            case "MATCH":
                ForEachWord(line, TryMatch);
                return true;
            case "ADJUST":
                ForEachWord(line, TryAdjust);
                return true;
            case "REPLY" or "FLAGS":
                ForEachWord(line, w => FlagText.TryApply(w, _entry.Message));
                return true;
            case "SECTION":
                BeginSection(line["SECTION".Length..].Split(';')[0].Trim());
                return true;
            case "RAW":
                BeginSection("RAW");
                return true;
            default:
                return false;
        }
    }

    private void BeginSection(string name)
    {
        EndSection();
        (_inQuestion, _inRaw) = (name == "QUESTION", name == "RAW");
        _section = name switch
        {
            "ANSWER" => MessageSection.Answer,
            "AUTHORITY" => MessageSection.Authority,
            "ADDITIONAL" => MessageSection.Additional,
            _ => null,
        };
        if (_section is null && !_inQuestion && !_inRaw)
        {
            complain($"not understood: SECTION {name}");
        }
    }

    private void ReadContent(string line)
    {
        if (_inQuestion)
        {
            ReadQuestion(line);
        }
        else if (_inRaw)
        {
            string digits = line.Split(';')[0].Replace(" ", "", StringComparison.Ordinal);
            _entry.Raw = [.. _entry.Raw ?? [], .. Convert.FromHexString(digits)];
        }
        else if (_section is not null)
        {
            _records.AppendLine(line);
        }
        else
        {
            complain($"not understood: {line}");
        }
    }

    private void ReadQuestion(string line)
    {
        string[] words = line.Split(';')[0].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        RRClass rrClass = RRClass.IN;
        if (words.Length is < 2 or > 3
            || !DomainName.TryParse(words[0], out DomainName name)
            || (words.Length == 3 && !RRClass.TryParse(words[1], out rrClass))
            || !RRType.TryParse(words[^1], out RRType type))
        {
            complain($"no question: {line}");
            return;
        }

        _entry.Message.Questions.Add(new ScriptQuestion(name, type, rrClass));
    }

    private void EndSection()
    {
        if (_section is not { } section)
        {
            return;
        }

        List<ZoneFileError> errors = [];
        using ZoneFileReader reader = ZoneFileReader.FromText(
            $"$TTL {DefaultTtl}\n{_records}", new ZoneFileOptions { Name = "entry" });
        foreach (ZoneRecord record in reader.ReadAll(errors))
        {
            _entry.Message.Records.Add((section, new ScriptRecord(
                record.Owner, record.Type, record.Class, record.Ttl, record.Rdata.ToArray())));
        }

        errors.ForEach(e => complain($"{section} of the entry that ends here: {e}"));
        _records.Clear();
        _section = null;
    }

    private void ForEachWord(string line, Func<string, bool> tryTake)
    {
        string[] words = line.Split(';')[0].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        foreach (string word in words.AsSpan(1))
        {
            if (!tryTake(word))
            {
                complain($"not understood: {word} in {line}");
            }
        }
    }

    private bool TryMatch(string word)
    {
        MatchField[]? fields = word.ToUpperInvariant() switch
        {
            "OPCODE" => [MatchField.Opcode],
            "QTYPE" => [MatchField.QType],
            "QNAME" => [MatchField.QName],
            "QCASE" => [MatchField.QCase],
            "SUBDOMAIN" => [MatchField.Subdomain],
            "QUESTION" => [MatchField.Question],
            "FLAGS" => [MatchField.Flags],
            "RCODE" => [MatchField.Rcode],
            "REPLY" => [MatchField.Flags, MatchField.Rcode],
            "ANSWER" => [MatchField.Answer],
            "AUTHORITY" => [MatchField.Authority],
            "ADDITIONAL" => [MatchField.Additional],
            "TTL" => [MatchField.Ttl],
            "DO" => [MatchField.DnssecOk],
            "EDNS" => [MatchField.Edns],
            "UDP" => [MatchField.Udp],
            "TCP" => [MatchField.Tcp],
            "ALL" =>
            [
                MatchField.Opcode, MatchField.QType, MatchField.QName, MatchField.Flags, MatchField.Rcode,
                MatchField.Answer, MatchField.Authority, MatchField.Additional,
            ],
            _ => null,
        };
        _entry.Matches.UnionWith(fields ?? []);
        return fields is not null;
    }

    private bool TryAdjust(string word)
    {
        string[] parts = word.Split('=');
        switch (parts[0])
        {
            case "copy_id" or "raw_id":
                _entry.Adjustments |= Adjustments.CopyId;
                return true;
            case "copy_query":
                _entry.Adjustments |= Adjustments.CopyQuery;
                return true;
            case "do_not_answer":
                _entry.Adjustments |= Adjustments.DoNotAnswer;
                return true;
            case "raw_data":
                _entry.Adjustments |= Adjustments.RawOctets;
                return true;
            case "sleep" or "packet_sleep" when parts.Length == 2:
                _entry.Delay = TimeSpan.FromSeconds(double.Parse(parts[1], CultureInfo.InvariantCulture));
                return true;
            default:
                return false;
        }
    }
}
