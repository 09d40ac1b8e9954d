// Steps 5 to 13 of client queries whose home is this loop: resolve, write, keep the answer, reply.
using System;
using Resolver.Engine;
using Resolver.Wire;

namespace Resolver;

/// <summary>Runs client queries on one loop.</summary>
internal sealed class QueryRunner : IDisposable
{
    private readonly LoopEngine _engine;
    private readonly ReplyFinisher _finisher;
    private readonly DeadlineList _deadlines;
    private readonly DeadlineList? _patience;
    private readonly LateReplies _late;
    private readonly byte[] _buffer = new byte[ushort.MaxValue];
    private readonly FailureRecords _failures;
    private readonly Spares<QueryRun> _runs;

    public QueryRunner(LoopEngine engine, ReplyFinisher finisher, FailureRecords failures, LatePace pace)
    {
        _engine = engine;
        _runs = new Spares<QueryRun>(() => new QueryRun(this, engine));
        _failures = failures;
        _finisher = finisher;
        _deadlines = new DeadlineList(engine.Parts.Loop, OnDeadline);
        ResolverLimits limits = engine.Options.Limits;
        int left = limits.QueryDeadlineMilliseconds - limits.StaleAnswerMilliseconds;
        if (engine.Options.ServesStale && left > 0)
        {
            _patience = new DeadlineList(engine.Parts.Loop, OnLate, TimeSpan.FromMilliseconds(left));
        }
        _late = new LateReplies(engine.Parts.Loop, pace, engine.Options.Limits.MaxWaitingQueries);
    }

    /// <summary>Client queries that wait on this loop.</summary>
    public int Waiting => _deadlines.Count + (_patience?.Count ?? 0);

    /// <summary>Deadline of the query that has waited longest, if any. From any thread.</summary>
    public long? OldestDeadline => (_deadlines.Oldest ?? _patience?.Oldest)?.Budget?.Deadline;

    /// <summary>The loop.</summary>
    public ILoop Loop => _engine.Parts.Loop;

    /// <summary>Takes over a query; on the loop.</summary>
    public void Run(ClientQuery query)
    {
        query.Budget = _engine.MakeBudget();
        query.Late = _late;
        query.Walk = Trace.Brief(
            Loop.Time, _engine.Options.Limits.MaxBriefTraceEvents, _engine.Spares.TraceSteps);
        try
        {
            (_patience ?? _deadlines).Add(query);
            Asker asker = new(query.Budget, query.Walk, 0, null)
            {
                TakesUnchecked = (query.Flags & AnswerFlags.CheckingDisabled) != 0,
            };
            _runs.Take().Begin(query, asker.For(query.Question.Name, _engine.Parts));
        }
        catch (Exception fault)
        {
            Fail(query, fault);
        }
    }

    /// <summary>A query's resolution has ended.</summary>
    internal void Finish(ClientQuery query, ResolutionOutcome outcome)
    {
        End(query, outcome);
        if (!query.IsReplied)
        {
            query.List?.Remove(query);
            Reply(query, outcome);
        }
    }

    /// <summary>A query has met a fault of this program.</summary>
    internal void Fail(ClientQuery query, Exception fault)
    {
        _engine.Report(fault, query.Question);
        ExtendedError error = new(ExtendedErrorCode.Other, "internal error");
        End(query, error);
        if (!query.IsReplied)
        {
            query.List?.Remove(query);
            query.ReplyFailure(Loop, _finisher, error);
        }
    }

    /// <summary>Takes back what has served a query.</summary>
    internal void GiveBack(QueryRun run) => _runs.GiveBack(run);

