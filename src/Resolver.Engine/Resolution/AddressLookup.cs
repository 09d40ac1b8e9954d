// The look-up of a name server's address that a walk needs: a question of its own, one level deeper, at the
// cost of whoever pays for the walk.
using System;
using System.Threading.Tasks;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>Looks addresses of name servers up.</summary>
internal static class AddressLookup
{
    /// <summary>Runs to its end, and tells the walk.</summary>
    public static async Task RunAsync(LoopEngine engine, Walk walk, Step step, Asker owner)
    {
        // A broken invariant ends this walk, not the loop: remote octets must not be able to stop the server.
        try
        {
            Question question = walk.Question.For(step.Missing.Name) with { Type = step.Missing.Type };
            Tell.AddressNeeded(owner, question, walk.Zone);
            Asker child = new(owner.Budget, owner.Trace, owner.Depth + 1, walk)
            {
                TakesUnchecked = true,
                ChainDepth = owner.ChainDepth,
            };
            ResolutionOutcome outcome = await engine.ResolveAsync(question, child);
            long now = engine.Parts.Loop.Time.GetTimestamp();
            bool isCutShort = outcome.Rcode == Rcode.ServFail && owner.Budget.Check(now) != BudgetLimit.None;
            walk.OnAddresses(step, isCutShort ? null : FindIn(outcome, question.Type), outcome.Error?.Text);
        }
        catch (Exception fault)
        {
            walk.Abort(fault);
        }
    }

    private static RRset FindIn(ResolutionOutcome outcome, RRType type)
    {
        RRset last = outcome.Answer.Count > 0 ? outcome.Answer[^1].Set : default;
        return !last.IsEmpty && last.Type == type ? last : default;
    }
}
