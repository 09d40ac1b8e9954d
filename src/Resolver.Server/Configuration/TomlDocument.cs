// A TOML text taken apart into assignments: whichever way TOML offers to write a key (table, dotted, inline),
// it comes out as one path with its value and their places. What the paths mean is the reader's matter.
using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using Tomlyn;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace Resolver.Server;

/// <summary>One key with its value.</summary>
/// <param name="Path">section.key.</param>
/// <param name="At">Where the key stands.</param>
/// <param name="Value">The value.</param>
internal sealed record TomlAssignment(string Path, SyntaxNode At, ValueSyntax Value);

/// <summary>One table, or one element of a repeated table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="At">Where its name stands.</param>
/// <param name="IsRepeated">True for [[name]].</param>
/// <param name="Assignments">What stands in it; paths begin with the table's name.</param>
internal sealed record TomlSection(
    string Name, SyntaxNode At, bool IsRepeated, List<TomlAssignment> Assignments);

/// <summary>Reads TOML.</summary>
internal static class TomlDocument
{
    private const string SyntaxAdvice = "correct the TOML; texts, durations and sizes stand in quotes";

    private const string EndAdvice =
        "close strings, brackets and braces; no value here stands in more than two brackets";

    private const string BrokenOff = "the text ends after a backslash in a string";

    /// <summary>
    /// The sections of a text; the first is what stands before any table. Mistakes of syntax are reported.
    /// </summary>
    public static List<TomlSection> Read(string text, KeyReading reading)
    {
        if (Parse(text, reading) is not { } document)
        {
            return [];
        }

        TomlSection top = new("", document, false, []);
        Collect(document.KeyValues, "", top.Assignments);
        List<TomlSection> sections = [top];
        foreach (TableSyntaxBase table in document.Tables)
        {
            TomlSection section = new(PathOf(table.Name!), table.Name!, table is TableArraySyntax, []);
            Collect(table.Items, section.Name + ".", section.Assignments);
            sections.Add(section);
        }

        return sections;
    }

    // Null when a mistake was reported.
    private static DocumentSyntax? Parse(string text, KeyReading reading)
    {
        if (!TryParse(text, reading, out DocumentSyntax? document, out string end))
        {
            Report(reading, FindEnd(text, reading, end), end, EndAdvice);
            return null;
        }

        foreach (DiagnosticMessage mistake in document.Diagnostics.Where(IsError))
        {
            Report(reading, mistake.Span.Start, mistake.Message, SyntaxAdvice);
        }

        return document.HasErrors ? null : document;
    }

    // Some mistakes end the parser instead of being listed.
    private static bool TryParse(
        string text, KeyReading reading, [NotNullWhen(true)] out DocumentSyntax? document, out string end)
    {
        document = null;
        end = "";
        try
        {
            document = SyntaxParser.Parse(text, reading.Source, validate: true);
            return true;
        }
        catch (TomlException e)
        {
            // Values that are nested too deeply. What follows the first sentence is for programmers.
            end = e.Message.Split(". ")[0];
            return false;
        }
        catch (ArgumentOutOfRangeException)
        {
            // It wants to show the character behind the backslash.
            end = BrokenOff;
            return false;
        }
    }

    // The parser does not say where: it is at the last character of the shortest beginning that ends it so.
    private static TextPosition FindEnd(string text, KeyReading reading, string end)
    {
        int good = end == BrokenOff ? text.Length - 1 : 0;
        int bad = text.Length;
        while (bad - good > 1)
        {
            int middle = good + ((bad - good) / 2);
            if (TryParse(text[..middle], reading, out _, out string other) || other != end)
            {
                good = middle;
            }
            else
            {
                bad = middle;
            }
        }

        ReadOnlySpan<char> before = text.AsSpan(0, good);
        return new TextPosition(good, before.Count('\n'), good - (before.LastIndexOf('\n') + 1));
    }

    private static void Report(KeyReading reading, TextPosition at, string what, string advice) =>
        reading.Problems.Add(new ConfigurationProblem(
            reading.Source,
            reading.HasLines ? at.Line + 1 : 0,
            reading.HasLines ? at.Column + 1 : 0,
            what.TrimEnd('.'),
            advice));

    private static bool IsError(DiagnosticMessage message) => message.Kind == DiagnosticMessageKind.Error;

    private static void Collect(
        IEnumerable<KeyValueSyntax> items, string prefix, List<TomlAssignment> assignments)
    {
        foreach (KeyValueSyntax item in items)
        {
            string path = prefix + PathOf(item.Key!);
            if (item.Value is InlineTableSyntax inline)
            {
                Collect(inline.Items.Select(static i => i.KeyValue!), path + ".", assignments);
            }
            else
            {
                assignments.Add(new TomlAssignment(path, item.Key!, item.Value!));
            }
        }
    }

    private static string PathOf(KeySyntax key) =>
        string.Join('.', key.DotKeys.Select(static d => PartOf(d.Key!)).Prepend(PartOf(key.Key!)));

    private static string PartOf(BareKeyOrStringValueSyntax part) => part switch
    {
        BareKeySyntax bare => bare.Key?.Text ?? "",
        StringValueSyntax quoted => quoted.Value ?? "",
        _ => "",
    };
}
