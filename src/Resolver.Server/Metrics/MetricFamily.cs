// One instrument with its series, under the name that Prometheus gives it.
using System;
using System.Collections.Generic;
using System.Diagnostics.Metrics;
using System.Threading;

namespace Resolver.Server;

/// <summary>The kinds of families that the text format knows and that are used here.</summary>
internal enum MetricKind : byte
{
    /// <summary>Only grows.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>A distribution.</summary>
    Histogram,
}

/// <summary>An instrument's figures. Thread-safe.</summary>
internal sealed class MetricFamily
{
    private readonly Lock _lock = new();
    private MetricSeries[] _series = [];

    /// <summary>No figures yet.</summary>
    public MetricFamily(Instrument instrument)
    {
        Kind = instrument is Histogram<double> ? MetricKind.Histogram
            : instrument is ObservableCounter<long> or Counter<long> ? MetricKind.Counter
            : MetricKind.Gauge;
        Bounds = (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries ?? [];
        Help = instrument.Description ?? "";
        string unit = instrument.Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            "1" => "_ratio",
            _ => "",
        };
        Name = instrument.Name.Replace('.', '_') + unit + (Kind == MetricKind.Counter ? "_total" : "");
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>What it tells.</summary>
    public string Help { get; }

    /// <summary>The kind.</summary>
    public MetricKind Kind { get; }

    /// <summary>Upper bounds of the buckets, rising.</summary>
    public IReadOnlyList<double> Bounds { get; }

    /// <summary>The series.</summary>
    public IReadOnlyList<MetricSeries> Series => Volatile.Read(ref _series);

    /// <summary>The series of some tags, begun when there is none.</summary>
    public MetricSeries Of(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (MetricSeries series in Volatile.Read(ref _series))
        {
            if (series.Has(tags))
            {
                return series;
            }
        }

        lock (_lock)
        {
            foreach (MetricSeries series in _series)
            {
                if (series.Has(tags))
                {
                    return series;
                }
            }

            MetricSeries begun = new(tags.ToArray(), Kind == MetricKind.Histogram ? Bounds.Count + 1 : 0);
            Volatile.Write(ref _series, [.. _series, begun]);
            return begun;
        }
    }
}
