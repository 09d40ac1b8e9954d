// The look-ups of name servers' addresses that one walk makes: bounded per walk, and one after the other
// until they turn out fruitless, then several at once (CVE-2020-12662).
using System;

namespace Resolver.Engine;

/// <summary>Counts the look-ups of one walk. Changes in place.</summary>
internal struct AddressFetches
{
    private int _begun;
    private int _fruitless;

    /// <summary>Those begun in the zone at hand.</summary>
    public int Here { get; private set; }

    /// <summary>Those under way.</summary>
    public int Pending { get; private set; }

    /// <summary>True when there may be no more.</summary>
    public readonly bool AreSpent(ResolverLimits limits) => _begun >= limits.MaxAddressFetches;

    /// <summary>The walk goes on in another zone.</summary>
    public void EnterZone() => Here = 0;

    /// <summary>Counts one that begins; false when it may not, or not now.</summary>
    public bool TryBegin(ResolverLimits limits)
    {
        if (AreSpent(limits) || Pending >= Math.Min(1 + _fruitless, limits.MaxConcurrentAddressFetches))
        {
            return false;
        }

        _begun++;
        Here++;
        Pending++;
        return true;
    }

    /// <summary>One has ended.</summary>
    public void End() => Pending--;

    /// <summary>It has brought no address.</summary>
    public void MarkFruitless() => _fruitless++;
}
