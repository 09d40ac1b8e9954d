// One question in flight: the async shell around Iteration. It asks what comes next, has it done, and hands
// back what came of it; the first waiter with budget left pays. All on one loop.
//     while not done: step = iteration.Next();
//         Ask → exchange, classify, store, Accept;  Probe → exchange;  Need → resolve, Accept
using System;
using System.Buffers;
using System.Threading.Tasks;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>A walk for one question, with everyone who waits for it.</summary>
internal sealed class Walk
{
    private readonly LoopEngine _engine;
    private readonly Iteration _iteration;
    private readonly LoopSignal _signal = new();
    private readonly ContentJudge _judge;
    private LocalRules _rules;
    private ZoneStay _stay;
    private LinkOutcome? _turnedAway;
    private bool _hasEnded;

    /// <summary>
    /// A walk that begins before the servers of <paramref name="start"/>, whose tally has let it in.
    /// </summary>
    public Walk(LoopEngine engine, Question question, Delegation start)
    {
        _engine = engine;
        Waiters = new WaiterList(this);
        _judge = new ContentJudge(engine, this);
        Question = question;
        _rules = engine.Parts.Local.Rules;
        _iteration = new Iteration(question, engine.Room, start);
        _stay = new ZoneStay(start.Tally, engine.Parts.Loop.Time.GetTimestamp());
    }

    /// <summary>The question.</summary>
    public Question Question { get; }

    /// <summary>What was found, validated or not; null so far.</summary>
    public LinkOutcome? Content { get; set; }

    /// <summary>The walks that this one waits for.</summary>
    public WalkNeeds Needs { get; } = new();

    /// <summary>Those who wait.</summary>
    public WaiterList Waiters { get; }

    private LoopParts Parts => _engine.Parts;

    /// <summary>Adds a party that waits; the first one pays until its budget is spent.</summary>
    public ValueTask<LinkOutcome> WaitAsync(Asker asker) => Waiters.AddAsync(asker);

    /// <summary>What has gone wrong so far; empty when nothing has.</summary>
    public string DescribeTrouble() =>
        _iteration.Troubles.IsEmpty ? Needs.DescribeTrouble() : _iteration.Troubles.Describe();

    /// <summary>Runs to the end and tells all waiters. Never throws for anything the network does.</summary>
    public async Task RunAsync()
    {
        Parts.Counts.BeginWalk();
        LinkOutcome outcome;
        try
        {
            outcome = await FindAsync();
        }
        catch (Exception fault)
        {
            _engine.Report(fault, Question);
            outcome = LinkOutcome.Failed(ExtendedErrorCode.Other, "internal error, see the log");
        }

        End(outcome);
    }

    /// <summary>Ends a walk that does not end by itself; what it waits for may come, to no effect.</summary>
    public void EndOverdue()
    {
        _iteration.Abort();
        End(LinkOutcome.Failed(ExtendedErrorCode.Other, "limit watchdog-ms met"));
        _signal.Set();
    }

    private void End(LinkOutcome outcome)
    {
        if (_hasEnded)
        {
            return;
        }

        _hasEnded = true;
        _stay.End(_engine.Options.Limits, Parts.Loop.Time.GetTimestamp());
        Parts.Counts.EndWalk(outcome.End == LinkEnd.Failure);
        _engine.Table.Remove(this);
        _engine.Store.KeepEnd(Question, outcome, Waiters.BeganWithFullBudget);
        Waiters.ReleaseAll(outcome);
    }

    /// <summary>Takes in that a reply is late; on its way from the loop's timer.</summary>
    public void OnLate(in LateAsk ask)
    {
        if (_iteration.AcceptLateness(ask))
        {
            _signal.Set();
        }
    }

    /// <summary>What was found is bogus: it is asked for elsewhere. True when a server gave it.</summary>
    public bool AskElsewhere()
    {
        Content = null;
        return _iteration.GiveUpReply();
    }

    private async ValueTask<LinkOutcome> FindAsync()
    {
        while (Waiters.TakeOwner(Parts.Loop.Time.GetTimestamp(), Content is not null) is { } owner)
        {
            if (_turnedAway is { } outcome)
            {
                return outcome;
            }

            if (Content is { } content)
            {
                if (await _judge.JudgeAsync(content, owner) is { } judged)
                {
                    return judged;
                }

                continue;
            }

            Step step = _iteration.Next();
            switch (step.Kind)
            {
                case StepKind.Ask or StepKind.Probe:
                    _ = GuardAsync(AskAsync(step, owner));
                    break;
                case StepKind.Need:
                    _ = GuardAsync(NeedAsync(step, owner));
                    break;
                case StepKind.Wait:
                    _ = await _signal.WaitAsync();
                    break;
                case StepKind.Done:
                    return _judge.Bogus ?? LinkOutcome.Failed(step.End.Error!.Code, step.End.Error.Text);
                default:
                    throw new InvalidOperationException($"step {step.Kind}");
            }
        }

        return LinkOutcome.Spent("nobody waits any more");
    }

    // A broken invariant ends this walk, not the loop: remote octets must not be able to stop the server.
    private async Task GuardAsync(ValueTask work)
    {
        try
        {
            await work;
        }
        catch (Exception fault)
        {
            _engine.Report(fault, Question);
            _iteration.Abort();
            _signal.Set();
        }
    }

