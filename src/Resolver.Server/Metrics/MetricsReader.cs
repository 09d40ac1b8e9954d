// Listens to the meter of one resolver. Counts are asked for at each scrape; distributions are told by the
// loops as they happen and pay a short search and an uncontended lock, on misses alone.
using System;
using System.Collections.Generic;
using System.Diagnostics.Metrics;
using System.Linq;
using System.Threading;

namespace Resolver.Server;

/// <summary>Keeps the figures of one meter.</summary>
internal sealed class MetricsReader : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Lock _lock = new();
    private readonly List<MetricFamily> _families = [];

    /// <summary>Listens to a meter from now on.</summary>
    public MetricsReader(Meter meter)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, meter))
            {
                MetricFamily family = new(instrument);
                _families.Add(family);
                listener.EnableMeasurementEvents(instrument, family);
            }
        };
        _listener.SetMeasurementEventCallback<long>(
            static (_, value, tags, family) => Take((MetricFamily)family!, value, tags));
        _listener.SetMeasurementEventCallback<int>(
            static (_, value, tags, family) => Take((MetricFamily)family!, value, tags));
        _listener.SetMeasurementEventCallback<double>(
            static (_, value, tags, family) => Take((MetricFamily)family!, value, tags));
        _listener.Start();
    }

    /// <summary>The page, with figures of now.</summary>
    public string Read()
    {
        lock (_lock)
        {
            _listener.RecordObservableInstruments();
            return PrometheusText.Format(_families.OrderBy(static f => f.Name, StringComparer.Ordinal));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private static void Take(
        MetricFamily family, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        MetricSeries series = family.Of(tags);
        if (family.Kind == MetricKind.Histogram)
        {
            series.Record(value, family.Bounds);
        }
        else
        {
            series.Value = value;
        }
    }
}
