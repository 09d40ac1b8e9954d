// Which walks a walk waits for: a join that would close a circle of them is refused (TsuNAME).
using System.Collections.Generic;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>The walks that one walk waits for: a part of it. Used on one loop. Changes in place.</summary>
internal struct WalkNeeds
{
    // Made by the first: most walks need no other.
    private List<Walk>? _walks;

    /// <summary>The walk waits for another.</summary>
    public void Add(Walk other) => (_walks ??= []).Add(other);

    /// <summary>The other has told it.</summary>
    public readonly void Remove(Walk other) => _walks?.Remove(other);

    /// <summary>What has gone wrong in the last of them; empty when nothing has.</summary>
    public readonly string DescribeTrouble() => _walks is [.., var last] ? last.DescribeTrouble() : "";

    /// <summary>What the last of them has heard and is bogus; null: nothing.</summary>
    public readonly ExtendedError? FindBogus() =>
        _walks is [.., var last] ? ContentJudge.FindBogus(last) : null;

    /// <summary>True when they lead, directly or through others, to <paramref name="other"/>.</summary>
    public readonly bool LeadTo(Walk other)
    {
        foreach (Walk need in _walks ?? [])
        {
            if (need == other || need.Needs.LeadTo(other))
            {
                return true;
            }
        }

        return false;
    }
}
