// What was judged under other anchors must not be believed any longer. The trust says first that it
// changed: from then on nothing is settled that was judged before (Validator). What a loop had settled by
// then is forgotten once every loop has come past the change, with all whole answers. Walks under way are
// judged anew when they end.
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using Resolver.Engine;
using Resolver.Wire;

namespace Resolver;

/// <summary>One change of anchors or negative anchors, made already.</summary>
internal sealed class TrustChange
{
    private readonly ResolverCaches _caches;
    private readonly IReadOnlyCollection<DomainName> _names;
    private readonly TaskCompletionSource _passed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _loopsLeft;

    private TrustChange(ResolverCaches caches, IReadOnlyCollection<DomainName> names, int loops)
    {
        _caches = caches;
        _names = names;
        _loopsLeft = loops;
    }

    /// <summary>
    /// Forgets what is known at and below names; on any thread. Ends when that is done: what is asked then
    /// is judged anew. Loops that have ended never say so.
    /// </summary>
    public static Task RunAsync(ImmutableArray<LoopEngine> engines, IReadOnlyCollection<DomainName> names)
    {
        TrustChange change = new(engines[0].Parts.Caches, names, engines.Length);
        foreach (LoopEngine engine in engines)
        {
            engine.Parts.Loop.Post(static c => ((TrustChange)c!).PassLoop(), change);
        }

        return change._passed.Task;
    }

    private void PassLoop()
    {
        if (Interlocked.Decrement(ref _loopsLeft) > 0)
        {
            return;
        }

        foreach (DomainName name in _names)
        {
            _caches.Flush(name);
        }

        _passed.SetResult();
    }
}
