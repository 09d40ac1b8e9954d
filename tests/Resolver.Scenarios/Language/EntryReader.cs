// Reads what stands between ENTRY_BEGIN and ENTRY_END. Records are zone-file lines with absolute names, of
// class IN and one hour's life unless they say otherwise. MATCH and ADJUST: MatchWords and AdjustWords.
// What stands in a section after the remark that it may or may not be there is no matter of the comparison.
using System;
using System.Collections.Generic;
using System.Text;
using Resolver.Wire;

namespace Resolver.Scenarios;

/// <summary>Reads one entry.</summary>
internal sealed class EntryReader(ScriptLines lines, Action<string> complain)
{
    private const uint DefaultTtl = 3600;

    private const string OptionalRemark = "may or may not be present";

    private static readonly char[] Blanks = [' ', '\t'];

    private readonly ScenarioEntry _entry = new() { Line = lines.Number };
    private readonly StringBuilder _records = new();
    private readonly StringBuilder _optional = new();
    private MessageSection? _section;
    private bool _isOptional;
    private Part _part;

    private enum Part
    {
        None,
        Question,
        Records,
        RawOctets,
        EdnsOctets,
    }

    public ScenarioEntry Read()
    {
        while (lines.TryNext(out string line))
        {
            string word = line.Split(Blanks)[0];
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
            case "MANDATORY":
                _entry.IsMandatory = true;
                return true;
            case "MATCH":
                ForEachWord(line, w => MatchWords.TryTake(w, _entry));
                return true;
            case "ADJUST":
                ForEachWord(line, w => AdjustWords.TryTake(w, _entry));
                return true;
            case "REPLY" or "FLAGS":
                ForEachWord(line, w => FlagText.TryApply(w, _entry.Message));
                return true;
            case "SECTION":
                BeginSection(line["SECTION".Length..].Split(';')[0].Trim());
                return true;
            case "RAW" or "HEX_ANSWER_BEGIN":
                Begin(Part.RawOctets);
                return true;
            case "HEX_EDNSDATA_BEGIN" or "HEX_EDNS_BEGIN":
                _entry.Message.HasEdns = true;
                Begin(Part.EdnsOctets);
                return true;
            case "HEX_ANSWER_END" or "HEX_EDNSDATA_END" or "HEX_EDNS_END":
                // The section that was open goes on: options stand inside ADDITIONAL.
                _part = _section is null ? Part.None : Part.Records;
                return true;
            default:
                return false;
        }
    }

    private void Begin(Part part)
    {
        if (part != Part.EdnsOctets)
        {
            EndSection();
        }

        _part = part;
    }

    private void BeginSection(string name)
    {
        EndSection();
        _section = name switch
        {
            "ANSWER" => MessageSection.Answer,
            "AUTHORITY" => MessageSection.Authority,
            "ADDITIONAL" => MessageSection.Additional,
            _ => null,
        };
        _part = _section is not null ? Part.Records
            : name == "QUESTION" ? Part.Question
            : name == "RAW" ? Part.RawOctets
            : Part.None;
        if (_part == Part.None)
        {
            complain($"not understood: SECTION {name}");
        }
    }

    private void ReadContent(string line)
    {
        switch (_part)
        {
            case Part.Question:
                ReadQuestion(line);
                break;
            case Part.RawOctets:
                _entry.Raw = [.. _entry.Raw ?? [], .. ReadHex(line)];
                break;
            case Part.EdnsOctets:
                _entry.Message.EdnsOptions = [.. _entry.Message.EdnsOptions, .. ReadHex(line)];
                break;
            case Part.Records:
                _isOptional |= lines.Remark.Contains(OptionalRemark, StringComparison.Ordinal);
                (_isOptional ? _optional : _records).AppendLine(WithoutSurplusPadding(line));
                break;
            case Part.None:
            default:
                complain($"not understood: {line}");
                break;
        }
    }

    // Signatures that are meant to be useless are sometimes written with padding that no decoder needs.
    private static string WithoutSurplusPadding(string line)
    {
        string[] words = line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        string text = words[^1].TrimEnd('=');
        bool isSurplus = words.Length > 2 && text.Length % 4 == 0 && words[^2].EndsWith('.');
        return isSurplus ? line.TrimEnd('=') : line;
    }

    private byte[] ReadHex(string line)
    {
        string digits = string.Concat(line.Split(';')[0].Split(Blanks));
        try
        {
            return Convert.FromHexString(digits);
        }
        catch (FormatException)
        {
            complain($"not understood: {line}");
            return [];
        }
    }

    private void ReadQuestion(string line)
    {
        string[] words = line.Split(';')[0].Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
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
        _part = Part.None;
        if (_section is not { } section)
        {
            return;
        }

        ReadRecords(_records, section, _entry.Message.Records);
        ReadRecords(_optional, section, _entry.Optional);
        _isOptional = false;
        _section = null;
    }

    private void ReadRecords(
        StringBuilder text, MessageSection section, List<(MessageSection, ScriptRecord)> records)
    {
        List<ZoneFileError> errors = [];
        using ZoneFileReader reader = ZoneFileReader.FromText(
            $"$TTL {DefaultTtl}\n{WholeOctets(text.ToString())}", new ZoneFileOptions { Name = "entry" });
        foreach (ZoneRecord record in reader.ReadAll(errors))
        {
            records.Add((section, new ScriptRecord(
                record.Owner, record.Type, record.Class, record.Ttl, record.Rdata.ToArray())));
        }

        errors.ForEach(e => complain($"{section} of the entry that ends here: {e}"));
        text.Clear();
    }

    // Deckard's reader passes over padding that is one too many at the end of a line.
    private static string WholeOctets(string records) =>
        records.Replace("UNUSABLE==", "UNUSABLE", StringComparison.Ordinal);

    private void ForEachWord(string line, Func<string, bool> tryTake)
    {
        string[] words = line.Split(';')[0].Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        foreach (string word in words.AsSpan(1))
        {
            if (!tryTake(word))
            {
                complain($"not understood: {word} in {line}");
            }
        }
    }
}
