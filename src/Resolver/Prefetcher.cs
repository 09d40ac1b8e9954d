// Answers that are asked for often are fetched anew shortly before they end, so that nobody waits for them.
// AnswerCache tells one hit that it is due; its question goes to its home loop, where Refresher walks for
// what is near its end, with a budget of its own and within PrefetchAllowance. The hit itself comes first.
using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Resolver.Engine;
using Resolver.Wire;

namespace Resolver;

/// <summary>Fetches ahead for one resolver. Thread-safe.</summary>
internal sealed class Prefetcher
{
    private readonly ResolverWorks _works;
    private readonly PrefetchAllowance _allowance;
    private readonly PrefetchQueue[] _queues;

    public Prefetcher(ResolverWorks works, IReadOnlyList<ILoop> loops)
    {
        _works = works;
        _allowance = new PrefetchAllowance(works.Caches.Answers, works.Limits);
        _queues = new PrefetchQueue[loops.Count];
        for (int i = 0; i < loops.Count; i++)
        {
            _queues[i] = new PrefetchQueue(this, loops[i], works.Limits.MaxPrefetchesInFlight);
        }
    }

    /// <summary>What may be spent.</summary>
    public PrefetchAllowance Allowance => _allowance;

    /// <summary>A hit on the fast lane of a loop is due. Allocates nothing.</summary>
    public void Post(ILoop current, ReadOnlySpan<byte> name, RRType type, ViewId view) =>
        _queues[current.Index].Add(name, type, view);

    /// <summary>
    /// An embedding program's question was answered from the caches: counts it, and fetches ahead when one of
    /// its parts is popular and near its end.
    /// </summary>
    public void Consider(Question question, ResolutionOutcome outcome, long now)
    {
        _allowance.CountQuery();
        bool isDue = outcome.Denial is { } denial && denial.CountRead(_works.Limits, now);
        foreach (AnswerSet set in outcome.Answer)
        {
            isDue |= set.Entry is not null && set.Entry.CountRead(_works.Limits, now);
        }

        if (isDue)
        {
            PostTo(_works.HomeOf(question), question);
        }
    }

    /// <summary>Brings a due question to its home loop and begins there.</summary>
    public void Begin(ILoop current, Question question)
    {
        LoopEngine home = _works.HomeOf(question);
        if (home.Parts.Loop == current)
        {
            _ = RunAsync(home, question);
        }
        else
        {
            PostTo(home, question);
        }
    }

    private void PostTo(LoopEngine home, Question question) => home.Parts.Loop.Post(
        static s =>
        {
            (Prefetcher prefetcher, LoopEngine engine, Question due) = ((Prefetcher, LoopEngine, Question))s!;
            _ = prefetcher.RunAsync(engine, due);
        },
        (this, home, question));

    private async Task RunAsync(LoopEngine engine, Question question)
    {
        if (!_allowance.TryTake())
        {
            return;
        }

        TimeSpan time = TimeSpan.FromMilliseconds(_works.Limits.QueryDeadlineMilliseconds);
        long deadline = engine.Parts.Loop.Time.GetTimestamp() + time.Ticks;
        WorkBudget budget = new(_works.Limits, deadline, _works.Limits.PrefetchMaxExchanges);
        try
        {
            await engine.Refresher.RefreshAsync(question, new Asker(budget, null, 0, null));
        }
        catch (Exception fault)
        {
            engine.Report(fault, question);
        }
        finally
        {
            _allowance.Return(budget.Exchanges);
        }
    }
}
