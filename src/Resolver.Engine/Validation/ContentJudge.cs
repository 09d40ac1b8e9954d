// Step 10 of one walk: has what it found validated for those who need it so, and says what follows. Those who
// take data unchecked have it at once. What is bogus is asked for again elsewhere, a few times: one broken or
// spoofed server must not kill a name.
using System;
using System.Threading.Tasks;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>Judges the content of walks. One per loop.</summary>
internal sealed class ContentJudge(LoopEngine engine)
{
    /// <summary>
    /// The finding over what was heard so far, of this question or of one that it is judged by; null: none.
    /// </summary>
    public static ExtendedError? FindBogus(Walk walk) =>
        walk.Judged.Bogus?.Error ?? (walk.Content is null ? null : walk.Needs.FindBogus());

    // Step 10: Validate
    /// <summary>
    /// The outcome for all waiters; null: the walk goes on. False when that takes time: then the walk is
    /// taken further from here.
    /// </summary>
    public bool TryJudge(Walk walk, LinkOutcome content, Asker owner, out LinkOutcome? outcome)
    {
        bool isTaken = walk.Waiters.ReleaseUnchecked(content);
        if (isTaken || !engine.Validator.Judges(content))
        {
            outcome = isTaken && walk.Waiters.Count > 0 ? null : content;
            return true;
        }

        ValueTask<LinkOutcome?> judging = JudgeAsync(walk, content, owner);
        if (judging.IsCompletedSuccessfully)
        {
#pragma warning disable VSTHRD002, VSTHRD103 // It has ended.
            outcome = judging.Result;
#pragma warning restore VSTHRD002, VSTHRD103
            return true;
        }

        outcome = null;
        _ = GoOnAfterAsync(walk, judging);
        return false;
    }

    private static async Task GoOnAfterAsync(Walk walk, ValueTask<LinkOutcome?> judging)
    {
        LinkOutcome? outcome;
        try
        {
            outcome = await judging;
        }
        catch (Exception fault)
        {
            outcome = walk.ToOutcome(fault);
        }

        walk.GoOn(outcome);
    }

    private async ValueTask<LinkOutcome?> JudgeAsync(Walk walk, LinkOutcome content, Asker owner)
    {
        bool hasFullBudget = owner.Budget.HasFailedNoCheck;
        ValidationEnd end = await JudgeGuardedAsync(walk, content, owner);
        switch (end.Kind)
        {
            case ValidationEndKind.Spent:
                walk.Waiters.ReleaseSpent(owner, end.Outcome);
                return null;
            case ValidationEndKind.Bogus
                when end.IsOfData && walk.Judged.Tries < engine.Options.Limits.MaxBogusRetries:
                Tell.AskedElsewhere(owner, walk.Question);
                walk.Judged.Bogus = end.Outcome;
                walk.Judged.Tries += walk.AskElsewhere() ? 1 : 0;
                return null;
            case ValidationEndKind.Bogus when hasFullBudget:
                walk.Waiters.MarkOwn();
                return end.Outcome;
            case ValidationEndKind.Bogus or ValidationEndKind.Settled:
                return end.Outcome;
            default:
                throw new InvalidOperationException("no such end");
        }
    }

    /// <summary>Keeps the end of the walk; one that cannot be kept is told all the same.</summary>
    public void Keep(Walk walk, LinkOutcome outcome)
    {
        try
        {
            engine.Store.KeepEnd(walk.Question, outcome, walk.Waiters.BeganWithFullBudget);
        }
        catch (Exception fault)
        {
            engine.Report(fault, walk.Question);
        }
    }

    /// <summary>
    /// The walk stands before a zone: if it is a signed one, its keys are fetched beside the walk, so that they
    /// are there when the answer is.
    /// </summary>
    public void Prepare(Walk walk, DomainName zone, Asker owner)
    {
        if (owner.TakesUnchecked || zone == walk.Judged.Prepared)
        {
            return;
        }

        walk.Judged.Prepared = zone;
        Question keys = walk.Question.For(zone) with { Type = RRType.Dnskey };
        if (keys != walk.Question && engine.Validator.WillNeedKeys(zone))
        {
            _ = FetchAsync(keys, owner);
        }
    }

    private async Task FetchAsync(Question keys, Asker owner)
    {
        try
        {
            // Nobody waits for it yet, so it closes no circle; whoever needs the keys joins.
            _ = await engine.ResolveLinkAsync(
                keys,
                owner with { Parent = null, Depth = owner.Depth + 1, ChainDepth = owner.ChainDepth + 1 });
        }
        catch (Exception fault)
        {
            engine.Report(fault, keys);
        }
    }

    // A broken invariant ends this walk, not the loop: remote octets must not be able to stop the server.
    private async ValueTask<ValidationEnd> JudgeGuardedAsync(Walk walk, LinkOutcome content, Asker owner)
    {
        try
        {
            return await engine.Validator.JudgeAsync(walk.Question, content, owner with { Parent = walk });
        }
        catch (Exception fault)
        {
            engine.Report(fault, walk.Question);
            return new ValidationEnd(
                ValidationEndKind.Settled,
                LinkOutcome.Failed(ExtendedErrorCode.Other, "internal error, see the log"));
        }
    }
}
