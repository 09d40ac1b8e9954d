// Step 10, the async shell around Validation: has its look-ups made and its signatures checked, and settles
// what was found in the caches.
//     while not done: step = validation.Next();  Need → resolve, Accept;  Check → bench
using System;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Tasks;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>Validates for one loop.</summary>
internal sealed class Validator
{
    private readonly LoopEngine _engine;
    private readonly ChainRoom _room;
    private readonly VerdictStore _store;

    public Validator(LoopEngine engine)
    {
        _engine = engine;
        _room = new ChainRoom(engine.Options, engine.Parts);
        _store = new VerdictStore(engine.Parts.Caches, engine.Options.Limits);
        Bench = new SignatureBench(engine.Parts.Loop, engine.Options.Limits, engine.Parts.Counts);
    }

    /// <summary>Where signatures are checked.</summary>
    public SignatureBench Bench { get; }

    private bool IsOn => _engine.Options.Validates;

    private long Now => _engine.Parts.Loop.Time.GetTimestamp();

    /// <summary>
    /// True when what the caches have may serve the asker as it is, or serves it as a failure. Else it is
    /// handed on in <paramref name="seen"/> when it only waits for validation.
    /// </summary>
    public bool Admit(
        [NotNullWhen(true)] ref LinkOutcome? found, Question question, Asker asker, out LinkOutcome? seen)
    {
        seen = null;
        if (!IsOn)
        {
            return found is not null;
        }

        found = asker.ChainDepth > 0 && found is not { Security: not SecurityStatus.Bogus }
            ? _engine.Parts.Local.FindCut(question, Now) ?? found
            : found;
        if (found is null)
        {
            return false;
        }

        if (found.End == LinkEnd.Failure)
        {
            return !asker.TakesUnchecked || !found.IsBogus;
        }

        if (asker.TakesUnchecked || found.Security is not (SecurityStatus.Unchecked or SecurityStatus.Bogus))
        {
            found = WithNote(found);
            return true;
        }

        if (found.Security == SecurityStatus.Bogus)
        {
            found = _engine.Parts.Local.FindFailure(question, Now);
            return found is not null;
        }

        seen = found;
        return false;
    }

    /// <summary>True when a referral has shown a DS of a zone whose keys are not known.</summary>
    public bool WillNeedKeys(DomainName zone) => IsOn && _room.FindKeys(zone) is null
        && _engine.Parts.Caches.RRsets.TryGet(zone.Wire, RRType.DS, Now, out CachedRRset? ds)
        && ds.Security != SecurityStatus.Bogus;

    /// <summary>False when there is nothing to validate in what was found.</summary>
    public bool Judges(LinkOutcome content) => IsOn && content.End != LinkEnd.Failure && !content.IsLocal;

    /// <summary>Judges what was found for a question, on the asker's budget.</summary>
    public async ValueTask<ValidationEnd> JudgeAsync(Question question, LinkOutcome content, Asker asker)
    {
        Validation validation = new(question, content, _room);
        int generation = _room.Trust.Generation;
        while (true)
        {
            ValidationStep step = validation.Next(asker.Budget);
            switch (step.Kind)
            {
                case ValidationStepKind.Need:
                    LinkOutcome fact = await _engine.ResolveLinkAsync(
                        new Question(step.Needed.Name, step.Needed.Type, question.View),
                        asker with { Depth = asker.Depth + 1, ChainDepth = asker.ChainDepth + 1 });
                    if (fact.IsBudgetSpent && asker.Budget.Check(Now) != BudgetLimit.None)
                    {
                        return new ValidationEnd(ValidationEndKind.Spent, fact);
                    }

                    validation.Accept(step.Needed, fact);
                    break;
                case ValidationStepKind.Check:
                    await Bench.CheckAsync(step.Checks, _room.Terms, asker.Budget);
                    Tell.Checked(asker, question, step.Checks);
                    break;
                case ValidationStepKind.Done when generation != _room.Trust.Generation:
                    // Other anchors are in force: what was found under the old ones is nobody's verdict.
                    validation = new Validation(question, content, _room);
                    generation = _room.Trust.Generation;
                    break;
                case ValidationStepKind.Done:
                    Tell.Judged(asker, question, step.Found);
                    return _store.Settle(question, content, validation, step.Found, Now);
                default:
                    throw new InvalidOperationException($"step {step.Kind}");
            }
        }
    }

    // What is special about an answer is said each time that it is given.
    private static LinkOutcome WithNote(LinkOutcome found)
    {
        ExtendedError? note = found.Denial?.Note;
        foreach (AnswerSet set in found.Sets)
        {
            note ??= set.Entry?.Attestation?.Note;
        }

        return note is null || found.Error is not null ? found : found.With(note);
    }
}
