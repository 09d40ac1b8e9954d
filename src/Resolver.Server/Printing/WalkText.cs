// The walk to an answer as a page for a newcomer: time at the left, one line for each step, deeper questions
// further in. Made of trace events alone.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Resolver.Engine;

namespace Resolver.Server;

/// <summary>Prints walks.</summary>
internal static class WalkText
{
    /// <summary>All steps, one line each.</summary>
    public static string Format(IReadOnlyList<TraceEvent> steps, int dropped)
    {
        StringBuilder text = new();
        foreach (TraceEvent step in steps)
        {
            int depth = step.Depth + (IsDetail(step.Kind) ? 1 : 0);
            text.Append(CultureInfo.InvariantCulture, $"{step.At.TotalMilliseconds,9:F1} ms  ");
            text.Append(' ', 2 * depth);
            text.Append(Escape(Sentence(step))).Append(Escape(Why(step))).Append(Cost(step)).Append('\n');
        }

        if (dropped > 0)
        {
            text.Append(' ', 14);
            text.Append(CultureInfo.InvariantCulture, $"… and {dropped} more steps that were not kept\n");
        }

        return text.ToString();
    }

    // Steps that belong to the one before them.
    private static bool IsDetail(TraceKind kind) =>
        kind is TraceKind.Answered or TraceKind.Scrubbed or TraceKind.Stored or TraceKind.Validated;

    private static string Sentence(TraceEvent step) => step.Kind switch
    {
        TraceKind.Started => $"Question: {step.Name} {step.Type}",
        TraceKind.CacheHit => $"The cache has {step.Name} {step.Type}{Verdict(step)}",
        TraceKind.LocalAnswer => $"{step.Name} {step.Type} is answered without asking anybody{Verdict(step)}",
        TraceKind.Joined => $"Wait for {step.Name} {step.Type}",
        TraceKind.ZoneEntered => $"Go to the servers of {step.Zone}",
        TraceKind.AddressNeeded => $"An address is needed first: {step.Name} {step.Type}",
        TraceKind.Asked =>
            $"Ask {step.ServerName} at {step.Server} by {step.Transport?.ToUpperInvariant()}: "
            + $"{step.Name} {step.Type}?",
        TraceKind.Answered => step.Rcode is null
            ? $"No reply{Verdict(step)}, after {Milliseconds(step.Elapsed)}"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Reply {step.Rcode}, {step.Octets} octets after {Milliseconds(step.Elapsed)}")
                + Verdict(step),
        TraceKind.Scrubbed => $"Dropped{Verdict(step)}",
        TraceKind.Stored => $"Keep {step.Name} {step.Type}{Verdict(step)}",
        TraceKind.AliasFollowed => $"{step.Name} is an alias: go on with {step.Verdict}",
        TraceKind.LimitMet => "A limit is met",
        TraceKind.Validated => $"Validation of {step.Name} {step.Type}{Verdict(step)}",
        TraceKind.Finished => $"Done: {step.Name} {step.Type} is {step.Verdict}",
        _ => step.Kind.ToString(),
    };

    private static string Verdict(TraceEvent step) =>
        step.Verdict is { } verdict ? ": " + Words(verdict) : "";

    private static string Why(TraceEvent step) =>
        string.IsNullOrEmpty(step.Reason) ? "" : $" ({step.Reason})";

    private static string Cost(TraceEvent step) => step.Kind != TraceKind.Asked
        ? ""
        : string.Create(
            CultureInfo.InvariantCulture, $"  [exchange {step.Exchanges}, {step.ExchangesLeft} left]");

    private static string Milliseconds(TimeSpan? time) =>
        string.Create(CultureInfo.InvariantCulture, $"{(time ?? TimeSpan.Zero).TotalMilliseconds:F1} ms");

    // A word made of words (TimedOut) becomes words (timed out); sentences stay as they are.
    private static string Words(string verdict)
    {
        if (verdict.Contains(' ', StringComparison.Ordinal) || verdict.Contains(
            '.', StringComparison.Ordinal))
        {
            return verdict;
        }

        StringBuilder words = new();
        for (int i = 0; i < verdict.Length; i++)
        {
            bool begins = i > 0 && char.IsUpper(verdict[i]) && char.IsLower(verdict[i - 1]);
            bool isAcronym = i + 1 < verdict.Length ? char.IsUpper(verdict[i + 1]) : i > 0 && char.IsUpper(
                verdict[i - 1]);
            words.Append(begins ? " " : "");
            words.Append(isAcronym ? verdict[i] : char.ToLowerInvariant(verdict[i]));
        }

        return words.ToString();
    }

    // Texts of replies reach a terminal here.
    internal static string Escape(string text)
    {
        StringBuilder safe = new(text.Length);
        foreach (char c in text)
        {
            safe.Append(char.IsControl(c) ? '.' : c);
        }

        return safe.ToString();
    }
}
