// The figures of one instrument, by the values of its tags: the last value of what is read at each scrape,
// buckets of what is told as it happens.
using System;
using System.Collections.Generic;
using System.Threading;

namespace Resolver.Server;

/// <summary>One series: a value, or buckets.</summary>
internal sealed class MetricSeries
{
    private readonly Lock _lock = new();
    private readonly long[] _buckets;
    private double _sum;

    /// <summary>Begins with nothing; <paramref name="buckets"/> is 0 for a plain value.</summary>
    public MetricSeries(KeyValuePair<string, object?>[] tags, int buckets)
    {
        Tags = tags;
        _buckets = new long[buckets];
    }

    /// <summary>The tags.</summary>
    public KeyValuePair<string, object?>[] Tags { get; }

    /// <summary>The value.</summary>
    public double Value { get; set; }

    /// <summary>True when the tags are these.</summary>
    public bool Has(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length != Tags.Length)
        {
            return false;
        }

        for (int i = 0; i < tags.Length; i++)
        {
            if (tags[i].Key != Tags[i].Key || !Equals(tags[i].Value, Tags[i].Value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Takes one measurement into the first bucket whose bound is not below it.</summary>
    public void Record(double value, IReadOnlyList<double> bounds)
    {
        int bucket = 0;
        while (bucket < bounds.Count && value > bounds[bucket])
        {
            bucket++;
        }

        lock (_lock)
        {
            _buckets[bucket]++;
            _sum += value;
        }
    }

    /// <summary>A copy of the buckets, the last one without bound, and the sum of all measurements.</summary>
    public (long[] Buckets, double Sum) ReadBuckets()
    {
        lock (_lock)
        {
            return ([.. _buckets], _sum);
        }
    }
}
