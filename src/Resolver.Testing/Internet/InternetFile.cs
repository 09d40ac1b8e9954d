// Reads internet.toml: a trust anchor and servers. Whatever it does not know, or knows otherwise, is a
// mistake with line and column; nothing is passed over in silence.
using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Net;
using Resolver.Wire;
using Tomlyn;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace Resolver.Testing;

/// <summary>The reader of one internet.toml.</summary>
internal sealed class InternetFile
{
    private const string ServerKeys = "addresses, zones, delay, loss and fault";

    private static readonly ImmutableArray<(string Text, ServerFault Fault)> FaultNames =
    [
        ("none", ServerFault.None), ("dead", ServerFault.Dead), ("lame", ServerFault.Lame),
        ("refused", ServerFault.Refused), ("truncated", ServerFault.Truncated),
        ("wrong-id", ServerFault.WrongId),
        ("wrong-question", ServerFault.WrongQuestion), ("no-edns", ServerFault.NoEdns),
        ("no-tcp", ServerFault.NoTcp),
    ];

    private readonly InternetParts _parts;
    private readonly string _name;

    private InternetFile(InternetFiles files)
    {
        _parts = new InternetParts(files);
        _name = files.NameOf(InternetFiles.Description);
    }

    /// <summary>Loads the internet that the files describe.</summary>
    /// <exception cref="InternetFormatException">A file is missing or wrong.</exception>
    public static SimulatedInternet Load(InternetFiles files)
    {
        InternetFile reader = new(files);
        if (files.Read(InternetFiles.Description, out string? error) is not { } text)
        {
            throw new InternetFormatException($"{reader._name}: {error}");
        }

        reader.Read(text);
        return reader._parts.Build();
    }

    private void Read(string text)
    {
        DocumentSyntax document;
        try
        {
            document = SyntaxParser.Parse(text, _name, validate: true);
        }
        catch (Exception e) when (e is TomlException or ArgumentOutOfRangeException)
        {
            // The parser gives up, and does not say where.
            _parts.Mistakes.Add($"{_name}: values are nested too deeply, or it ends after a backslash");
            return;
        }

        foreach (DiagnosticMessage mistake in document.Diagnostics.Where(
            static m => m.Kind == DiagnosticMessageKind.Error))
        {
            Complain(mistake.Span.Start.Line, mistake.Span.Start.Column, mistake.Message.TrimEnd('.'));
        }

        if (document.HasErrors)
        {
            return;
        }

        foreach (KeyValueSyntax item in document.KeyValues)
        {
            ReadTop(item);
        }

        foreach (TableSyntaxBase table in document.Tables)
        {
            if (table is TableArraySyntax && NameOf(table.Name!) == "server")
            {
                ReadServer(table);
            }
            else
            {
                string name = NameOf(table.Name!);
                Complain(table.Name!, $"'{name}' is no part of an internet: it has [[server]] parts");
            }
        }

        if (_parts.Mistakes.Count == 0 && !document.Tables.Any())
        {
            _parts.Mistakes.Add($"{_name}: there is no [[server]]");
        }
    }

    private void ReadTop(KeyValueSyntax item)
    {
        string name = NameOf(item.Key!);
        if (name == "sign")
        {
            ReadSign(item.Value!);
        }
        else if (name == "unsigned")
        {
            _parts.LeaveUnsigned([.. ReadTexts(item.Value!, "unsigned").SelectMany(ReadName)]);
        }
        else if (name != "trust-anchor")
        {
            Complain(
                item.Key!,
                $"unknown key '{name}': before the first [[server]] stand trust-anchor, sign and unsigned");
        }
        else if (item.Value is not StringValueSyntax { Value: { Length: > 0 } file })
        {
            Complain(item.Value!, "trust-anchor is the name of a file in quotes");
        }
        else if (!_parts.TrySetTrustAnchors(file, out string? error))
        {
            Complain(item.Value, error!);
        }
    }

    private void ReadSign(SyntaxNode value)
    {
        if (value is StringValueSyntax { Value: { Length: > 0 } seed })
        {
            _parts.SignFrom(seed);
        }
        else
        {
            Complain(value, "sign is a seed in quotes: any text");
        }
    }

    private void ReadServer(TableSyntaxBase table)
    {
        int before = _parts.Mistakes.Count;
        ServerSettings settings = new() { Addresses = [] };
        foreach (KeyValueSyntax item in table.Items)
        {
            settings = ReadKey(settings, item);
        }

        if (settings.Addresses.IsEmpty && _parts.Mistakes.Count == before)
        {
            Complain(table.Name!, "a server has addresses = [\"...\"]");
        }

        _parts.AddServer(settings);
    }

