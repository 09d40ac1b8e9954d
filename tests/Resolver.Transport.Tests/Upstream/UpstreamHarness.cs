// Loops with their upstreams, and exchanges asked from a test.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Resolver.Engine;
using Xunit;

namespace Resolver.Transport.Tests;

/// <summary>The end of an exchange, with the reply copied.</summary>
internal sealed record ExchangeResult(ExchangeStatus Status, byte[] Reply, int Mismatches, bool CaseDiffered);

internal sealed class UpstreamHarness : IAsyncDisposable
{
    private readonly List<SocketUpstream> _upstreams = [];

    public UpstreamHarness(LoopKind kind, int loops = 1, ResolverLimits? limits = null, int openFiles = 4096)
    {
        Options = new UpstreamOptions(limits ?? ResolverLimits.Default, loops, openFiles);
        Loops = new SocketLoopHarness(kind, loops, group =>
        {
            foreach (SocketLoop loop in group.Loops)
            {
                var upstream = new SocketUpstream(loop, new CryptographicRandomSource(), Options);
                loop.SetUpstream(upstream);
                _upstreams.Add(upstream);
            }
        });
    }

    public static TimeSpan Long { get; } = TimeSpan.FromSeconds(30);

    public static TimeSpan Short { get; } = TimeSpan.FromMilliseconds(20);

    public UpstreamOptions Options { get; }

    public SocketLoopHarness Loops { get; }

    public IReadOnlyList<SocketUpstream> Upstreams => _upstreams;

    public UpstreamCounters Counters
    {
        get
        {
            var sum = new UpstreamCounters();
            _upstreams.ForEach(upstream => sum.Add(upstream.Counters));
            return sum;
        }
    }

    public Task<ExchangeResult> AskAsync(
        InetEndpoint server, byte[] query, ExchangeTransport transport, TimeSpan? timeout = null) =>
        AskOnAsync(0, new ExchangeRequest(server, transport, query, timeout ?? Long));

    public async Task<ExchangeResult> AskOnAsync(int loop, ExchangeRequest request)
    {
        ExchangeResult? result = null;
        await Loops.RunAsync(Loops.Loops[loop], async () => result = await AskHereAsync(loop, request));
        return result!;
    }

    /// <summary>Called on the loop itself.</summary>
    public async Task<ExchangeResult> AskHereAsync(int loop, ExchangeRequest request)
    {
        using ExchangeOutcome outcome = await _upstreams[loop].ExchangeAsync(request);
        Assert.True(Loops.Loops[loop].IsCurrent);
        return new ExchangeResult(
            outcome.Status, outcome.Reply.ToArray(), outcome.Mismatches, outcome.CaseDiffered);
    }

    /// <summary>By TCP, on the first loop itself.</summary>
    public Task<ExchangeResult> AskStreamHereAsync(InetEndpoint server, byte[] query) =>
        AskHereAsync(0, new ExchangeRequest(server, ExchangeTransport.Tcp, query, Long));

    public async ValueTask DisposeAsync()
    {
        await Loops.DisposeAsync();
        Assert.Empty(Loops.Faults.Select(static fault => fault.ToString()));
        Assert.Equal(0, Options.Sockets.Open);
    }
}
