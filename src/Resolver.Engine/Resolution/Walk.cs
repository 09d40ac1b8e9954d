// One question in flight: the async shell around Iteration. It asks what comes next, has it done, and hands
// back what came of it; the first waiter with budget left pays. All on one loop.
//     while not done: step = iteration.Next();
//         Ask → exchange, classify, store, Accept;  Probe → exchange;  Need → resolve, Accept
// What comes in after the end (a late reply, an address) changes nothing any more: the iteration is another
// walk's by then.
using System;
using System.Threading.Tasks;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>A walk for one question, with everyone who waits for it.</summary>
internal sealed class Walk
{
    private readonly LoopEngine _engine;
    private Iteration? _loan;
    private LocalRules _rules;
    private ZoneStay _stay;
    private LinkOutcome? _turnedAway;
    private WalkPace _pace;
    private bool _hasEnded;

    /// <summary>
    /// A walk that begins before the servers of <paramref name="start"/>, whose tally has let it in.
    /// </summary>
    public Walk(LoopEngine engine, Question question, Delegation start)
    {
        _engine = engine;
        Waiters = new WaiterList(this, engine.Spares.Waiters);
        Question = question;
        _rules = engine.Parts.Local.Rules;
        _loan = engine.Spares.Iterations.Take();
        _loan.Begin(question, start);
        _stay = new ZoneStay(start.Tally, engine.Parts.Loop.Time.GetTimestamp());
    }

    /// <summary>The question.</summary>
    public Question Question { get; }

    /// <summary>What was found, validated or not; null so far.</summary>
    public LinkOutcome? Content { get; set; }

    /// <summary>The walks that this one waits for.</summary>
    public WalkNeeds Needs;

    /// <summary>Those who wait.</summary>
    public WaiterList Waiters;

    /// <summary>What the judge remembers of it.</summary>
    public JudgeMemory Judged;

    // On loan until the end: then it goes on to the next walk.
    private Iteration Iteration => _loan ?? throw new InvalidOperationException("the walk has ended");

    /// <summary>The zone before whose servers it stands.</summary>
    public DomainName Zone => Iteration.Zone;

    private LoopParts Parts => _engine.Parts;

    private long Now => Parts.Loop.Time.GetTimestamp();

    /// <summary>Adds a party that waits; the first one pays until its budget is spent.</summary>
    public ValueTask<LinkOutcome> WaitAsync(Asker asker) => Waiters.AddAsync(asker);

    /// <summary>What has gone wrong so far; empty when nothing has.</summary>
    public string DescribeTrouble() =>
        _loan is not { Troubles.IsEmpty: false } stuck ? Needs.DescribeTrouble() : stuck.Troubles.Describe();

    /// <summary>
    /// Begins; from then on whatever has happened takes it further, to the end at which all waiters are told.
    /// Never throws for anything the network does.
    /// </summary>
    public void Run()
    {
        Parts.Counts.BeginWalk();
        Wake();
    }

    /// <summary>Something has happened.</summary>
    public void Wake() => WakeIf(true);

    private void WakeIf(bool hasWay)
    {
        if (hasWay && !_hasEnded && _pace.TryWake())
        {
            GoOn(null);
        }
    }

    /// <summary>
    /// Goes on until it rests, is judged, or has ended in an outcome. Written out rather than as an async
    /// method, whose object each of the many walks that rest would need.
    /// </summary>
    public void GoOn(LinkOutcome? outcome)
    {
        try
        {
            while (outcome is null && TryAdvance(out outcome))
            {
            }
        }
        catch (Exception fault)
        {
            outcome = ToOutcome(fault);
        }

        if (outcome is not null)
        {
            End(outcome);
        }
    }

    /// <summary>The end of a walk that meets a fault of this program.</summary>
    public LinkOutcome ToOutcome(Exception fault)
    {
        _engine.Report(fault, Question);
        return LinkOutcome.Failed(ExtendedErrorCode.Other, "internal error, see the log");
    }

    /// <summary>Ends a walk that does not end by itself; what it waits for may come, to no effect.</summary>
    public void EndOverdue() => End(LinkOutcome.Failed(ExtendedErrorCode.Other, "limit watchdog-ms met"));

    // One step further; false when others have to take it on from here.
    private bool TryAdvance(out LinkOutcome? outcome)
    {
        if (Waiters.TakeOwner(Now, Content is not null) is not { } owner)
        {
            outcome = LinkOutcome.Spent("nobody waits any more");
            return true;
        }

        return _turnedAway is null && Content is { } content
            ? _engine.Judge.TryJudge(this, content, owner, out outcome)
            : TryStep(owner, out outcome) || !_pace.TryRest();
    }

