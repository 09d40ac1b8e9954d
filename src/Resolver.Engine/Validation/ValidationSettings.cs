// What an operator decides about validation: whether it is done, whom it trusts, and where it is not done.
using System;
using System.Collections.Immutable;
using Resolver.Dnssec;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>A zone whose keys are trusted without a parent's word (RFC 4033 §2).</summary>
/// <param name="Zone">The zone.</param>
/// <param name="Signers">DS records of its keys, as a set.</param>
internal sealed record ZoneAnchor(DomainName Zone, RRset Signers);

/// <summary>The settings; immutable.</summary>
internal sealed record ValidationSettings
{
    /// <summary>False: nothing is judged.</summary>
    public bool IsOn { get; init; }

    /// <summary>The bounds and choices of the checks.</summary>
    public DnssecPolicy Policy { get; init; } = new();

    /// <summary>The policy that goes with limits.</summary>
    public static DnssecPolicy PolicyOf(ResolverLimits limits) => new()
    {
        MaxKeysPerTag = limits.MaxKeysPerTag,
        MaxSignaturesPerRRset = limits.MaxSignaturesPerRRset,
        MaxDelegationSigners = limits.MaxDelegationSigners,
        MaxNsec3Iterations = limits.MaxNsec3Iterations,
    };

    /// <summary>The anchors.</summary>
    public ImmutableArray<ZoneAnchor> Anchors { get; init; } = [];

    /// <summary>The zone at or above a name in which nothing is judged (RFC 7646); null for none.</summary>
    public Func<DomainName, DomainName?> FindNegativeAnchor { get; init; } = static _ => null;

    /// <summary>The closest anchor at or above a name.</summary>
    public ZoneAnchor? FindAnchor(DomainName name)
    {
        ZoneAnchor? closest = null;
        foreach (ZoneAnchor anchor in Anchors)
        {
            if (name.IsSubdomainOf(anchor.Zone)
                && (closest is null || anchor.Zone.Wire.Length > closest.Zone.Wire.Length))
            {
                closest = anchor;
            }
        }

        return closest;
    }
}
