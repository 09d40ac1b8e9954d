// Step 8: Exchange, over sockets. This type only tells datagrams from streams, keeps the exchanges under way
// and ends them when the loop stops; which port is used is decided by DatagramSource, which connection by
// ServerConnections, which reply counts by Resolver.Wire's ReplyMatcher. RFC 5452, RFC 7766.
using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Resolver.Engine;

namespace Resolver.Transport;

/// <summary>The way of one loop to name servers. Used on its loop only, save for the counters.</summary>
internal sealed class SocketUpstream : IUpstream, IEndOfTurn
{
    private readonly UpstreamOptions _options;
    private readonly DatagramSource _source;
    private readonly ServerConnections _connections;
    private readonly LoopCompletionPool<ExchangeOutcome> _completions;
    private readonly Stack<DatagramExchange> _spare = new();
    private readonly List<DatagramExchange> _underWay = [];
    private List<DatagramExchange> _unsent = [];
    private List<DatagramExchange> _leaving = [];
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

    /// <summary>Takes back an exchange that has ended, and its socket if it had one.</summary>
    internal void Finish(DatagramExchange exchange, BoundSocket? bound)
    {
        DatagramExchange last = _underWay[^1];
        _underWay[exchange.Slot] = last;
        last.Slot = exchange.Slot;
        _underWay.RemoveAt(_underWay.Count - 1);
        _spare.Push(exchange);
        if (bound is not null)
        {
            _source.GiveBack(bound);
        }
    }

    private ValueTask<ExchangeOutcome> ExchangeDatagramAsync(in ExchangeRequest request)
    {
        if (!_spare.TryPop(out DatagramExchange? exchange))
        {
            exchange = new DatagramExchange(this);
        }

        exchange.Slot = _underWay.Count;
        _underWay.Add(exchange);
        Enqueue(exchange);
        LoopCompletion<ExchangeOutcome> completion = _completions.Rent();
        exchange.Prepare(request, completion);
        return completion.Task;
    }

    // What a turn asks leaves together when it ends: the system's code for sending stays at hand, and servers
    // (or the interface) are woken once for all of it.
    void IEndOfTurn.OnEndOfTurn()
    {
        (_unsent, _leaving) = (_leaving, _unsent);
        int next = 0;
        try
        {
            while (next < _leaving.Count)
            {
                DatagramExchange exchange = _leaving[next++];

                // The loop may have stopped, or the exchange be another one, by what those before it caused.
                if (exchange.IsUnsent)
                {
                    Send(exchange);
                }
            }
        }
        finally
        {
            // A fault keeps one from leaving, which ends by its timer, and not those behind it.
            for (; next < _leaving.Count; next++)
            {
                Enqueue(_leaving[next]);
            }

            _leaving.Clear();
        }
    }

    private void Enqueue(DatagramExchange exchange)
    {
        if (_unsent.Count == 0)
        {
            Loop.AtEndOfTurn(this);
        }

        _unsent.Add(exchange);
    }

    private void Send(DatagramExchange exchange)
    {
        exchange.StartClock();
        BoundSocket? bound = _source.Take(exchange.Request.Server, out SocketResult result);
        if (bound is not null)
        {
            Counters.DatagramsSent++;
            exchange.Begin(bound);
            return;
        }

        bool unreachable = result == SocketResult.Unreachable;
        Counters.Exhausted += unreachable ? 0 : 1;
        exchange.End(unreachable ? ExchangeStatus.Unreachable : ExchangeStatus.SocketsExhausted);
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
