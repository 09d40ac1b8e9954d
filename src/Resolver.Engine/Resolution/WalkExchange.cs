// Step 8 of a walk: one exchange with a server, from the query to what its end teaches. Each has room
// for its query and is kept for reuse, so an exchange allocates nothing; nobody else refers to
// it, and it goes back only after its end was taken in.
using System;
using System.Runtime.CompilerServices;

namespace Resolver.Engine;

/// <summary>An exchange of a walk. Used on one loop.</summary>
internal sealed class WalkExchange
{
    private readonly LoopEngine _engine;
    private readonly byte[] _query = new byte[RequestWriter.MaxLength];
    private readonly Action _onEnd;
    private ValueTaskAwaiter<ExchangeOutcome> _pending;
    private Walk? _walk;
    private Asker? _owner;
    private Step _step;
    private ExchangeRequest _request;

    public WalkExchange(LoopEngine engine)
    {
        _engine = engine;
        _onEnd = End;
    }

    private LoopParts Parts => _engine.Parts;

    // Step 8: Exchange
    /// <summary>Asks the server of a step at the cost of <paramref name="owner"/>.</summary>
    public void Begin(Walk walk, in Step step, Asker owner)
    {
        _walk = walk;
        _owner = owner;
        _step = step;
        owner.Budget.SpendExchange();
        Parts.Counts.Exchange();
        TimeSpan left = owner.Budget.TimeLeft(Parts.Loop.Time.GetTimestamp());
        TimeSpan timeout = step.Kind == StepKind.Probe || step.Timeout < left ? step.Timeout : left;
        Tell.Asked(owner, step, Parts.Histories);
        _engine.Late.Add(walk, new LateAsk(step.Round, step.Server, step.Number), step.LateAfter);
        _request = _engine.Requests.Write(step, _query) with { Timeout = timeout };
#pragma warning disable CA2012 // Awaited by hand, once: an async method's own object is what this saves.
        _pending = Parts.Loop.Upstream.ExchangeAsync(_request).GetAwaiter();
#pragma warning restore CA2012
        if (_pending.IsCompleted)
        {
            End();
        }
        else
        {
            _pending.UnsafeOnCompleted(_onEnd);
        }
    }

    // A broken invariant ends this walk, not the loop: remote octets must not be able to stop the server.
    private void End()
    {
        Walk walk = _walk!;
        bool isProbe = _step.Kind == StepKind.Probe;
        try
        {
            TakeIn(walk, isProbe);
        }
        catch (Exception fault)
        {
            walk.Abort(fault);
            return;
        }

        _walk = null;
        _owner = null;
        _step = default;
        _request = default;
        _pending = default;
        _engine.Spares.Exchanges.GiveBack(this);
        if (!isProbe)
        {
            walk.Wake();
        }
    }

    private void TakeIn(Walk walk, bool isProbe)
    {
#pragma warning disable VSTHRD002 // It has ended.
        using ExchangeOutcome outcome = _pending.GetResult();
#pragma warning restore VSTHRD002
        bool cutShort = _request.Timeout < _step.Timeout;
        long now = Parts.Loop.Time.GetTimestamp();
        Parts.Counts.EndExchange(_step, outcome, now);
        _engine.Memory.Learn(_step, outcome, cutShort, now);
        _engine.Memory.LearnCookie(_step, _request, outcome, now);
        if (!isProbe)
        {
            walk.Excuse(now - Math.Max(Parts.Loop.CaughtUpAt, now - outcome.Elapsed.Ticks));
            _owner!.Budget.SpendOctets(outcome.Reply.Length);
            walk.TakeIn(_step, outcome, _owner, cutShort);
        }
    }
}
