// A way to deceive a resolver from the path without being able to sign.
using System;
using System.Collections.Generic;

namespace Resolver.Simulation;

/// <summary>One trick.</summary>
/// <param name="Name">What it does, for people.</param>
/// <param name="Alter">Does it to a reply.</param>
internal sealed record PathTrick(string Name, Action<PathAdversary, Draft> Alter)
{
    /// <summary>All tricks.</summary>
    public static IReadOnlyList<PathTrick> All { get; } =
        [.. Alterations.Tricks, .. DenialTricks.Tricks, .. ChainTricks.Tricks];
}
