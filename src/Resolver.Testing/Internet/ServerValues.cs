// The values of a server in internet.toml that are neither names nor addresses: how far, how lossy, how
// faulty.
using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Tomlyn.Syntax;

namespace Resolver.Testing;

/// <summary>Reads a server's values; null: it is none.</summary>
internal static class ServerValues
{
    /// <summary>What a delay is.</summary>
    public const string DelayForm = "delay is a round trip such as \"10ms\" or \"2s\"";

    /// <summary>What a loss is.</summary>
    public const string LossForm = "loss is a number from 0.0 to 1.0";

    private static readonly ImmutableArray<(string Text, ServerFault Fault)> FaultNames =
    [
        ("none", ServerFault.None), ("dead", ServerFault.Dead), ("lame", ServerFault.Lame),
        ("refused", ServerFault.Refused), ("truncated", ServerFault.Truncated),
        ("wrong-id", ServerFault.WrongId),
        ("wrong-question", ServerFault.WrongQuestion), ("no-edns", ServerFault.NoEdns),
        ("no-tcp", ServerFault.NoTcp),
    ];

    /// <summary>What a fault is.</summary>
    public static string FaultForm =>
        "fault is one of " + string.Join(", ", FaultNames.Select(static f => $"\"{f.Text}\""));

    /// <summary>A round trip.</summary>
    public static TimeSpan? ReadDelay(SyntaxNode value)
    {
        string text = (value as StringValueSyntax)?.Value ?? "";
        bool isMilliseconds = text.EndsWith("ms", StringComparison.Ordinal);
        string digits = isMilliseconds ? text[..^2] : text.EndsWith('s') ? text[..^1] : "";
        return !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            ? null
            : isMilliseconds ? TimeSpan.FromMilliseconds(count) : TimeSpan.FromSeconds(count);
    }

    /// <summary>A probability.</summary>
    public static double? ReadLoss(SyntaxNode value)
    {
        double loss = value switch
        {
            FloatValueSyntax number => number.Value,
            IntegerValueSyntax number => number.Value,
            _ => double.NaN,
        };
        return loss is >= 0 and <= 1 ? loss : null;
    }

    /// <summary>A fault by its name.</summary>
    public static ServerFault? ReadFault(SyntaxNode value)
    {
        string? text = (value as StringValueSyntax)?.Value;
        foreach ((string name, ServerFault fault) in FaultNames)
        {
            if (name == text)
            {
                return fault;
            }
        }

        return null;
    }
}
