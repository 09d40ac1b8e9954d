// The last failed queries with their traces, so that "why did it fail" has an answer when it is asked, not
// only when somebody listened: bounded in count and in octets, the oldest goes first. Failures are rare
// beside answers, so one lock serves all loops and whoever reads.
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>What failed of late. Thread-safe.</summary>
internal sealed class FailureRecords
{
    private readonly Lock _lock = new();
    private readonly LinkedList<FailedQuery> _newestFirst = [];
    private readonly Dictionary<Question, LinkedListNode<FailedQuery>> _byQuestion = [];
    private readonly ResolverLimits _limits;
    private long _octets;

    public FailureRecords(ResolverLimits limits) => _limits = limits;

    /// <summary>Octets taken.</summary>
    public long Octets => Volatile.Read(ref _octets);

    /// <summary>
    /// Takes the trace of a query that has ended, on its loop: keeps it after a failure, else gives its
    /// memory back. The first end of a query counts.
    /// </summary>
    public void End(Question question, ResolutionOutcome outcome, Trace walk)
    {
        if (walk.IsClosed)
        {
            return;
        }

        if (!IsFailure(outcome, walk) || _limits.MaxKeptFailures == 0)
        {
            walk.Close();
            return;
        }

        long now = walk.Timestamp;
        walk.Seal();
        lock (_lock)
        {
            Keep(new FailedQuery(question, outcome.Error, walk)
            {
                Rcode = outcome.Rcode,
                At = now,
                LastAt = now,
            });
        }
    }

    /// <summary>The last failure of a question.</summary>
    public bool TryFind(Question question, [NotNullWhen(true)] out FailedQuery? failed)
    {
        lock (_lock)
        {
            failed = _byQuestion.GetValueOrDefault(question)?.Value;
            return failed is not null;
        }
    }

    /// <summary>At most <paramref name="most"/> failures, the last one first.</summary>
    public IReadOnlyList<FailedQuery> Newest(int most)
    {
        List<FailedQuery> newest = [];
        lock (_lock)
        {
            for (LinkedListNode<FailedQuery>? node = _newestFirst.First;
                node is not null && newest.Count < most;
                node = node.Next)
            {
                newest.Add(node.Value);
            }
        }

        return newest;
    }

    // Expired data hides from the client that a walk has failed, not from whoever asks why (RFC 8767 §7).
    private static bool IsFailure(ResolutionOutcome outcome, Trace walk) =>
        outcome.Rcode == Rcode.ServFail
        || (walk.HasWaited && outcome.Error is { } error
            && (error.Code == ExtendedErrorCode.StaleAnswer
                || error.Code == ExtendedErrorCode.StaleNXDomainAnswer));

    // A failure told from memory, or met while waiting for another's walk, explains nothing: the walk that
    // asked servers stays.
    private void Keep(FailedQuery failed)
    {
        if (_byQuestion.Remove(failed.Question, out LinkedListNode<FailedQuery>? known))
        {
            Remove(known);
            FailedQuery before = known.Value;
            FailedQuery better = before.Walk.HasAsked && !failed.Walk.HasAsked ? before : failed;
            failed = better with { LastAt = failed.LastAt, Times = before.Times + 1 };
        }

        _byQuestion[failed.Question] = _newestFirst.AddFirst(failed);
        _octets += failed.Octets;
        while (_newestFirst.Count > _limits.MaxKeptFailures || _octets > _limits.MaxKeptFailureOctets)
        {
            LinkedListNode<FailedQuery> oldest = _newestFirst.Last!;
            _byQuestion.Remove(oldest.Value.Question);
            Remove(oldest);
        }
    }

    private void Remove(LinkedListNode<FailedQuery> node)
    {
        _newestFirst.Remove(node);
        _octets -= node.Value.Octets;
    }
}
