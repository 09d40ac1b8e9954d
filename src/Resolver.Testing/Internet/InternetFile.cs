// Reads internet.toml: a trust anchor and servers. Whatever it does not know, or knows otherwise, is a
// mistake with line and column; nothing is passed over in silence.
using System;
using System.Collections.Generic;
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
        SyntaxNode value = item.Value!;
        string name = NameOf(item.Key!);
        switch (name)
        {
            case "sign":
                ReadSign(value);
                break;
            case "unsigned":
                _parts.LeaveUnsigned([.. ReadTexts(value, name).SelectMany(ReadName)]);
                break;
            case "nsec3" or "opt-out":
                _parts.HashDenials([.. ReadTexts(value, name).SelectMany(ReadName)], name == "opt-out");
                break;
            case "trust-anchor":
                ReadAnchor(value);
                break;
            default:
                Complain(
                    item.Key!,
                    $"unknown key '{name}': before the first [[server]] stand trust-anchor, sign, unsigned, "
                        + "nsec3 and opt-out");
                break;
        }
    }

    private void ReadAnchor(SyntaxNode value)
    {
        if (value is not StringValueSyntax { Value: { Length: > 0 } file })
        {
            Complain(value, "trust-anchor is the name of a file in quotes");
        }
        else if (!_parts.TrySetTrustAnchors(file, out string? error))
        {
            Complain(value, error!);
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
                return settings with { Delay = Read(value, ServerValues.ReadDelay, ServerValues.DelayForm) };
            case "loss":
                return settings with { Loss = Read(value, ServerValues.ReadLoss, ServerValues.LossForm) };
            case "fault":
                return settings with { Fault = Read(value, ServerValues.ReadFault, ServerValues.FaultForm) };
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

    private T Read<T>(SyntaxNode value, Func<SyntaxNode, T?> read, string form)
        where T : struct
    {
        T? found = read(value);
        if (found is null)
        {
            Complain(value, form);
        }

        return found ?? default;
    }

    private static string NameOf(KeySyntax key) => key.ToString().Trim();

    private void Complain(SyntaxNode at, string sentence) =>
        Complain(at.Span.Start.Line, at.Span.Start.Column, sentence);

    private void Complain(int line, int column, string sentence) => _parts.Mistakes.Add(string.Create(
        CultureInfo.InvariantCulture, $"{_name}:{line + 1}:{column + 1}: {sentence}"));
}
