// A TOML text taken apart into assignments: whichever way TOML offers to write a key (table, dotted, inline),
// it comes out as one path with its value and their places. What the paths mean is the reader's matter.
using System.Collections.Generic;
using System.Linq;
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

    /// <summary>
    /// The sections of a text; the first is what stands before any table. Mistakes of syntax are reported.
    /// </summary>
    public static List<TomlSection> Read(string text, KeyReading reading)
    {
        DocumentSyntax document = SyntaxParser.Parse(text, reading.Source, validate: true);
        foreach (DiagnosticMessage mistake in document.Diagnostics.Where(IsError))
        {
            reading.Problems.Add(new ConfigurationProblem(
                reading.Source,
                reading.HasLines ? mistake.Span.Start.Line + 1 : 0,
                reading.HasLines ? mistake.Span.Start.Column + 1 : 0,
                mistake.Message.TrimEnd('.'),
                SyntaxAdvice));
        }

        if (document.HasErrors)
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