    private ServerSettings ReadKey(ServerSettings settings, KeyValueSyntax item)
    {
        SyntaxNode value = item.Value!;
        switch (NameOf(item.Key!))
        {
            case "addresses":
                return settings with
                {
                    Addresses = [.. ReadTexts(value, "addresses").SelectMany(ReadAddress)],
                };
            case "zones":
                return settings with { Zones = [.. ReadTexts(value, "zones").SelectMany(ReadZone)] };
            case "delay":
                return settings with { Delay = ReadDelay(value) };
            case "loss":
                return settings with { Loss = ReadLoss(value) };
            case "fault":
                return settings with { Fault = ReadFault(value) };
            default:
                Complain(item.Key!, $"unknown key '{NameOf(item.Key!)}': a server has {ServerKeys}");
                return settings;
        }
    }

    private IEnumerable<StringValueSyntax> ReadTexts(SyntaxNode value, string key)
    {
        if (value is not ArraySyntax array)
        {
            Complain(value, $"{key} is a list of texts, such as [\"...\", \"...\"]");
            return [];
        }

        foreach (ArrayItemSyntax item in array.Items.Where(static i => i.Value is not StringValueSyntax))
        {
            Complain(item, $"{key} holds texts in quotes");
        }

        return array.Items.Select(static i => i.Value).OfType<StringValueSyntax>();
    }

    private IEnumerable<IPAddress> ReadAddress(StringValueSyntax text)
    {
        // The framework also takes 1 for 0.0.0.1; what it prints again must be an address written out.
        if (!IPAddress.TryParse(text.Value, out IPAddress? address)
            || (!text.Value!.Contains(':', StringComparison.Ordinal) && address.ToString() != text.Value))
        {
            Complain(text, $"'{text.Value}' is no address");
        }
        else if (!_parts.TryTakeAddress(address))
        {
            Complain(text, $"another server has the address {address}");
        }
        else
        {
            return [address];
        }

        return [];
    }

    private IEnumerable<DomainName> ReadZone(StringValueSyntax text)
    {
        DomainName[] names = [.. ReadName(text)];
        foreach (DomainName zone in names)
        {
            if (!_parts.TryAddZone(zone, out string? error))
            {
                Complain(text, $"the zone {zone} has no file {InternetParts.FileOf(zone)}: {error}");
            }
        }

        return names;
    }

    private DomainName[] ReadName(StringValueSyntax text)
    {
        if (!string.IsNullOrEmpty(text.Value) && DomainName.TryParse(text.Value, out DomainName zone))
        {
            return [zone];
        }

        Complain(text, $"'{text.Value}' is no name of a zone");
        return [];
    }

    private TimeSpan ReadDelay(SyntaxNode value)
    {
        if (value is StringValueSyntax { Value: { } text })
        {
            bool isMilliseconds = text.EndsWith("ms", StringComparison.Ordinal);
            string digits = isMilliseconds ? text[..^2] : text.EndsWith('s') ? text[..^1] : "";
            if (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int count))
            {
                return isMilliseconds ? TimeSpan.FromMilliseconds(count) : TimeSpan.FromSeconds(count);
            }
        }

        Complain(value, "delay is a round trip such as \"10ms\" or \"2s\"");
        return TimeSpan.Zero;
    }

    private double ReadLoss(SyntaxNode value)
    {
        double loss = value switch
        {
            FloatValueSyntax number => number.Value,
            IntegerValueSyntax number => number.Value,
            _ => double.NaN,
        };
        if (loss is >= 0 and <= 1)
        {
            return loss;
        }

        Complain(value, "loss is a number from 0.0 to 1.0");
        return 0;
    }

    private ServerFault ReadFault(SyntaxNode value)
    {
        string? text = (value as StringValueSyntax)?.Value;
        foreach ((string name, ServerFault fault) in FaultNames)
        {
            if (name == text)
            {
                return fault;
            }
        }

        string words = string.Join(", ", FaultNames.Select(static f => $"\"{f.Text}\""));
        Complain(value, $"fault is one of {words}");
        return ServerFault.None;
    }

    private static string NameOf(KeySyntax key) => key.ToString().Trim();

    private void Complain(SyntaxNode at, string sentence) =>
        Complain(at.Span.Start.Line, at.Span.Start.Column, sentence);

    private void Complain(int line, int column, string sentence) => _parts.Mistakes.Add(string.Create(
        CultureInfo.InvariantCulture, $"{_name}:{line + 1}:{column + 1}: {sentence}"));
}
