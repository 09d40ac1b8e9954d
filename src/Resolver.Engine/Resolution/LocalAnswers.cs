// What can be said of a whole question without asking anybody: at once for embedders (step 4), and, with what
// has expired, when a walk is late (RFC 8767 §5) or out of time.
using System;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>Answers from what is known. One per loop.</summary>
internal sealed class LocalAnswers
{
    private readonly LoopEngine _engine;

    public LocalAnswers(LoopEngine engine) => _engine = engine;

    /// <summary>
    /// What the caches or built-in knowledge say; null when they do not suffice. On any thread.
    /// </summary>
    public ResolutionOutcome? TryResolve(Question question, bool takesUnchecked)
    {
        Asker nobody = Nobody(question, takesUnchecked);
        return Follow(question, nobody, link => Find(link, nobody));
    }

    /// <summary>
    /// An answer, expired or not, for a question whose walk is late; null when there is none. On the loop.
    /// </summary>
    public ResolutionOutcome? TryResolveLate(Question question, bool takesUnchecked)
    {
        Asker nobody = Nobody(question, takesUnchecked);
        ResolutionOutcome? outcome = Follow(question, nobody, link =>
            Find(link, nobody) ?? _engine.StandIn.ForLate(link, nobody, _engine.Table.Find(link)));
        return outcome?.Rcode == Rcode.ServFail ? null : outcome;
    }

    /// <summary>
    /// The error of a question whose time is over: the limit, and what went wrong where it waits.
    /// </summary>
    public ExtendedError DescribeDeadline(Question question, WorkBudget budget)
    {
        Asker nobody = Nobody(question, takesUnchecked: true);
        Question link = question;
        for (int i = 0; i < _engine.Options.Limits.MaxAliases; i++)
        {
            if (_engine.FindLocally(link, nobody, out _) is not { End: LinkEnd.Alias } alias)
            {
                break;
            }

            link = link.For(alias.LastName);
        }

        LinkOutcome failed = _engine.Table.Find(link)?.Waiters.Explain(BudgetLimit.Deadline, budget)
            ?? LinkOutcome.Spent(budget.Describe(BudgetLimit.Deadline));
        return failed.Error!;
    }

    private Asker Nobody(Question question, bool takesUnchecked) =>
        new Asker(_engine.MakeBudget(), null, 0, null) { TakesUnchecked = takesUnchecked }
            .For(question.Name, _engine.Parts);

    private LinkOutcome? Find(Question link, Asker nobody) =>
        _engine.FindLocally(link, nobody, out _) is { } found
            ? _engine.StandIn.For(found, link, nobody, beganWithFullBudget: false)
            : null;

    private ResolutionOutcome? Follow(Question question, Asker nobody, Func<Question, LinkOutcome?> find)
    {
        AnswerChain chain = _engine.Begin(question, nobody);
        Question link = question;
        while (find(link) is { } outcome)
        {
            chain.Append(outcome, link.Name);
            if (outcome.End != LinkEnd.Alias)
            {
                return _engine.Finish(question, nobody, chain, outcome);
            }

            link = link.For(outcome.LastName);
            if (chain.WhyItEnds(link.Name) is not null)
            {
                return null;
            }
        }

        return null;
    }
}
