// One question of the embedding program: runs on its home loop, completes on the program's side. Cancelling
// frees the waiter at once; the work ends with its last waiter.
using System;
using System.Threading;
using System.Threading.Tasks;
using Resolver.Engine;
using Resolver.Wire;

namespace Resolver;

/// <summary>A question on its way through the loop.</summary>
internal sealed class EmbeddedQuery
{
    // Continuations of the program must not run on the loop.
    private readonly TaskCompletionSource<Resolution> _completion =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly LoopEngine _engine;
    private readonly FailureRecords _failures;
    private readonly CancellationToken _end;
    private readonly Question _question;
    private readonly QueryOptions _options;
    private WorkBudget? _budget;
    private Trace? _trace;

    public EmbeddedQuery(ResolverWorks works, Question question, QueryOptions options)
    {
        _engine = works.HomeOf(question);
        _failures = works.Failures;
        _end = works.End;
        _question = question;
        _options = options;
    }

    private ILoop Loop => _engine.Parts.Loop;

    /// <summary>Runs it; on any thread.</summary>
    public async Task<Resolution> RunAsync(CancellationToken cancellation)
    {
        Loop.Post(static q => _ = ((EmbeddedQuery)q!).RunOnLoopAsync(), this);
        await using (_end.UnsafeRegister(static q => ((EmbeddedQuery)q!).Abandon(), this))
        await using (cancellation.UnsafeRegister(static (q, _) => ((EmbeddedQuery)q!).Cancel(), this))
        {
            return await _completion.Task;
        }
    }

    private async Task RunOnLoopAsync()
    {
        _budget = _engine.MakeBudget(_options.Timeout);
        ResolverLimits limits = _engine.Options.Limits;
        _trace = _options.Trace
            ? new Trace(Loop.Time, limits.MaxTraceEvents)
            : Trace.Brief(Loop.Time, limits.MaxBriefTraceEvents, _engine.Spares.TraceSteps);
        ITimer? deadline = null;
        ITimer? patience = null;
        try
        {
            Asker asker = new(_budget, _trace, 0, null) { TakesUnchecked = _options.CheckingDisabled };
            ValueTask<ResolutionOutcome> work = _engine.ResolveAsync(
                _question, asker.For(_question.Name, _engine.Parts));
            if (!work.IsCompleted)
            {
                deadline = Loop.Time.CreateTimer(static q => ((EmbeddedQuery)q!).EndByDeadline(), this,
                    _budget.TimeLeft(Loop.Time.GetTimestamp()), Timeout.InfiniteTimeSpan);
                TimeSpan due = TimeSpan.FromMilliseconds(_engine.Options.Limits.StaleAnswerMilliseconds);
                patience = !_engine.Options.ServesStale ? null : Loop.Time.CreateTimer(
                    static q => ((EmbeddedQuery)q!).EndByPatience(), this, due, Timeout.InfiniteTimeSpan);
            }

            Complete(await work);
        }
        catch (Exception fault)
        {
            _engine.Report(fault, _question);
            Complete(Failure(ExtendedErrorCode.Other, "internal error"));
        }
        finally
        {
            deadline?.Dispose();
            patience?.Dispose();
        }
    }

    // RFC 8767 §5: the program gets what is known, although expired; the walk goes on.
    private void EndByPatience()
    {
        if (!_completion.Task.IsCompleted
            && _engine.Known.TryResolveLate(_question, _options.CheckingDisabled) is { } known)
        {
            Complete(known);
        }
    }

    private void EndByDeadline()
    {
        _budget!.Cancel();
        ExtendedError error = _engine.Known.DescribeDeadline(_question, _budget);
        Complete(new ResolutionOutcome { Rcode = Rcode.ServFail, Error = error });
    }

    // The first end counts. A trace that somebody will read takes no further step.
    private void Complete(ResolutionOutcome outcome)
    {
        if (_trace!.IsClosed)
        {
            return;
        }

        _engine.Parts.Counts.EndQuestion(_budget!, outcome.Error);
        _failures.End(_question, outcome, _trace);
        _ = _completion.TrySetResult(ResolutionFormer.Form(
            outcome, _options, _options.Trace ? _trace : null, Loop.Time.GetTimestamp()));
    }

    private void Abandon() =>
        _ = _completion.TrySetException(new ObjectDisposedException(nameof(RecursiveResolver)));

    private void Cancel()
    {
        _ = _completion.TrySetCanceled();
        Loop.Post(static q => ((EmbeddedQuery)q!)._budget?.Cancel(), this);
    }

    private static ResolutionOutcome Failure(ExtendedErrorCode code, string text) =>
        new() { Rcode = Rcode.ServFail, Error = new ExtendedError(code, text) };
}
