// What is noted of every client query: counts by loop, the time it took, a line in the log when wanted. The
// fast lane pays two plain additions and one branch.
using System;
using System.Collections.Generic;
using System.Threading;
using Resolver.Engine;

namespace Resolver;

/// <summary>Notes of client queries of one resolver.</summary>
internal sealed class ClientRecords
{
    private readonly ClientCounts[] _counts;
    private QueryLog? _log;

    /// <summary>Nothing noted yet.</summary>
    public ClientRecords(int loops)
    {
        // Not by Select: on a range that is a generic virtual method, for which a native program makes types
        // when it starts.
        _counts = new ClientCounts[loops];
        for (int i = 0; i < loops; i++)
        {
            _counts[i] = new ClientCounts();
        }
    }

    /// <summary>The counts by loop.</summary>
    public IReadOnlyList<ClientCounts> Counts => _counts;

    /// <summary>The log of queries; null for none.</summary>
    public QueryLog? Log
    {
        get => Volatile.Read(ref _log);
        set => Volatile.Write(ref _log, value);
    }

    /// <summary>Where the time of answers is told to; null when nobody measures.</summary>
    public ClientMetrics? Metrics { get; set; }

    /// <summary>The counts of one loop.</summary>
    public ClientCounts Of(ILoop loop) => _counts[loop.Index];

    /// <summary>A query was answered, or left without reply, by the thread that received it.</summary>
    public void AnswerAtOnce(
        ILoop loop, in ClientContext client, ReadOnlySpan<byte> query, ReadOnlySpan<byte> reply)
    {
        _counts[loop.Index].Answer(reply);
        if (_log is { IsOn: true } log)
        {
            log.AnsweredAtOnce(client, query, reply);
        }
    }

    /// <summary>A query was answered after its turn.</summary>
    public void AnswerLater(ILoop loop, in ClientContext client, ClientQuery query, ReadOnlySpan<byte> reply)
    {
        TimeSpan elapsed = new(loop.Time.GetTimestamp() - query.Began);
        _counts[loop.Index].Answer(reply);
        Metrics?.RecordLatency(elapsed);
        if (_log is { IsOn: true } log)
        {
            log.AnsweredLater(client, query, reply, elapsed);
        }
    }
}