    /// <summary>
    /// Ends the query that has waited longest, when that is longer than anybody should have to: a new one may
    /// have its place. False when all are young.
    /// </summary>
    public bool TryEndOldest()
    {
        ResolverLimits limits = _engine.Options.Limits;
        int rest = limits.QueryDeadlineMilliseconds - limits.PatienceMilliseconds;
        long now = Loop.Time.GetTimestamp();
        if ((_deadlines.Oldest ?? _patience?.Oldest) is not { } oldest
            || oldest.Budget!.TimeLeft(now) > TimeSpan.FromMilliseconds(rest))
        {
            return false;
        }

        oldest.List?.Remove(oldest);
        oldest.Budget.Cancel();
        End(oldest, StubErrors.TooManyWaiting);
        oldest.ReplyFailure(Loop, _finisher, StubErrors.TooManyWaiting);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _patience?.Dispose();
        _deadlines.Dispose();
        _late.Dispose();
    }

    private void Reply(ClientQuery query, ResolutionOutcome outcome)
    {
        if (outcome.Rcode == Rcode.ServFail)
        {
            query.ReplyFailure(
                Loop, _finisher, outcome.Error ?? new ExtendedError(ExtendedErrorCode.Other, "no reason is known"));
            return;
        }

        if (FailsSentinel(query, outcome))
        {
            query.ReplyFailure(Loop, _finisher, StubErrors.KeySentinel);
            return;
        }

        long now = Loop.Time.GetTimestamp();
        int length = ResponseWriter.Write(_buffer, query.Question, outcome, new ResponseShape(query.DnssecOk, now));
        if (length == 0)
        {
            query.ReplyFailure(
                Loop, _finisher, new ExtendedError(ExtendedErrorCode.InvalidData, "the answer is too large"));
            return;
        }

        // What had to be fetched may never be asked for again: it stands in the other stores, and is kept
        // whole as well once somebody asks a second time.
        if (outcome.IsCacheable && query.Budget!.IsFull)
        {
            AnswerCache answers = _engine.Parts.Caches.Answers;
            answers.CountAsHit();
            Answers.Keep(answers, query.Question, outcome, new AnswerToKeep
            {
                Message = _buffer.AsSpan(0, length),
                Flags = query.Flags,
                Now = now,
            });
        }

        query.Reply(Loop, _buffer, length, _finisher, outcome.Error);
    }

    // RFC 8509 §3.1: only an answer that was found secure, and never with CD.
    private bool FailsSentinel(ClientQuery query, ResolutionOutcome outcome) =>
        outcome.Security == SecurityStatus.Secure
        && (query.Flags & AnswerFlags.CheckingDisabled) == 0
        && _engine.Parts.Trust.FailsSentinel(query.Question.Name, query.Question.Type);

    // RFC 8767 §5, the client response timer: what is known, although expired, goes out now, and the walk
    // goes on, for those who ask next.
    private void OnLate(ClientQuery query) => Guard(query, static (runner, query) =>
    {
        bool takesUnchecked = (query.Flags & AnswerFlags.CheckingDisabled) != 0;
        if (runner._engine.Known.TryResolveLate(query.Question, takesUnchecked) is { } known)
        {
            runner.End(query, known);
            runner.Reply(query, known);
        }
        else
        {
            runner._deadlines.Add(query);
        }
    });

    private void OnDeadline(ClientQuery query) => Guard(query, static (runner, query) =>
    {
        query.Budget!.Cancel();
        ExtendedError error = runner._engine.Known.DescribeDeadline(query.Question, query.Budget);
        runner.End(query, error);
        query.ReplyFailure(runner.Loop, runner._finisher, error);
    });

    // A query whose time is over is in no list any more: a fault that nobody caught would leave it unanswered.
    private void Guard(ClientQuery query, Action<QueryRunner, ClientQuery> work)
    {
        try
        {
            work(this, query);
        }
        catch (Exception fault)
        {
            Fail(query, fault);
        }
    }

    // The first end counts: what a walk brings after its client's deadline is not the client's any more.
    private void End(ClientQuery query, ResolutionOutcome outcome)
    {
        if (query.Walk is { IsClosed: false } walk)
        {
            _failures.End(query.Question, outcome, walk);
            _engine.Parts.Counts.EndQuestion(query.Budget!, outcome.Error);
        }
    }

    private void End(ClientQuery query, ExtendedError error) =>
        End(query, new ResolutionOutcome { Rcode = Rcode.ServFail, Error = error });
}
