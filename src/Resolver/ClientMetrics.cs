// The instruments on the clients' side (docs/metrics.md lists all).
using System;
using System.Collections.Generic;
using System.Diagnostics.Metrics;
using System.Linq;
using Resolver.Wire;

namespace Resolver;

/// <summary>Instruments over what clients asked and got.</summary>
internal sealed class ClientMetrics
{
    private static readonly string[] Transports = ["udp", "tcp", "call"];

    private readonly Histogram<double> _latency;

    /// <summary>Makes the instruments.</summary>
    public ClientMetrics(Meter meter, ResolverWorks works)
    {
        _latency = meter.CreateHistogram(
            "resolver.client.latency", "s",
            "Time to the reply of queries that were not answered in the turn in which they came.",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [.0001, .001, .005, .01, .025, .05, .1, .25, .5, 1, 2, 5],
            });
        meter.CreateObservableCounter(
            "resolver.client.queries", () => ReadQueries(works.Clients), null,
            "Queries for ordinary questions, by transport and type.");
        meter.CreateObservableCounter(
            "resolver.client.answers", () => ReadAnswers(works.Clients), null,
            "Replies by rcode; silence: deliberately none.");
        meter.CreateObservableUpDownCounter(
            "resolver.client.waiting", () => works.Waiting, null, "Client queries that wait for a reply.");
        meter.CreateObservableGauge(
            "resolver.client.oldest_age", () => works.OldestAge.TotalSeconds, "s",
            "How long the oldest of them has waited.");
        meter.CreateObservableUpDownCounter(
            "resolver.failures.kept_size", () => works.Failures.Octets, "By",
            "Octets that the traces of failed queries take.");
    }

    /// <summary>A query that had to wait was answered.</summary>
    public void RecordLatency(TimeSpan elapsed) => _latency.Record(elapsed.TotalSeconds);

    private static IEnumerable<Measurement<long>> ReadQueries(ClientRecords clients)
    {
        for (int transport = 0; transport < ClientCounts.Transports; transport++)
        {
            for (int type = 0; type < TypeClasses.Count; type++)
            {
                yield return new Measurement<long>(
                    clients.Counts.Sum(c => c.Queries(transport, type)),
                    new KeyValuePair<string, object?>("transport", Transports[transport]),
                    new KeyValuePair<string, object?>("type", TypeClasses.Names[type]));
            }
        }
    }

    private static IEnumerable<Measurement<long>> ReadAnswers(ClientRecords clients)
    {
        for (int kind = 0; kind < ClientCounts.AnswerKinds; kind++)
        {
            long count = clients.Counts.Sum(c => c.Answers(kind));
            string name = kind == ClientCounts.Silence ? "silence" : new Rcode((ushort)kind).ToString();
            if (count > 0 || kind <= Rcode.Refused.Value || kind == ClientCounts.Silence)
            {
                yield return new Measurement<long>(count, new KeyValuePair<string, object?>("rcode", name));
            }
        }
    }
}
