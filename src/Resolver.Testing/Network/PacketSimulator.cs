// Step 8: Exchange, over a simulated network. This type keeps what the exchanges of one loop share (chance,
// completions, buffers, counts) and ends them when the loop stops; PacketExchange plays one of them.
using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Resolver.Engine;
using Resolver.Transport;

namespace Resolver.Testing;

/// <summary>
/// The way of one loop to the servers of a simulated internet. Needs only an <see cref="ILoop"/>: under a
/// virtual one the delays cost nothing, under a real one they are waited for. Used on its loop, save for the
/// counts.
/// </summary>
internal sealed class PacketSimulator : IUpstream
{
    private readonly LoopCompletionPool<ExchangeOutcome> _completions;
    private readonly List<PacketExchange> _underWay = [];
    private readonly byte[] _replyBuffer = new byte[ushort.MaxValue];
    private bool _stopped;
    private long _nextLoss;

    /// <summary>A way to the servers; the draws of each loop are its own.</summary>
    public PacketSimulator(
        ILoop loop, SimulatedInternet internet, PacketSimulatorOptions options, ResolverLimits limits)
    {
        Loop = loop;
        Internet = internet;
        Options = options;
        Limits = limits;
        Random = new SeededRandom(options.Seed + ((ulong)loop.Index << 32));
        _completions = new LoopCompletionPool<ExchangeOutcome>(loop);
        SendOrPostCallback stop = static upstream => ((PacketSimulator)upstream!).Stop();
        (loop as SocketLoop)?.AtStop(stop, this);
        (loop as VirtualLoop)?.AtStop(stop, this);
    }

    /// <summary>The loop.</summary>
    public ILoop Loop { get; }

    /// <summary>The clock of what happens away from the loop; null: the loop's own.</summary>
    public TimeProvider? World { get; init; }

    /// <summary>Where the servers are.</summary>
    public SimulatedInternet Internet { get; }

    /// <summary>The network's faults; may be replaced while running.</summary>
    public PacketSimulatorOptions Options { get; set; }

    /// <summary>The limits of the socket upstream, which hold here too.</summary>
    public ResolverLimits Limits { get; }

    /// <summary>What it has done, in the words of the socket upstream.</summary>
    public UpstreamCounters Counters { get; } = new();

    /// <summary>Exchanges under way.</summary>
    public int UnderWay => _underWay.Count;

    /// <summary>Where exchanges are written down; null: nowhere.</summary>
    public ExchangeLog? Log { get; set; }

    internal SeededRandom Random { get; }

    /// <summary>Room for the reply that a server writes.</summary>
    internal Span<byte> ReplyBuffer => _replyBuffer;

    /// <summary>A datagram is to be lost; false when it is too soon after another.</summary>
    public bool TryLose()
    {
        long now = Loop.Time.GetTimestamp();
        if (now < _nextLoss)
        {
            return false;
        }

        _nextLoss = now + Options.LossPause.Ticks;
        return true;
    }

    /// <inheritdoc/>
    public ValueTask<ExchangeOutcome> ExchangeAsync(ExchangeRequest request)
    {
        // Step 8: Exchange.
        if (!Loop.IsCurrent)
        {
            throw new InvalidOperationException("An exchange was begun off its loop.");
        }

        bool hasWay = request.Server.Address.IsIPv6 ? Options.HasIPv6 : Options.HasIPv4;
        if (_stopped || !hasWay)
        {
            return new ValueTask<ExchangeOutcome>(
                Refuse(request, _stopped ? ExchangeStatus.Stopped : ExchangeStatus.Unreachable));
        }

        Transport.LoopCompletion<ExchangeOutcome> completion = _completions.Rent();
        ValueTask<ExchangeOutcome> task = completion.Task;
        PacketExchange exchange = new(this, request, completion);
        _underWay.Add(exchange);
        exchange.Begin();
        return task;
    }

    internal void Finish(PacketExchange exchange) => _underWay.Remove(exchange);

    private ExchangeOutcome Refuse(in ExchangeRequest request, ExchangeStatus status)
    {
        long now = Loop.Time.GetTimestamp();
        Log?.Add(new ExchangeRecord
        {
            Loop = Loop.Index,
            Began = now,
            Ended = now,
            Server = request.Server.Address,
            Transport = request.Transport,
            Status = status,
            Query = request.Query.ToArray(),
            Reply = default,
        });
        return new ExchangeOutcome(status, TimeSpan.Zero);
    }

    private void Stop()
    {
        _stopped = true;
        while (_underWay.Count > 0)
        {
            _underWay[^1].End(ExchangeStatus.Stopped);
        }
    }
}