    private void End(LinkOutcome outcome)
    {
        if (_hasEnded)
        {
            return;
        }

        _hasEnded = true;
        _stay.End(_engine.Options.Limits, Now);
        Parts.Counts.EndWalk(outcome.End == LinkEnd.Failure);
        _engine.Table.Remove(this);
        _engine.Judge.Keep(this, outcome);
        Waiters.ReleaseAll(outcome);
        Iteration iteration = Iteration;
        _loan = null;
        if (iteration.TryClear())
        {
            _engine.Spares.Iterations.GiveBack(iteration);
        }
    }

    /// <summary>Takes in that a reply is late; on its way from the loop's timer.</summary>
    public void OnLate(in LateAsk ask) => WakeIf(!_hasEnded && Iteration.AcceptLateness(ask));

    /// <summary>Takes in that the zone of a server whose address it needs was found.</summary>
    public void OnZoneOf(DomainName server) => WakeIf(!_hasEnded && Iteration.AcceptZoneOf(server));

    /// <summary>Takes in a name server's addresses, or none and why; null: it was cut short.</summary>
    public void OnAddresses(in Step step, RRset? addresses, string? trouble) =>
        WakeIf(!_hasEnded && Iteration.AcceptAddresses(step, addresses, trouble));

    /// <summary>What was found is bogus: it is asked for elsewhere. True when a server gave it.</summary>
    public bool AskElsewhere()
    {
        Content = null;
        return !_hasEnded && Iteration.GiveUpReply();
    }

    /// <summary>Something that cannot happen has happened: the walk fails.</summary>
    public void Abort(Exception fault)
    {
        _engine.Report(fault, Question);
        Judged.Bogus = null; // It is not why nothing better was found.
        _loan?.Abort();
        Wake();
    }

    // Does what comes next; false when that is to wait, and the outcome when it is over.
    private bool TryStep(Asker owner, out LinkOutcome? outcome)
    {
        outcome = _turnedAway;
        if (outcome is not null)
        {
            return true;
        }

        Step step = Iteration.Next();
        switch (step.Kind)
        {
            case StepKind.Ask or StepKind.Probe:
                _engine.Spares.Exchanges.Take().Begin(this, step, owner);
                return true;
            case StepKind.Need:
                _ = AddressLookup.RunAsync(_engine, this, step, owner);
                return true;
            case StepKind.Wait:
                return false;
            case StepKind.Done:
                outcome = Judged.Bogus ?? LinkOutcome.Failed(step.End.Error!.Code, step.End.Error.Text);
                return true;
            default:
                throw new InvalidOperationException($"step {step.Kind}");
        }
    }

    /// <summary>
    /// What ends now ended up to <paramref name="lag"/> ticks ago: the loop was late to see it.
    /// </summary>
    public void Excuse(long lag) => _stay.Excuse(lag, Now);

    /// <summary>Takes in how an exchange ended.</summary>
    public void TakeIn(in Step step, in ExchangeOutcome outcome, Asker owner, bool cutShort)
    {
        if (_hasEnded)
        {
            Tell.Answered(owner, step, outcome, null);
            return;
        }

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
                Iteration.ReturnAsk(step);
            }
            else
            {
                Iteration.AcceptFailure(step, new ExchangeFailure(
                    outcome.Status, outcome.CaseDiffered, outcome.CookieLacked));
            }

            return;
        }

        if (!Iteration.Expects(step))
        {
            Tell.Answered(owner, step, outcome, null);
            return;
        }

        outcome.RestoreQuestion(step.Asked.Name.Wire);
        long now = Now;
        ClassifiedReply reply = _engine.Classifier.Classify(outcome.Reply, step.Asked, now);
        ZoneBorder.Apply(_rules.Zones, step.Asked, reply);
        Tell.Answered(owner, step, outcome, reply);
        _engine.Memory.LearnFrom(step, reply, now);
        LinkOutcome? stored = _engine.Store.Keep(Question, step.Asked, reply, now);
        Tell.Stored(owner, step, reply, stored);
        _stay.Hear();
        if (Iteration.Accept(step, reply))
        {
            Content = stored ?? LinkOutcome.Failed(
                ExtendedErrorCode.InvalidData, "a reply that answers nothing");
        }
        else
        {
            MoveOn(owner);
        }
    }

    // Into the zone of the referral, if it was one, and if that zone takes any more.
    private void MoveOn(Asker owner)
    {
        ZoneVerdict verdict = _stay.MoveTo(Iteration.Tally, _engine.Options.Limits, Parts.Loop);
        if (verdict != ZoneVerdict.Admitted)
        {
            string text = ZoneTally.Describe(verdict, Iteration.Zone);
            Tell.Limit(owner, Question, text);
            _turnedAway = LinkOutcome.Spent(text);
            return;
        }

        _engine.Judge.Prepare(this, Iteration.Zone, owner);
        Waiters.TellOfZone();
    }

    // The rules of forward and stub zones changed while the server was asked: it may be the wrong one now,
    // and nothing it says may be stored.
    private void BeginAnew(in Step step)
    {
        _rules = Parts.Local.Rules;
        Iteration.ReturnAsk(step);
        Iteration.BeginAt(_engine.FindStart(Question));
    }
}
