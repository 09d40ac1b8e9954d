// A way to deceive a resolver from the path without being able to sign.
using System;
using System.Collections.Generic;

namespace Resolver.Simulation;

/// <summary>One trick.</summary>
/// <param name="Name">What it does, for people.</param>
/// <param name="Alter">Does it to a reply.</param>
internal sealed record PathTrick(string Name, Action<PathAdversary, Draft> Alter)
{
    /// <summary>
    /// True when the servers and addresses that a referral names stay as they are, or the referral fails as a
    /// whole: nobody signs those, and whoever alters them decides who is asked next.
    /// </summary>
    public bool SparesReferrals { get; init; }

    /// <summary>All tricks.</summary>
    public static IReadOnlyList<PathTrick> All { get; } =
        [.. Alterations.Tricks, .. DenialTricks.Tricks, .. ChainTricks.Tricks];
}
