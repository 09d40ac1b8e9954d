// Those who wait for one walk. The oldest with budget left pays; a spent budget or deadline ends its own
// waiter alone (DESIGN: joining and budgets).
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace Resolver.Engine;

/// <summary>The waiters of a walk, oldest first. Used on one loop.</summary>
internal sealed class WaiterList(Walk walk)
{
    private readonly List<WalkWaiter> _waiters = new(1);

    /// <summary>How many wait.</summary>
    public int Count => _waiters.Count;

    /// <summary>True when the first who waited had spent nothing yet.</summary>
    public bool BeganWithFullBudget { get; private set; }

    /// <summary>The last deadline of those who wait.</summary>
    public long LastDeadline =>
        _waiters.Select(static w => w.Asker.Budget.Deadline).DefaultIfEmpty(long.MinValue).Max();

    /// <summary>The trace of the one who pays; null when there is none.</summary>
    public Trace? OwnersTrace => _waiters.Count > 0 ? _waiters[0].Asker.Trace : null;

    /// <summary>Adds a party.</summary>
    public ValueTask<LinkOutcome> AddAsync(Asker asker)
    {
        WalkWaiter waiter = new(asker);
        BeganWithFullBudget |= _waiters.Count == 0 && asker.Budget.IsFull;
        _waiters.Add(waiter);
        asker.Parent?.Needs.Add(walk);
        return waiter.Task;
    }

    /// <summary>
    /// The oldest waiter with budget left; those before it are told that theirs is spent. With the answer at
    /// hand nobody's budget matters.
    /// </summary>
    public Asker? TakeOwner(long now, bool hasAnswer)
    {
        while (_waiters.Count > 0)
        {
            Asker asker = _waiters[0].Asker;
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
        for (int i = _waiters.Count - 1; i >= 0; i--)
        {
            if (_waiters[i].Asker.TakesUnchecked)
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
        int at = _waiters.FindIndex(w => w.Asker == asker);
        if (at >= 0)
        {
            ReleaseSpent(at, spent);
        }
    }

    /// <summary>
    /// Tells those whose time is over while another, with more of it, pays: no timeout of his wakes them.
    /// </summary>
    public void ReleaseLate(long now)
    {
        for (int late = FindLate(now); late > 0; late = FindLate(now))
        {
            Asker asker = _waiters[late].Asker;
            BudgetLimit limit = asker.Budget.Check(now);
            ReleaseSpent(late, Explain(limit, asker.Budget));
        }
    }

    /// <summary>Tells everyone who waits.</summary>
    public void ReleaseAll(LinkOutcome outcome)
    {
        while (_waiters.Count > 0)
        {
            Release(0, outcome);
        }
    }

    /// <summary>
    /// Tells walks that wait for a name server's address that its zone was found: glue leads there already.
    /// </summary>
    public void TellOfZone()
    {
        // Whoever is told goes on at once, and may join or leave.
        for (int i = 0; i < _waiters.Count; i++)
        {
            _waiters[i].Asker.Parent?.OnZoneOf(walk.Question.Name);
        }
    }

    private int FindLate(long now) =>
        _waiters.Count < 2 ? -1 : _waiters.FindIndex(1, w => w.Asker.Budget.Deadline < now);

    /// <summary>
    /// How one whose budget is spent fails, with what had gone wrong by then. What was heard and is bogus
    /// is the cause: that nobody has said anything better in time is what followed.
    /// </summary>
    public LinkOutcome Explain(BudgetLimit limit, WorkBudget budget)
    {
        string trouble = walk.DescribeTrouble();
        string text = budget.Describe(limit);
        text = trouble.Length > 0 ? $"{text}; {trouble}" : text;
        return walk.Judge.FindBogus() is { } bogus ? LinkOutcome.Barred(bogus.Code, $"{bogus.Text}; {text}")
            : limit is BudgetLimit.Deadline or BudgetLimit.Cancelled ? LinkOutcome.Spent(text)
            : LinkOutcome.Barred(text);
    }

    private void ReleaseSpent(int index, LinkOutcome spent)
    {
        Tell.Limit(_waiters[index].Asker, walk.Question, spent.Error!.Text);
        Release(index, spent);
    }

    private void Release(int index, LinkOutcome outcome)
    {
        WalkWaiter waiter = _waiters[index];
        _waiters.RemoveAt(index);
        waiter.Asker.Parent?.Needs.Remove(walk);
        waiter.Complete(outcome);
    }
}
