// When expired data stands in for data that cannot be had (RFC 8767 §4, §5): after a refresh that failed or
// is late, never instead of one; for a client's own question only, not for what steers the walk; and only
// where the servers could not be heard. An answer that was heard and not believed (bogus) is no reason: the
// failure stays a failure. Link by link, so that behind an expired alias the target is asked for as ever.
using System.Globalization;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>Finds what may stand in. One per loop.</summary>
internal sealed class StandIn
{
    private readonly EngineOptions _options;
    private readonly LoopParts _parts;
    private readonly string _late;

    public StandIn(EngineOptions options, LoopParts parts)
    {
        _options = options;
        _parts = parts;
        _late = string.Create(
            CultureInfo.InvariantCulture, $"no answer within {options.Limits.StaleAnswerMilliseconds} ms");
    }

    private long Now => _parts.Loop.Time.GetTimestamp();

    /// <summary>
    /// The outcome itself, or what stands in for it. A question that spent a budget which was full when it
    /// began is not asked again for every client.
    /// </summary>
    public LinkOutcome For(LinkOutcome outcome, Question link, Asker asker, bool beganWithFullBudget)
    {
        if (asker.Depth > 0 || !MayReplace(outcome)
            || _parts.Local.FindStale(link, Now, outcome.Error!.Text, asker.TakesUnchecked) is not { } stale)
        {
            return outcome;
        }

        BudgetLimit spent = asker.Budget.Check(Now);
        if (outcome.IsBudgetSpent && beganWithFullBudget
            && spent is not (BudgetLimit.None or BudgetLimit.Cancelled))
        {
            _parts.Caches.Failures.StoreForStale(link.Name.Wire, link.Type, outcome.Error, Now);
        }

        Tell.StandsIn(asker, link, stale);
        return stale;
    }

    /// <summary>
    /// What stands in for a link whose walk is late. Later clients do not wait for that walk, and none begins
    /// while its memory holds; when it succeeds after all, that is forgotten.
    /// </summary>
    public LinkOutcome? ForLate(Question link, Asker asker, Walk? walk)
    {
        string cause = walk?.DescribeTrouble() is { Length: > 0 } trouble ? $"{_late}; {trouble}" : _late;
        LinkOutcome? stale = _options.ServesStale
            ? _parts.Local.FindStale(link, Now, cause, asker.TakesUnchecked)
            : null;
        if (stale is not null && walk is not null)
        {
            ExtendedError reason = new(ExtendedErrorCode.NoReachableAuthority, cause);
            _parts.Caches.Failures.StoreForStale(link.Name.Wire, link.Type, reason, Now);
        }

        return stale;
    }

    /// <summary>Remembers that a question failed (RFC 9520).</summary>
    public void Remember(Question question, LinkOutcome failure)
    {
        ExtendedError reason = failure.Error!;
        if (MayReplace(failure) && _parts.Local.FindStale(question, Now, reason.Text, false) is not null)
        {
            _parts.Caches.Failures.StoreForStale(question.Name.Wire, question.Type, reason, Now);
        }
        else
        {
            _ = _parts.Caches.Failures.Store(
                question.Name.Wire, question.Type, new FailureReason(reason, failure.IsBogus), Now);
        }
    }

    private bool MayReplace(LinkOutcome outcome)
    {
        if (!_options.ServesStale || outcome.End != LinkEnd.Failure || outcome.IsBogus)
        {
            return false;
        }

        // A list of what allows it: a new cause of failure does not, until somebody has thought about it.
        ExtendedErrorCode cause = outcome.Cause ?? outcome.Error!.Code;
        return cause == ExtendedErrorCode.NoReachableAuthority
            || cause == ExtendedErrorCode.NetworkError
            || cause == ExtendedErrorCode.InvalidData
            || cause == ExtendedErrorCode.NotReady
            || cause == ExtendedErrorCode.Other;
    }
}
