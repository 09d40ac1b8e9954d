// What explain shows: the walk, what came of it, and what it cost.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using Resolver.Engine;
using Resolver.Wire;

namespace Resolver.Server;

/// <summary>A resolution with its walk.</summary>
/// <param name="Name">The name asked for.</param>
/// <param name="Type">The type asked for.</param>
/// <param name="Resolution">What came of it, with a trace.</param>
internal sealed record Explanation(DomainName Name, RRType Type, Resolution Resolution)
{
    /// <summary>From the first step to the last one that was kept.</summary>
    public TimeSpan Elapsed => Walk.Events.Count > 0 ? Walk.Events[^1].At : TimeSpan.Zero;

    /// <summary>Since the failure that was kept; null for a walk of now.</summary>
    public TimeSpan? FailedAgo { get; init; }

    /// <summary>How often the question failed while it was kept.</summary>
    public int Times { get; init; }

    private Trace Walk => Resolution.Trace
        ?? throw new InvalidOperationException("A resolution to be explained was asked for with a trace.");

    private IEnumerable<TraceEvent> Queries => Walk.Events.Where(static e => e.Kind == TraceKind.Asked);

    /// <summary>The walk of a failure that was kept, at <paramref name="now"/>.</summary>
    public static Explanation Of(FailedQuery failed, long now)
    {
        Resolution resolution = new()
        {
            Rcode = failed.Rcode,
            Answer = [],
            Authority = [],
            ExtendedError = failed.Error,
            Trace = failed.Walk,
        };
        return new Explanation(failed.Question.Name, failed.Question.Type, resolution)
        {
            FailedAgo = new TimeSpan(now - failed.At),
            Times = failed.Times,
        };
    }

    /// <summary>As a page.</summary>
    public string ToText()
    {
        StringBuilder text = new(Heading());
        text.Append(WalkText.Format(Walk.Events, FailedAgo is null ? Walk.Dropped : 0));
        string error = Resolution.ExtendedError is { } known ? $", {known.Code}: {known.Text}" : "";
        text.Append(CultureInfo.InvariantCulture, $"\n{Name} {Type}: {Resolution.Rcode}{error}\n");
        foreach (ResourceRecord record in Resolution.Answer.Concat(Resolution.Authority))
        {
            text.Append(record).Append('\n');
        }

        int asked = Queries.Count();
        string left = Queries.LastOrDefault() is { } last
            ? string.Create(CultureInfo.InvariantCulture, $" ({last.ExchangesLeft} more were allowed)")
            : "";
        string queries = asked == 1 ? "query" : "queries";
        text.Append(CultureInfo.InvariantCulture, $"\nCost: {asked} {queries} to name servers");
        text.Append(CultureInfo.InvariantCulture, $"{left}, {Elapsed.TotalMilliseconds:F1} ms.\n");
        return text.ToString();
    }

    /// <summary>As data.</summary>
    public string ToJson()
    {
        WalkModel model = new()
        {
            Name = Name.ToString(),
            Type = Type.ToString(),
            Status = Resolution.Rcode.ToString(),
            Security = Resolution.Security.ToString(),
            ExtendedErrorCode = Resolution.ExtendedError?.Code.Value,
            ExtendedErrorText = Resolution.ExtendedError?.Text,
            Answer = [.. Resolution.Answer.Select(RecordModel.From)],
            Authority = [.. Resolution.Authority.Select(RecordModel.From)],
            Exchanges = Queries.Count(),
            ElapsedMs = Elapsed.TotalMilliseconds,
            FailedSecondsAgo = FailedAgo?.TotalSeconds,
            TimesFailed = FailedAgo is null ? null : Times,
            Steps = StepModel.From(Walk),
            StepsDropped = Walk.Dropped,
        };
        return JsonSerializer.Serialize(model, PrintedJson.Default.WalkModel) + "\n";
    }

    // A kept walk has lost its first steps when it was long, a walk of now its last ones.
    private string Heading()
    {
        if (FailedAgo is not { } ago)
        {
            return "";
        }

        string times = Times == 1 ? "" : string.Create(
            CultureInfo.InvariantCulture, $", as it did {Times} times of late");
        string lost = Walk.Dropped == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture, $" Its first {Walk.Dropped} steps were not kept.");
        string what = Resolution.Rcode == Rcode.ServFail
            ? "failed" : "could not be answered afresh, but with expired data,";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"A client's query {what} {ago.TotalSeconds:F1} s ago{times}. This is its walk.{lost}\n\n");
    }
}
