// Those who wait for one walk. The oldest with budget left pays; a spent budget or deadline ends its own
// waiter alone (DESIGN: joining and budgets).
using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace Resolver.Engine;

/// <summary>The waiters of a walk, oldest first: a part of it. Used on one loop. Changes in place.</summary>
internal struct WaiterList(Walk walk, Spares<WalkWaiter> spares)
{
    // Most walks have one waiter: those that have more make the list.
    private WalkWaiter? _first;
    private List<WalkWaiter>? _others;

    /// <summary>How many wait.</summary>
    public readonly int Count => _first is null ? 0 : 1 + (_others?.Count ?? 0);

    /// <summary>True when the first who waited had spent nothing yet.</summary>
    public bool BeganWithFullBudget { get; private set; }

    /// <summary>
    /// True when another paid before the one who pays now. What the walk waits for may have begun with the
    /// time of the former: nothing of it need end before the deadline of the heir.
    /// </summary>
    public bool HasHeir { get; private set; }

    /// <summary>The last deadline of those who wait.</summary>
    public readonly long LastDeadline
    {
        get
        {
            long last = long.MinValue;
            for (int i = 0; i < Count; i++)
            {
                last = Math.Max(last, At(i).Asker.Budget.Deadline);
            }

            return last;
        }
    }

    /// <summary>The trace of the one who pays; null when there is none.</summary>
    public readonly Trace? OwnersTrace => _first?.Asker.Trace;

    /// <summary>Adds a party.</summary>
    public ValueTask<LinkOutcome> AddAsync(Asker asker)
    {
        WalkWaiter waiter = spares.Take();
        waiter.Begin(asker);
        if (_first is null)
        {
            BeganWithFullBudget |= asker.Budget.IsFull;
            _first = waiter;
        }
        else
        {
            (_others ??= []).Add(waiter);
        }

        asker.Parent?.Needs.Add(walk);
        return waiter.Task;
    }

    /// <summary>
    /// The oldest waiter with budget left; those before it are told that theirs is spent. With the answer at
    /// hand nobody's budget matters.
    /// </summary>
    public Asker? TakeOwner(long now, bool hasAnswer)
    {
        while (_first is { Asker: var asker })
        {
            BudgetLimit limit = asker.Budget.Check(now);
            if (limit == BudgetLimit.None || hasAnswer)
            {
                return asker;
            }

            ReleaseSpent(0, Explain(limit, asker.Budget));
        }

        return null;
    }

    /// <summary>What was found is the question's own, whatever budget it was begun with.</summary>
    public void MarkOwn() => BeganWithFullBudget = true;

    /// <summary>Releases those who take data unchecked; true when there was one.</summary>
    public bool ReleaseUnchecked(LinkOutcome content)
    {
        bool any = false;
        for (int i = Count - 1; i >= 0; i--)
        {
            if (At(i).Asker.TakesUnchecked)
            {
                Release(i, content);
                any = true;
            }
        }

        return any;
    }

    /// <summary>Tells one that its budget is spent.</summary>
    public void ReleaseSpent(Asker asker, LinkOutcome spent)
    {
        for (int i = 0; i < Count; i++)
        {
            if (At(i).Asker == asker)
            {
                ReleaseSpent(i, spent);
                return;
            }
        }
    }

    /// <summary>
    /// Tells those whose time is over while another, with more of it, pays: no timeout of his wakes them.
    /// </summary>
    public void ReleaseLate(long now)
    {
        for (int late = FindLate(now); late > 0; late = FindLate(now))
        {
            Asker asker = At(late).Asker;
            BudgetLimit limit = asker.Budget.Check(now);
            ReleaseSpent(late, Explain(limit, asker.Budget));
        }
    }

    /// <summary>Tells everyone who waits.</summary>
    public void ReleaseAll(LinkOutcome outcome)
    {
        while (_first is not null)
        {
            Release(0, outcome);
        }
    }

    /// <summary>
    /// Tells walks that wait for a name server's address that its zone was found: glue leads there already.
    /// </summary>
    public readonly void TellOfZone()
    {
        // Whoever is told goes on at once, and may join or leave.
        for (int i = 0; i < Count; i++)
        {
            At(i).Asker.Parent?.OnZoneOf(walk.Question.Name);
        }
    }

    /// <summary>
    /// How one whose budget is spent fails, with what had gone wrong by then. What was heard and is bogus
    /// is the cause: that nobody has said anything better in time is what followed.
    /// </summary>
    public readonly LinkOutcome Explain(BudgetLimit limit, WorkBudget budget)
    {
        string trouble = walk.DescribeTrouble();
        string text = budget.Describe(limit);
        text = trouble.Length > 0 ? $"{text}; {trouble}" : text;
        return ContentJudge.FindBogus(walk) is { } bogus
            ? LinkOutcome.Barred(bogus.Code, $"{bogus.Text}; {text}")
            : limit is BudgetLimit.Deadline or BudgetLimit.Cancelled ? LinkOutcome.Spent(text)
            : LinkOutcome.Barred(text);
    }

    private readonly WalkWaiter At(int index) => index == 0 ? _first! : _others![index - 1];

    private readonly int FindLate(long now)
    {
        for (int i = 1; i < Count; i++)
        {
            if (At(i).Asker.Budget.Deadline < now)
            {
                return i;
            }
        }

        return -1;
    }

    private void ReleaseSpent(int index, LinkOutcome spent)
    {
        Tell.Limit(At(index).Asker, walk.Question, spent.Error!.Text);
        Release(index, spent);
    }

    private void Release(int index, LinkOutcome outcome)
    {
        WalkWaiter waiter = At(index);
        if (index > 0)
        {
            _others!.RemoveAt(index - 1);
        }
        else if (_others is [var next, ..])
        {
            _first = next;
            _others.RemoveAt(0);
            HasHeir = true;
        }
        else
        {
            _first = null;
        }

        waiter.Asker.Parent?.Needs.Remove(walk);
        waiter.Complete(outcome);
    }
}
