// The engine's instruments (docs/metrics.md lists all): counts are read when somebody scrapes, distributions
// are told as they happen and cost a branch when nobody listens.
using System;
using System.Collections.Generic;
using System.Diagnostics.Metrics;

namespace Resolver.Engine;

/// <summary>Instruments over the counts and caches of one resolver.</summary>
internal sealed class EngineMetrics
{
    private static readonly KeyValuePair<string, object?>[] Transports =
        [new("transport", "udp"), new("transport", "tcp")];

    private static readonly KeyValuePair<string, object?>[] Families =
        [new("family", "ipv4"), new("family", "ipv6")];

    private readonly Histogram<double> _roundTrip;
    private readonly Histogram<double> _headroom;

    /// <summary>Makes the instruments.</summary>
    public EngineMetrics(Meter meter, EngineCounts counts, ResolverCaches caches)
    {
        _roundTrip = meter.CreateHistogram(
            "resolver.upstream.round_trip", "s", "Time from asking a name server to its reply.",
            advice: Boundaries(.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5));
        _headroom = meter.CreateHistogram(
            "resolver.query.headroom", "1",
            "Part of the budget of exchanges that a client's question left when it ended.",
            advice: Boundaries(0, .1, .25, .5, .75, .9, .95, .97, .98, .99));
        Observe(meter, counts);
        Observe(meter, caches);
        meter.CreateObservableCounter(
            "resolver.upstream.exchanges", () => ReadExchanges(counts.Ends), null,
            "Exchanges with name servers by how they ended.");
        meter.CreateObservableCounter(
            "resolver.limits.met", () => ReadLimits(counts.Limits), null,
            "Client questions that ended by a limit.");
        meter.CreateObservableCounter(
            "resolver.dnssec.checks", () => ReadChecks(counts), null, "Signatures checked.");
        meter.CreateObservableCounter(
            "resolver.cache.lookups", () => ReadLookups(caches.Answers), null,
            "Look-ups of whole answers.");
    }

    /// <summary>A reply came.</summary>
    public void RecordRoundTrip(in Step step, TimeSpan elapsed) => _roundTrip.Record(
        elapsed.TotalSeconds,
        Transports[(int)step.Asked.Transport],
        Families[step.Endpoint.Address.IsIPv6 ? 1 : 0]);

    /// <summary>A client's question has ended.</summary>
    public void RecordHeadroom(WorkBudget budget) => _headroom.Record(budget.Headroom);

    private static InstrumentAdvice<double> Boundaries(params double[] bounds) =>
        new() { HistogramBucketBoundaries = bounds };

    private static void Observe(Meter meter, EngineCounts counts)
    {
        meter.CreateObservableCounter(
            "resolver.walks", () => counts.Walks, null, "Walks to name servers begun.");
        meter.CreateObservableCounter(
            "resolver.walks.failed", () => counts.Failures, null, "Walks that found no answer.");
        meter.CreateObservableCounter(
            "resolver.walks.joined", () => counts.Joins, null, "Questions that joined a walk under way.");
        meter.CreateObservableCounter(
            "resolver.walks.overdue", () => counts.Overdue, null, "Walks that the watchdog ended.");
        meter.CreateObservableUpDownCounter(
            "resolver.walks.in_flight", () => counts.InFlight, null, "Walks under way.");
    }

    private static void Observe(Meter meter, ResolverCaches caches)
    {
        meter.CreateObservableUpDownCounter(
            "resolver.cache.answers", () => caches.Answers.Count, null, "Whole answers kept.");
        meter.CreateObservableUpDownCounter(
            "resolver.cache.entries", () => caches.Entries, null,
            "RRsets, denials, delegations and failures kept.");
        meter.CreateObservableUpDownCounter(
            "resolver.cache.size", () => caches.Bytes, "By", "Octets that all caches take.");
        meter.CreateObservableCounter(
            "resolver.cache.evictions", () => caches.Evictions, null, "Entries that had to go for others.");
    }

    private static IEnumerable<Measurement<long>> ReadExchanges(ExchangeCounts ends)
    {
        foreach (bool isIPv6 in (bool[])[false, true])
        {
            foreach (ExchangeTransport transport in Enum.GetValues<ExchangeTransport>())
            {
                foreach (ExchangeStatus status in Enum.GetValues<ExchangeStatus>())
                {
                    yield return new Measurement<long>(
                        ends.Read(isIPv6, transport, status),
                        Transports[(int)transport],
                        Families[isIPv6 ? 1 : 0],
                        new KeyValuePair<string, object?>("outcome", NameOf(status)));
                }
            }
        }
    }

    private static IEnumerable<Measurement<long>> ReadLimits(LimitCounts limits)
    {
        foreach ((string name, long count) in limits.Met)
        {
            yield return new Measurement<long>(count, new KeyValuePair<string, object?>("limit", name));
        }
    }

    private static IEnumerable<Measurement<long>> ReadChecks(EngineCounts counts)
    {
        long failed = counts.FailedChecks;
        yield return new Measurement<long>(
            counts.Checks - failed, new KeyValuePair<string, object?>("result", "good"));
        yield return new Measurement<long>(failed, new KeyValuePair<string, object?>("result", "failed"));
    }

    private static IEnumerable<Measurement<long>> ReadLookups(AnswerCache answers)
    {
        yield return new Measurement<long>(
            answers.Hits, new KeyValuePair<string, object?>("result", "hit"));
        yield return new Measurement<long>(
            answers.Misses, new KeyValuePair<string, object?>("result", "miss"));
    }

    private static string NameOf(ExchangeStatus status) => status switch
    {
        ExchangeStatus.Reply => "reply",
        ExchangeStatus.TimedOut => "timed_out",
        ExchangeStatus.Unreachable => "unreachable",
        ExchangeStatus.ConnectionRefused => "connection_refused",
        ExchangeStatus.ConnectionClosed => "connection_closed",
        ExchangeStatus.TooManyMismatches => "too_many_mismatches",
        ExchangeStatus.WrongReply => "wrong_reply",
        ExchangeStatus.SocketsExhausted => "sockets_exhausted",
        ExchangeStatus.Stopped => "stopped",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };
}
