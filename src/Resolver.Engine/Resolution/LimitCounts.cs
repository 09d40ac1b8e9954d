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

    private readonly long[] _counts = new long[ResolverLimits.All.Length];
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _places = ResolverLimits.All
        .Select(static (row, place) => (row.Limit.Name, place))
        .ToDictionary(static row => row.Name, static row => row.place, StringComparer.Ordinal)
        .GetAlternateLookup<ReadOnlySpan<char>>();

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
                    yield return new KeyValuePair<string, long>(ResolverLimits.All[i].Limit.Name, count);
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
