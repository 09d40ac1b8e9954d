// Step 8: Exchange, over sockets. This type only tells datagrams from streams, keeps the exchanges under way
// and ends them when the loop stops; which port is used is decided by DatagramSource, which connection by
// ServerConnections, which reply counts by Resolver.Wire's ReplyMatcher. RFC 5452, RFC 7766.
using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Resolver.Engine;

namespace Resolver.Transport;

/// <summary>The way of one loop to name servers. Used on its loop only, save for the counters.</summary>
internal sealed class SocketUpstream : IUpstream
{
    private readonly UpstreamOptions _options;
    private readonly DatagramSource _source;
    private readonly ServerConnections _connections;
    private readonly LoopCompletionPool<ExchangeOutcome> _completions;
    private readonly Stack<DatagramExchange> _spare = new();
    private readonly List<DatagramExchange> _underWay = [];
    private readonly byte[] _datagramBuffer = new byte[ushort.MaxValue];
    private bool _stopped;

    /// <summary>An upstream that closes with its loop.</summary>
    public SocketUpstream(SocketLoop loop, IRandomSource random, UpstreamOptions options)
    {
        Loop = loop;
        _options = options;
        _source = new DatagramSource(loop, random, options, Counters);
        _completions = new LoopCompletionPool<ExchangeOutcome>(loop);
        _connections = new ServerConnections(loop, random, options, Counters);
        loop.AtStop(static upstream => ((SocketUpstream)upstream!).Stop(), this);
    }

    /// <summary>The loop.</summary>
    public SocketLoop Loop { get; }

    /// <summary>The limits in force.</summary>
    public ResolverLimits Limits => _options.Limits;

    /// <summary>What it has done.</summary>
    public UpstreamCounters Counters { get; } = new();

    /// <summary>UDP exchanges under way.</summary>
    public int DatagramsUnderWay => _underWay.Count;

    /// <summary>UDP sockets parked.</summary>
    public int SocketsParked => _source.Parked;

    /// <summary>TCP connections to servers, with and without exchanges.</summary>
    public int Connections => _connections.Count;

    /// <summary>Where datagrams of any exchange of this loop are received, one at a time.</summary>
    internal Span<byte> DatagramBuffer => _datagramBuffer;

    /// <inheritdoc/>
    public ValueTask<ExchangeOutcome> ExchangeAsync(ExchangeRequest request)
    {
        Loop.VerifyCurrent();
        if (_stopped)
        {
            return new ValueTask<ExchangeOutcome>(new ExchangeOutcome(ExchangeStatus.Stopped, TimeSpan.Zero));
        }

        // Step 8: Exchange.
        return request.Transport switch
        {
            ExchangeTransport.Udp => ExchangeDatagramAsync(request),
            ExchangeTransport.Tcp => _connections.ExchangeAsync(request, _completions.Rent()),
            _ => throw new ArgumentOutOfRangeException(nameof(request)),
        };
    }

    /// <summary>Takes back an exchange that has ended, and its socket.</summary>
    internal void Finish(DatagramExchange exchange, BoundSocket bound)
    {
        DatagramExchange last = _underWay[^1];
        _underWay[exchange.Slot] = last;
        last.Slot = exchange.Slot;
        _underWay.RemoveAt(_underWay.Count - 1);
        _spare.Push(exchange);
        _source.GiveBack(bound);
    }

    private ValueTask<ExchangeOutcome> ExchangeDatagramAsync(in ExchangeRequest request)
    {
        BoundSocket? bound = _source.Take(request.Server, out SocketResult result);
        if (bound is null)
        {
            bool unreachable = result == SocketResult.Unreachable;
            Counters.Exhausted += unreachable ? 0 : 1;
            return new ValueTask<ExchangeOutcome>(new ExchangeOutcome(
                unreachable ? ExchangeStatus.Unreachable : ExchangeStatus.SocketsExhausted, TimeSpan.Zero));
        }

        if (!_spare.TryPop(out DatagramExchange? exchange))
        {
            exchange = new DatagramExchange(this);
        }

        exchange.Slot = _underWay.Count;
        _underWay.Add(exchange);
        Counters.DatagramsSent++;
        LoopCompletion<ExchangeOutcome> completion = _completions.Rent();
        ValueTask<ExchangeOutcome> task = completion.Task;
        exchange.Begin(request, bound, completion);
        return task;
    }

    private void Stop()
    {
        _stopped = true;
        while (_underWay.Count > 0)
        {
            _underWay[^1].End(ExchangeStatus.Stopped);
        }

        _connections.Stop();
        _source.Close();
    }
}
