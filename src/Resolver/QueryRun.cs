// The links of one client query, resolved one by one as LoopEngine.ResolveAsync does, without an object for
// each query: it is kept for reuse, with its chain, since a reply is written before it goes back.
using System;
using System.Runtime.CompilerServices;
using Resolver.Engine;

namespace Resolver;

/// <summary>One client query's way along its aliases. Used on one loop.</summary>
internal sealed class QueryRun
{
    private readonly QueryRunner _runner;
    private readonly LoopEngine _engine;
    private readonly AnswerChain _chain;
    private readonly Action _onLink;
    private ValueTaskAwaiter<LinkOutcome> _pending;
    private ClientQuery? _query;
    private Asker? _asker;
    private bool _isFull;

    public QueryRun(QueryRunner runner, LoopEngine engine)
    {
        _runner = runner;
        _engine = engine;
        _chain = new AnswerChain(engine.Options.Limits);
        _onLink = () => GoOn(isResolved: true);
    }

    /// <summary>Begins; the runner is told of the end.</summary>
    public void Begin(ClientQuery query, Asker asker)
    {
        _query = query;
        _asker = asker;
        _ = _engine.Begin(query.Question, asker, _chain);
        GoOn(isResolved: false);
    }

    private void GoOn(bool isResolved)
    {
        ClientQuery query = _query!;
        try
        {
            ResolutionOutcome? outcome = null;
            for (; outcome is null; isResolved = false)
            {
                if (!isResolved && !TryResolveLink())
                {
                    return;
                }

#pragma warning disable VSTHRD002 // It has ended.
                outcome = _engine.TakeLink(_chain, _pending.GetResult(), _asker!, _isFull);
#pragma warning restore VSTHRD002
            }

            _runner.Finish(query, outcome);
        }
        catch (Exception fault)
        {
            _runner.Fail(query, fault);
        }

        _pending = default;
        _query = null;
        _asker = null;
        _ = _chain.Begin(default, isSpared: false);
        _runner.GiveBack(this);
    }

    // False when it has to be waited for.
    private bool TryResolveLink()
    {
        _isFull = _asker!.Budget.IsFull;
#pragma warning disable CA2012 // Awaited by hand, once: an async method's own object is what this saves.
        _pending = _engine.ResolveLinkAsync(_chain.Link, _asker).GetAwaiter();
#pragma warning restore CA2012
        if (!_pending.IsCompleted)
        {
            _pending.UnsafeOnCompleted(_onLink);
            return false;
        }

        return true;
    }
}
