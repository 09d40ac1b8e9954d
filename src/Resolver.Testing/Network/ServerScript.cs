// What a server that means harm makes of a query: whole replies as octets, more than one if it likes, each as
// late as it likes. What it writes is the affair of those who write scripts.
using System;
using System.Collections.Generic;

namespace Resolver.Testing;

/// <summary>Answers in the place of an honest server.</summary>
internal delegate IReadOnlyList<ScriptedPacket> ServerScript(ServerTurn turn);

/// <summary>A query that has reached a server.</summary>
/// <param name="Query">Its octets.</param>
/// <param name="IsStream">True by TCP.</param>
/// <param name="Honest">What the zones say; empty when they say nothing.</param>
internal sealed record ServerTurn(byte[] Query, bool IsStream, byte[] Honest);

/// <summary>A packet that a server sends.</summary>
/// <param name="Delay">How long it waits before that.</param>
/// <param name="Octets">The message.</param>
internal readonly record struct ScriptedPacket(TimeSpan Delay, byte[] Octets);
