// The task that keeps a running resolver's anchors: the resolver asks itself for the keys. Owned by the
// resolver, which ends it first.
using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Resolver.Engine;
using Resolver.Wire;

namespace Resolver;

/// <summary>An <see cref="AnchorKeeper"/> at work for a resolver.</summary>
internal sealed class AnchorKeeping : IAsyncDisposable
{
    private static readonly QueryOptions WithSignatures = new() { DnssecOk = true };

    private readonly CancellationTokenSource _stop = new();
    private readonly AnchorKeeper _keeper;
    private readonly ILoop _loop;
    private bool _isStarted;
    private Task _running = Task.CompletedTask;

    /// <summary>Takes up the state that was kept.</summary>
    public AnchorKeeping(RecursiveResolver resolver, ResolverOptions options)
    {
        ResolverWorks works = resolver.Works;
        _loop = works.Network.Loops[0];
        _keeper = new AnchorKeeper(new AnchorKeeperParts(
            works.Trust,
            options.StateDirectory,
            _loop.Time,
            (name, type, stop) => resolver.ResolveAsync(name, type, WithSignatures, stop))
        {
            Changed = names => Forget(works, names),
            Logger = options.LoggerFactory.CreateLogger("Resolver.Trust"),
        });
        _keeper.Load();
    }

    /// <summary>Begins to follow the anchors, on the first loop, whose timers are used.</summary>
    public void Start()
    {
        _isStarted = true;
        _loop.Post(
            static k =>
            {
                AnchorKeeping keeping = (AnchorKeeping)k!;
                keeping._running = keeping._keeper.RunAsync(keeping._stop.Token);
            },
            this);
    }

    // Before the start nothing has been judged, and no loop would take it in.
    private void Forget(ResolverWorks works, IReadOnlyList<DomainName> names)
    {
        if (_isStarted)
        {
            _ = works.DistrustAsync(names);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isStarted)
        {
            // Cancelled on the loop: its timers belong to it.
            TaskCompletionSource cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _loop.Post(
                _ =>
                {
                    _stop.Cancel();
                    cancelled.SetResult();
                },
                null);
            await cancelled.Task;
            await _running;
        }

        _stop.Dispose();
    }
}
