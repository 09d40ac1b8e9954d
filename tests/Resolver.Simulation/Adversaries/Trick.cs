// A way to harm a resolver from the servers of one's own zone: what it is called, with its row of the table in
// tests/README.md, and what it makes of a query.
using System;
using System.Collections.Generic;
using Resolver.Testing;

namespace Resolver.Simulation;

/// <summary>One trick.</summary>
/// <param name="Name">What it does, for people.</param>
/// <param name="Answer">The packets for a query.</param>
internal sealed record Trick(
    string Name, Func<EvilZone, ServerTurn, IReadOnlyList<ScriptedPacket>> Answer)
{
    /// <summary>A trick that alters the honest reply.</summary>
    public Trick(string name, Action<EvilZone, Draft> alter)
        : this(name, (zone, turn) =>
        {
            Draft draft = Draft.Of(turn);
            alter(zone, draft);
            return [new ScriptedPacket(TimeSpan.Zero, draft.Write())];
        })
    {
    }

    /// <summary>All tricks.</summary>
    public static IReadOnlyList<Trick> All { get; } =
        [.. AnswerLies.Tricks, .. ReferralTraps.Tricks, .. EndlessTraps.Tricks, .. BrokenPackets.Tricks];

    /// <inheritdoc/>
    public override string ToString() => Name;
}
