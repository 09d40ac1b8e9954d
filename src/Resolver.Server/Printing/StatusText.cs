// How a running server fares, as a page for people and as JSON.
using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace Resolver.Server;

/// <summary>Formats the state of a server.</summary>
internal static class StatusText
{
    /// <summary>As JSON.</summary>
    public static string ToJson(StatusModel status) =>
        JsonSerializer.Serialize(status, PrintedJson.Default.StatusModel) + "\n";

    /// <summary>As a page.</summary>
    public static string Format(StatusModel status)
    {
        StringBuilder text = new();
        string metrics = status.Metrics is null ? "" : $", metrics on http://{status.Metrics}/metrics";
        Append(text, "resolver",
            $"{status.Version}, up {Span(status.UptimeSeconds)}, "
            + $"answering on {string.Join(", ", status.Listen)}{metrics}");
        QueryStatus queries = status.Queries;
        Append(text, "Queries",
            Invariant($"{queries.Udp + queries.Tcp:N0} ({queries.Udp:N0} by UDP, {queries.Tcp:N0} by TCP), ")
            + Invariant($"{Percent(queries.Hits, queries.Hits + queries.Misses)} straight from the cache, ")
            + Invariant($"{queries.Dropped:N0} dropped, {queries.TcpConnections:N0} TCP connections open"));
        Append(text, "Answers", Counts(status.Answers, "none yet"));
        FlightStatus flight = status.InFlight;
        string oldest = flight.Queries == 0
            ? ""
            : Invariant($", the oldest since {flight.OldestMs / 1000:F1} s");
        Append(text, "In flight", Invariant(
            $"{Number(flight.Queries, "query", "queries")}{oldest}; {Number(flight.Walks, "walk", "walks")}")
            + (flight.Overdue == 0 ? "" : Invariant($"; {flight.Overdue:N0} ended by the watchdog")));
        CacheStatus cache = status.Cache;
        Append(text, "Cache",
            $"{Mebi(cache.Octets)} of {Mebi(cache.Size)}, "
            + Invariant($"{cache.Entries:N0} entries, {cache.Answers:N0} whole answers, ")
            + Invariant($"{cache.Evictions:N0} evicted"));
        Append(text, "IPv4", Family(status.Ipv4));
        Append(text, "IPv6", Family(status.Ipv6));
        if (status.Clock is { } clock)
        {
            string spared = string.Join(", ", clock.Spared);
            Append(text, "Clock",
                Invariant($"wrong: it says {clock.Says:u}, signatures are judged by {clock.LastGood:u}")
                + (spared.Length == 0 ? "" : $", those of {spared} not at all"));
        }

        if (!status.NegativeTrustAnchors.IsEmpty)
        {
            Append(text, "Not judged", string.Join(", ", status.NegativeTrustAnchors.Select(
                static a => a.Until is { } until ? Invariant($"{a.Name} until {until:u}") : a.Name)));
        }

        Append(text, "Limits met", Counts(status.LimitsMet, "none"));
        Append(text, "Failures", status.LastFailures.IsEmpty ? "none" : "the last ones:");
        foreach (FailureStatus failure in status.LastFailures)
        {
            string times = failure.Times == 1 ? "" : Invariant($", {failure.Times} times");
            text.Append("  ").Append(failure.Name).Append(' ').Append(failure.Type);
            text.Append(CultureInfo.InvariantCulture, $" ({Span(failure.SecondsAgo)} ago{times}): ");
            text.Append(WalkText.Escape(failure.Reason)).Append('\n');
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string what, string value) =>
        text.Append(what.PadRight(12)).Append(value).Append('\n');

    private static string Family(FamilyStatus family)
    {
        if (family.Exchanges == 0)
        {
            return "no name server asked yet";
        }

        string last = family.LastReplySecondsAgo is { } ago
            ? $"the last reply {Span(ago)} ago"
            : "no reply yet";
        string unreachable = family.Unreachable == 0
            ? ""
            : Invariant($", {family.Unreachable:N0} without a way there");
        string health = family.Works switch
        {
            true => "works: ",
            false => "does not work here, and is tried now and then: ",
            null => "",
        };
        return health + Invariant($"{Number(family.Exchanges, "exchange", "exchanges")} with name servers, ")
            + $"{Percent(family.Replies, family.Exchanges)} answered{unreachable}, {last}";
    }

    private static string Counts(ImmutableSortedDictionary<string, long> counts, string none) =>
        counts.Count == 0
        ? none
        : string.Join(", ", counts.OrderByDescending(static c => c.Value)
            .Select(static c => Invariant($"{c.Key} {c.Value:N0}")));

    private static string Number(long count, string one, string many) =>
        Invariant($"{count:N0} {(count == 1 ? one : many)}");

    private static string Percent(long part, long whole) =>
        whole == 0 ? "0 %" : Invariant($"{100.0 * part / whole:F1} %");

    private static string Mebi(long octets) => Invariant($"{octets / 1048576.0:F1} MiB");

    private static string Span(double seconds)
    {
        TimeSpan span = TimeSpan.FromSeconds(seconds);
        return span.TotalDays >= 1 ? Invariant($"{(int)span.TotalDays} d {span.Hours} h")
            : span.TotalHours >= 1 ? Invariant($"{(int)span.TotalHours} h {span.Minutes} min")
            : span.TotalMinutes >= 1 ? Invariant($"{(int)span.TotalMinutes} min {span.Seconds} s")
            : Invariant($"{seconds:F1} s");
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
