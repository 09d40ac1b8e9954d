// Which limits ended client queries, by the limit's name. Wherever a query ends by a limit, its extended
// error says "limit NAME met" or "limit NAME (VALUE) met": that sentence is read here, so that no place can
// tell the client one thing and the metrics another.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>Counts by limit. Thread-safe.</summary>
internal sealed class LimitCounts
{
    private const string Begin = "limit ";

    // The rate of a client is the one bound of [limits] that is off unless somebody turns it on.
    private readonly string[] _names =
        [.. ResolverLimits.All.Select(static row => row.Limit.Name), "client-queries-per-second"];

    private readonly long[] _counts;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _places;

    public LimitCounts()
    {
        _counts = new long[_names.Length];
        _places = _names.Select(static (name, place) => (name, place))
            .ToDictionary(static row => row.name, static row => row.place, StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Limits met at least once, with how often.</summary>
    public IEnumerable<KeyValuePair<string, long>> Met
    {
        get
        {
            for (int i = 0; i < _counts.Length; i++)
            {
                long count = Volatile.Read(ref _counts[i]);
                if (count > 0)
                {
                    yield return new KeyValuePair<string, long>(_names[i], count);
                }
            }
        }
    }

    /// <summary>Counts the limit that the reason names, if it names one.</summary>
    public void Add(ExtendedError? reason)
    {
        if (reason is null || !reason.Text.StartsWith(Begin, StringComparison.Ordinal))
        {
            return;
        }

        ReadOnlySpan<char> name = reason.Text.AsSpan(Begin.Length);
        int end = name.IndexOf(' ');
        name = end < 0 ? name : name[..end];
        if (_places.TryGetValue(name, out int place))
        {
            Interlocked.Increment(ref _counts[place]);
        }
    }
}
