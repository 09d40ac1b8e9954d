// The look-up of a name server's address that a walk needs: a question of its own, one level deeper, at the
// cost of whoever pays for the walk.
using System;
using System.Threading.Tasks;

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
            walk.TakeIn(step, await engine.ResolveAsync(question, child), owner);
        }
        catch (Exception fault)
        {
            walk.Abort(fault);
        }
    }
}
