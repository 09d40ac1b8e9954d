// Step 5: the questions in flight on one loop. Equal questions join; a join that would close a circle of
// walks that wait for each other is refused, which is how cyclic delegations end (TsuNAME).
using System.Collections.Generic;

namespace Resolver.Engine;

/// <summary>How a question may go on.</summary>
internal enum JoinVerdict : byte
{
    /// <summary>Nobody asks it: begin a walk.</summary>
    Begin,

    /// <summary>Wait for the walk under way.</summary>
    Join,

    /// <summary>The walk under way waits for the asker.</summary>
    Cycle,

    /// <summary>The walk has as many waiters as the limit allows.</summary>
    Crowded,

    /// <summary>The walk under way has data that is good enough for the asker.</summary>
    Served,
}

/// <summary>Walks by question. Used on one loop.</summary>
internal sealed class ResolutionTable
{
    private readonly Dictionary<Question, Walk> _walks = [];
    private readonly ResolverLimits _limits;

    public ResolutionTable(ResolverLimits limits) => _limits = limits;

    /// <summary>Count of walks under way.</summary>
    public int Count => _walks.Count;

    /// <summary>The walks under way.</summary>
    public Dictionary<Question, Walk>.ValueCollection Walks => _walks.Values;

    // Step 5: Join
    /// <summary>Whether there is a walk to join.</summary>
    public JoinVerdict Join(Question question, Asker asker, out Walk? walk)
    {
        if (!_walks.TryGetValue(question, out walk))
        {
            return JoinVerdict.Begin;
        }

        if (asker.TakesUnchecked && walk.Content is not null)
        {
            return JoinVerdict.Served;
        }

        Walk? parent = asker.Parent;
        return parent is not null && (walk == parent || walk.Needs.LeadTo(parent)) ? JoinVerdict.Cycle
            : walk.Waiters.Count >= _limits.MaxWaitersPerResolution ? JoinVerdict.Crowded
            : JoinVerdict.Join;
    }

    /// <summary>The walk under way for a question; null when there is none.</summary>
    public Walk? Find(Question question) => _walks.GetValueOrDefault(question);

    /// <summary>Enters a walk that begins.</summary>
    public void Add(Walk walk) => _walks.Add(walk.Question, walk);

    /// <summary>Takes out a walk that has ended.</summary>
    public void Remove(Walk walk) => _walks.Remove(walk.Question);
}
