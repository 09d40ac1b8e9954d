// What the judge of a walk's content remembers of that walk: a part of it.
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>The judge's notes on one walk. Changes in place.</summary>
internal struct JudgeMemory
{
    /// <summary>How often bogus data was asked for elsewhere.</summary>
    public int Tries;

    /// <summary>The zone whose keys were sent for.</summary>
    public DomainName Prepared;

    /// <summary>The failure that is left when no other server has anything better; null so far.</summary>
    public LinkOutcome? Bogus;
}
