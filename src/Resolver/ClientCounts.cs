// What clients of one loop asked and got, as plain numbers: written by that loop alone, so that a hit pays a
// plain addition; read by anyone (a reader may see a number a moment late).
using System;
using System.Threading;
using Resolver.Engine;
using Resolver.Wire;

namespace Resolver;

/// <summary>Counts of one loop.</summary>
internal sealed class ClientCounts
{
    // Clear of the neighbours' cache lines at both ends.
    private const int Margin = 16;

    private readonly long[] _queries = new long[Margin + (Transports * TypeClasses.Count) + Margin];
    private readonly long[] _answers = new long[Margin + AnswerKinds + Margin];

    /// <summary>Count of transports.</summary>
    public static int Transports => 3;

    /// <summary>Rcodes without EDNS bits, and one place for silence.</summary>
    public static int AnswerKinds => 17;

    /// <summary>The place of queries that were deliberately not replied to.</summary>
    public static int Silence => 16;

    /// <summary>A query for an ordinary question was read.</summary>
    public void Ask(ClientTransport transport, RRType type) =>
        _queries[Margin + ((int)transport * TypeClasses.Count) + TypeClasses.Of(type)]++;

    /// <summary>A reply was made; empty for silence.</summary>
    public void Answer(ReadOnlySpan<byte> reply) =>
        _answers[Margin + (reply.Length > 3 ? reply[3] & 0xF : Silence)]++;

    /// <summary>Count of queries by one transport for one class of types.</summary>
    public long Queries(int transport, int typeClass) =>
        Volatile.Read(ref _queries[Margin + (transport * TypeClasses.Count) + typeClass]);

    /// <summary>Count of replies with an rcode, or of silences.</summary>
    public long Answers(int kind) => Volatile.Read(ref _answers[Margin + kind]);
}
