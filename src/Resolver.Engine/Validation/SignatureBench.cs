// Where signatures are checked: a few at once on the loop, for a check costs less than the way to another
// thread and back; more than that in one turn leave through the loop's Offload, so that the replies that wait
// behind them do not (DESIGN: rules of a loop). The counts are the query's own budget.
using System.Collections.Generic;
using System.Threading.Tasks;
using Resolver.Dnssec;

namespace Resolver.Engine;

/// <summary>Runs checks for one loop.</summary>
internal sealed class SignatureBench(ILoop loop, ResolverLimits limits, EngineCounts counts)
{
    private int _inTurn;

    /// <summary>Checks done on the loop itself.</summary>
    public long Inline { get; private set; }

    /// <summary>Checks done elsewhere.</summary>
    public long Offloaded { get; private set; }

    /// <summary>Runs the checks, and writes their results down.</summary>
    public async ValueTask CheckAsync(
        IReadOnlyList<SubjectCheck> checks, SignatureTerms terms, WorkBudget budget)
    {
        (int before, int failuresBefore) = (budget.Crypto.ChecksLeft, budget.Crypto.FailuresLeft);
        if (_inTurn + checks.Count <= limits.MaxInlineSignatureChecks)
        {
            if (_inTurn == 0)
            {
                loop.Post(static bench => ((SignatureBench)bench!)._inTurn = 0, this);
            }

            Run(checks, terms, ref budget.Crypto);
            int done = before - budget.Crypto.ChecksLeft;
            _inTurn += done;
            Inline += done;
            counts.Check(done, failuresBefore - budget.Crypto.FailuresLeft);
        }
        else
        {
            // The budget may be spent by others meanwhile: what this batch spends is taken off afterwards.
            CryptoBudget left = await loop.OffloadAsync(
                static work =>
                {
                    CryptoBudget crypto = work.Crypto;
                    Run(work.Checks, work.Terms, ref crypto);
                    return crypto;
                },
                new Work(checks, terms, budget.Crypto));
            int done = before - left.ChecksLeft;
            int failed = failuresBefore - left.FailuresLeft;
            budget.SpendChecks(done, failed);
            Offloaded += done;
            counts.Check(done, failed);
        }

        foreach (SubjectCheck check in checks)
        {
            check.Conclude();
        }
    }

    private static void Run(
        IReadOnlyList<SubjectCheck> checks, in SignatureTerms terms, ref CryptoBudget budget)
    {
        foreach (SubjectCheck check in checks)
        {
            check.Run(terms, ref budget);
        }
    }

    private readonly record struct Work(
        IReadOnlyList<SubjectCheck> Checks, SignatureTerms Terms, CryptoBudget Crypto);
}