    // Step 8: Exchange
    private async ValueTask AskAsync(Step step, Asker owner)
    {
        bool isProbe = step.Kind == StepKind.Probe;
        byte[] query = ArrayPool<byte>.Shared.Rent(RequestWriter.MaxLength);
        owner.Budget.SpendExchange();
        Parts.Counts.Exchange();
        TimeSpan left = owner.Budget.TimeLeft(Parts.Loop.Time.GetTimestamp());
        TimeSpan timeout = isProbe || step.Timeout < left ? step.Timeout : left;
        Tell.Asked(owner, step, Parts.Histories);
        _engine.Late.Add(this, new LateAsk(step.Round, step.Server, step.Number), step.LateAfter);
        ExchangeRequest request = _engine.Requests.Write(step, query) with { Timeout = timeout };
        using (ExchangeOutcome outcome = await Parts.Loop.Upstream.ExchangeAsync(request))
        {
            bool cutShort = timeout < step.Timeout;
            Parts.Counts.EndExchange(step, outcome, Parts.Loop.Time.GetTimestamp());
            _engine.Memory.Learn(step, outcome, cutShort, Parts.Loop.Time.GetTimestamp());
            _engine.Memory.LearnCookie(step, request, outcome, Parts.Loop.Time.GetTimestamp());
            ArrayPool<byte>.Shared.Return(query);
            if (isProbe)
            {
                return;
            }

            owner.Budget.SpendOctets(outcome.Reply.Length);
            TakeIn(step, outcome, owner, cutShort);
        }

        _signal.Set();
    }

    private void TakeIn(in Step step, in ExchangeOutcome outcome, Asker owner, bool cutShort)
    {
        if (_rules != Parts.Local.Rules)
        {
            BeginAnew(step);
            return;
        }

        if (outcome.Status != ExchangeStatus.Reply)
        {
            Tell.Answered(owner, step, outcome, null);
            if (cutShort && outcome.Status == ExchangeStatus.TimedOut)
            {
                _iteration.ReturnAsk(step);
            }
            else
            {
                _iteration.AcceptFailure(step, new ExchangeFailure(
                    outcome.Status, outcome.CaseDiffered, outcome.CookieLacked));
            }

            return;
        }

        if (!_iteration.Expects(step))
        {
            Tell.Answered(owner, step, outcome, null);
            return;
        }

        outcome.RestoreQuestion(step.Asked.Name.Wire);
        long now = Parts.Loop.Time.GetTimestamp();
        ClassifiedReply reply = _engine.Classifier.Classify(outcome.Reply, step.Asked, now);
        ZoneBorder.Apply(_rules.Zones, step.Asked, reply);
        Tell.Answered(owner, step, outcome, reply);
        _engine.Memory.LearnFrom(step, reply, now);
        LinkOutcome? stored = _engine.Store.Keep(Question, step.Asked, reply, now);
        Tell.Stored(owner, step, reply, stored);
        _stay.Hear();
        if (_iteration.Accept(step, reply))
        {
            Content = stored ?? LinkOutcome.Failed(
                ExtendedErrorCode.InvalidData, "a reply that answers nothing");
        }
        else
        {
            MoveOn(owner, now);
        }
    }

    // Into the zone of the referral, if it was one, and if that zone takes any more.
    private void MoveOn(Asker owner, long now)
    {
        ZoneVerdict verdict = _stay.MoveTo(_iteration.Tally, _engine.Options.Limits, now);
        if (verdict != ZoneVerdict.Admitted)
        {
            string text = ZoneTally.Describe(verdict, _iteration.Zone);
            Tell.Limit(owner, Question, text);
            _turnedAway = LinkOutcome.Spent(text);
            return;
        }

        _judge.Prepare(_iteration.Zone, owner);
    }

    // The rules of forward and stub zones changed while the server was asked: it may be the wrong one now,
    // and nothing it says may be stored.
    private void BeginAnew(in Step step)
    {
        _rules = Parts.Local.Rules;
        _iteration.ReturnAsk(step);
        _iteration.BeginAt(_engine.FindStart(Question));
    }

    private async ValueTask NeedAsync(Step step, Asker owner)
    {
        Question question = Question.For(step.Missing.Name) with { Type = step.Missing.Type };
        Tell.AddressNeeded(owner, question, _iteration.Zone);
        Asker child = new(owner.Budget, owner.Trace, owner.Depth + 1, this)
        {
            TakesUnchecked = true,
            ChainDepth = owner.ChainDepth,
        };
        ResolutionOutcome outcome = await _engine.ResolveAsync(question, child);
        BudgetLimit limit = owner.Budget.Check(Parts.Loop.Time.GetTimestamp());
        if (outcome.Rcode == Rcode.ServFail && limit != BudgetLimit.None)
        {
            _iteration.ReturnAddress(step);
        }
        else
        {
            bool found = outcome.Answer.Count > 0 && outcome.Answer[^1].Set.Type == step.Missing.Type;
            _iteration.AcceptAddresses(step, found ? outcome.Answer[^1].Set : default, outcome.Error?.Text);
        }

        _signal.Set();
    }
}
